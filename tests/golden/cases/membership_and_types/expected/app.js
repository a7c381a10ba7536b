import { assert_eq, assert, None, includes } from "./runtime/core.js";

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

const Red = Object.freeze({ __tag: "Red" });
const Green = Object.freeze({ __tag: "Green" });

function kinds(v) {
  return [
    typeof v === "string",
    Number.isInteger(v),
    typeof v === "number",
    typeof v === "boolean",
    v == null,
    Array.isArray(v),
    typeof v === "function",
  ];
}

assert_eq(kinds("a"), [true, false, false, false, false, false, false]);
assert_eq(kinds(3), [false, true, true, false, false, false, false]);
assert_eq(kinds(3.5), [false, false, true, false, false, false, false]);
assert_eq(kinds(null), [false, false, false, false, true, false, false]);
assert_eq(kinds([]), [false, false, false, false, false, true, false]);
assert(new Point(1, 2) instanceof Point);
assert(Red?.__tag === "Red" || Red?.__tag === "Green");
assert(Red?.__tag === "Red");
assert(!((5)?.__tag === "Red" || (5)?.__tag === "Green"));
assert(!(null instanceof Point));
assert(None?.__tag === "None" && (5)?.__tag !== "None");
assert({}.missing == null);
assert(includes([1, 2], 2) && !includes([1, 2], 3));
assert(includes({ a: 1 }, "a"));
assert(!includes({ a: 1 }, "toString"));
assert(includes("hello", "ell"));
