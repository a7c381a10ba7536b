import { assert_eq } from "./runtime/core.js";

function toString(valueOf) {
  return `own ${valueOf}`;
}

const hasOwnProperty = 3;
assert_eq(toString(1), "own 1");
assert_eq({ constructor: 1, hasOwnProperty: 2 }.constructor, 1);
assert_eq(hasOwnProperty, 3);
