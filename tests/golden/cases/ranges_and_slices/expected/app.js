import { sliced } from "./runtime/operators.js";
import { range, assert_eq, rangeInclusive } from "./runtime/core.js";

const xs = [10, 11, 12, 13, 14];
assert_eq(range(0, 3), [0, 1, 2]);
assert_eq(rangeInclusive(0, 3), [0, 1, 2, 3]);
assert_eq(range(3, 0), [3, 2, 1]);
assert_eq(rangeInclusive(3, 1), [3, 2, 1]);
assert_eq(xs.slice(1, 3), [11, 12]);
assert_eq(xs.slice(0, 2), [10, 11]);
assert_eq(xs.slice(3), [13, 14]);
assert_eq(xs.slice(), xs);
assert_eq(xs.slice(-2), [13, 14]);
assert_eq(sliced(xs, undefined, undefined, 2), [10, 12, 14]);
assert_eq(sliced(xs, undefined, undefined, -1), [14, 13, 12, 11, 10]);
assert_eq(sliced(xs, -1, 0, -2), [14, 12]);
assert_eq(sliced("hello", undefined, undefined, 2), "hlo");
assert_eq("hello".slice(1, 3), "el");

// A range between brackets is a slice.
const letters = "abcdef";
assert_eq(letters.slice(1, 3), "bc");
assert_eq(letters.slice(1, 4), "bcd");
const last = -1;
assert_eq(letters.slice(3, last + 1 || undefined), "def");
