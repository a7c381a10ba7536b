import { basename as first } from "node:path";
import { assert_eq } from "./runtime/core.js";

const count = 5;
let total = 1;

function nested(flag) {
  const count = 2;
  if (flag) {
    total = total + count;
  }
  function inner() {
    const count = 3;
    return count * 10;
  }
  return [count, inner(), first("/a/b")];
}

function shadow_in_match(x) {
  const subject = x;
  if (Array.isArray(subject) && subject.length === 2) {
    const x = subject[0];
    const y = subject[1];
    return x + y;
  } else if (typeof subject === "object" && subject !== null && "x" in subject) {
    const x = subject.x;
    return x;
  } else {
    const x = subject;
    return x;
  }
}

function same_in_loop(items) {
  let items_seen = [];
  for (const items2 of items) {
    items_seen = [...items_seen, items2];
  }
  return items_seen;
}

assert_eq(nested(true), [2, 30, "b"]);
assert_eq(total, 3);
assert_eq(shadow_in_match([1, 2]), 3);
assert_eq(shadow_in_match({ x: 4 }), 4);
assert_eq(shadow_in_match(7), 7);
assert_eq(same_in_loop([1, 2]), [1, 2]);
