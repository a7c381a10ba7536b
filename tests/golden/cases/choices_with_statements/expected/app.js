import { pairs } from "./runtime/operators.js";
import { assert_eq } from "./runtime/core.js";

// Only the branch that is taken does its work.
function table(big, xs) {
  let cells;
  if (big) {
    const items = [];
    for (const x of xs) {
      for (const y of xs) {
        items.push(x * y);
      }
    }
    cells = items;
  } else if (xs[0] === 1) {
    const items2 = [];
    for (const [x, i] of pairs(xs)) {
      items2.push(i);
    }
    cells = items2;
  } else {
    cells = [];
  }
  return cells;
}

assert_eq(table(true, [1, 2]), [1, 2, 2, 4]);
assert_eq(table(false, [1]), [1]);
assert_eq(table(false, [3]), []);

function either(c, xs) {
  let result = c;
  if (result) {
    const items = [];
    for (const x of xs) {
      for (const y of xs) {
        items.push(x * y);
      }
    }
    result = items;
  }
  return result || [];
}

assert_eq(either(false, null), []);
assert_eq(either(true, [3]), [9]);

function twice(c, n) {
  let result;
  if (c) {
    const piped = Math.abs(n);
    result = Math.max(piped, piped);
  } else {
    result = 0;
  }
  return 1 + result;
}

assert_eq(twice(false, 1), 1);
