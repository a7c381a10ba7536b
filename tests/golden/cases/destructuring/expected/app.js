import { min, max, assert_eq } from "./runtime/core.js";

const source = { a: 1, b: { c: 2, list: [3, 4] }, d: null };
const { a, b: { c, list: [first, ...others] }, e = 5 } = source;
const [x, , ...rest] = [1, 2, 3, 4];
const [p, q] = [7, 8];
const [lo, hi] = min_max([3, 1, 2]);
let left = "l";
let right = "r";
[left, right] = [right, left];
let n = 1;
const [next, fresh] = [n + 1, n];
n = next;

function min_max(items) {
  return [min(items), max(items)];
}

assert_eq([a, c, first, others, e], [1, 2, 3, [4], 5]);
assert_eq([x, rest], [1, [3, 4]]);
assert_eq([p, q], [7, 8]);
assert_eq([lo, hi], [1, 3]);
assert_eq([left, right], ["r", "l"]);
assert_eq([n, fresh], [2, 1]);
assert_eq([1, [2, 3]][1][0], 2);
