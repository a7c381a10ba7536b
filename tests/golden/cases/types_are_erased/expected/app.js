import { assert_eq } from "./runtime/core.js";

// Annotations have no trace in the output, generics neither.
function apply(f, value) {
  return f(value);
}

const add = (a, b = 1) => a + b;
const pair = [1, "a"];

class Box {
  constructor(value) {
    this.value = value;
  }
}

assert_eq(apply((n) => n + 1, 2), 3);
assert_eq(add(1), 2);
assert_eq(new Box(pair).value[1], "a");

function first(value) {
  if (Array.isArray(value) && value.length === 2) {
    const a = value[0];
    return a;
  } else {
    const n = value;
    return n;
  }
}

assert_eq(first([4, 5]) + first(6), 10);
