import { assert_eq, sorted, map, join, zip, len } from "./runtime/core.js";

function add(a, b) {
  return a + b;
}

function double(x) {
  return x * 2;
}

const tools = { add, label: (x) => `<${x}>` };
let calls = 0;

function source() {
  calls += 1;
  return [3, 1, 2];
}

assert_eq(double(5), 10);
assert_eq(add(5, 1), 6);
assert_eq(add(1, 5), 6);
assert_eq(add(5, 5), 10);
assert_eq(((x) => x + 1)(5), 6);
assert_eq(tools.label(5), "<5>");
assert_eq(tools.add(5, 2), 7);
assert_eq("a-b".split("-").length, 2);
assert_eq(join(map(sorted(source()), (x) => x * 10), ", "), "10, 20, 30");
const piped = source();
assert_eq(len(zip(piped, piped)), 3);
assert_eq(calls, 2);

// A value goes into the places of an expression.
assert_eq(`The answer is ${42}`, "The answer is 42");
assert_eq(5 + 1, 6);
assert_eq([1, 2, 1], [1, 2, 1]);
