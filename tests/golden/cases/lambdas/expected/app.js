import { assert_eq, assert, map, filter } from "./runtime/core.js";

const add = (a, b) => a + b;
const twice = (x) => x * 2;
const pair = (a, b = 10) => [a, b];
const block = (n) => {
  const m = n + 1;
  return m * m;
};
const record = (x) => ({ value: x });
const nothing = () => null;
const counter = () => {
  let n = 0;
  return () => {
    n += 1;
    return n;
  };
};

assert_eq(add(1, 2), 3);
assert_eq(twice(4), 8);
assert_eq(pair(1), [1, 10]);
assert_eq(block(2), 9);
assert_eq(record(5).value, 5);
assert(nothing() == null);
const next = counter();
next();
assert_eq(next(), 2);
assert_eq(map([1, 2], (it) => it * 3), [3, 6]);
assert_eq(map(filter([1, 2, 3, 4], (it) => it > 2), (it) => it + 1), [4, 5]);

// A choice of two is one expression.
const sign = (x) => (x < 0 ? "-" : "+");
assert_eq(sign(-1), "-");
assert_eq(map([1, 2], (x) => (x === 1 ? "one" : "more")), ["one", "more"]);
