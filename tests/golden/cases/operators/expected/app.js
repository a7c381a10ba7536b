import { given, times } from "./runtime/operators.js";
import { assert_eq, repeat, map } from "./runtime/core.js";

assert_eq(1 === "1", false);
assert_eq("" === 0, false);
assert_eq(null == {}.missing, true);
assert_eq(1 !== 2, true);
assert_eq(!true || (true && false), false);
assert_eq(2 ** 3 ** 2, 512);
assert_eq((-2) ** 2, 4);
assert_eq((1 + 2) * 3 - 4 / 2, 7);
assert_eq(7 % 3, 1);
assert_eq(1 << 3 | 1, 9);
assert_eq(6 & 3, 2);
assert_eq(5 ^ 1, 4);
assert_eq(repeat("ab", 3), "ababab");
assert_eq(given(null) ?? "x", "x");
assert_eq(given(0 / 0) ?? "none", "none");
assert_eq(given(0) ?? 1, 0);
assert_eq(1 !== 2, true);
assert_eq(1 < 2 && 2 < 3, true);
assert_eq(1 < 3 && 3 < 2, false);
const nothing = null;
assert_eq(nothing?.name == null, true);

// Text times a number repeats it, also where only the call shows that it is text.
function line(mark, width) {
  return times(mark, width);
}

function thick(mark) {
  return line(mark, 2);
}

function area(width, height) {
  return width * height;
}

assert_eq(line("=", 3), "===");
assert_eq(line(2, 3), 6);
assert_eq(thick("ab"), "abab");
assert_eq(map(["a", "b"], (s) => times(s, 2)), ["aa", "bb"]);
assert_eq(area(2, 3), 6);
