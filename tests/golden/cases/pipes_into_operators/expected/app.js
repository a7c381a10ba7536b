import { len, assert_eq } from "./runtime/core.js";

function next(x, step = 1) {
  return x + step;
}

// What stands behind the call is done to its value.
assert_eq(len([1, 2]) > 1, true);
assert_eq(len([1]) + 5 * 2, 11);
assert_eq(next(3) === 4, true);
assert_eq(next(next(3, 2) * 2), 11);
assert_eq("a".toUpperCase() === "A", true);
assert_eq(len([1, 2]) > next(1) || false, false);
