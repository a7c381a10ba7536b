import { memoize } from "./runtime/functional.js";
import { assert_eq } from "./runtime/core.js";

let calls = 0;

// A memoized function finds its own earlier results too.
function fib(n) {
  calls += 1;
  if (n < 2) {
    return n;
  } else {
    return fib(n - 1) + fib(n - 2);
  }
}
fib = memoize(fib);

assert_eq([fib(20), calls], [6765, 21]);

// Other decorators say how a function may be compiled, not what it means.
function dot(a, b) {
  return a[0] * b[0];
}

assert_eq(dot([2.0], [3.0]), 6);
