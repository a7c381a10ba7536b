import { assert_eq } from "./runtime/core.js";

let trace = [];

function note(x) {
  trace = [...trace, x];
  return x;
}

function three(a, b, c) {
  return [a, b, c];
}

function in_text(n) {
  let result;
  if (n === 1) {
    const one = "x";
    result = one;
  } else {
    result = "y";
  }
  return `a ${n} b ${result} c`;
}

function run(n) {
  trace = [];
  const value = note("a");
  let result;
  const subject = note(n);
  if (subject === 1) {
    result = note("b1");
  } else {
    const y = note("b2");
    result = y;
  }
  return three(value, result, note("c"));
}

function lazy(flag) {
  trace = [];
  let result2 = flag;
  if (result2) {
    let result;
    const subject = note("right");
    {
      const z = 1;
      result = z;
    }
    result2 = result;
  }
  return result2;
}

function chained(a) {
  trace = [];
  let middle;
  return 1 < (middle = note(a)) && middle < note(5);
}

assert_eq([in_text(1), in_text(2)], ["a 1 b x c", "a 2 b y c"]);
assert_eq(run(1), ["a", "b1", "c"]);
assert_eq(trace, ["a", 1, "b1", "c"]);
assert_eq(lazy(false), false);
assert_eq(trace, []);
lazy(true);
assert_eq(trace, ["right"]);
assert_eq(chained(3), true);
assert_eq(trace, [3, 5]);
assert_eq(chained(0), false);
assert_eq(trace, [0]);
