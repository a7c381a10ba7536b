import { includes as includes_, range as range_, assert_eq } from "./runtime/core.js";

// The program's own names win, and the compiler's own needs survive them.
let count = 0;
const first = "mine";

function range(a, b) {
  return `${a} to ${b}`;
}

function includes(x) {
  return x;
}

function uses_operators(map, filter) {
  return [includes_([1], map), range_(filter, 3)];
}

count += 1;
assert_eq(count, 1);
assert_eq(first, "mine");
assert_eq(range(1, 2), "1 to 2");
assert_eq(includes(3), 3);
assert_eq(uses_operators(1, 0), [true, [0, 1, 2]]);
