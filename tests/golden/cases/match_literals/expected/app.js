import { map, assert_eq } from "./runtime/core.js";

function name_of(n) {
  if (n === 0) {
    return "zero";
  } else if (n === 1 || n === 2) {
    return "few";
  } else if (n === -1) {
    return "minus one";
  } else if (typeof n === "number" && n >= 3 && n < 6) {
    return "some";
  } else if (typeof n === "number" && n >= 6 && n <= 9) {
    return "many";
  } else if (n === "x") {
    return "letter";
  } else if (n === true) {
    return "yes";
  } else if (n == null) {
    return "nothing";
  } else {
    return "other";
  }
}

assert_eq(map([0, 1, 2, -1, 3, 5, 6, 9, "x", true, null, 99], name_of), [
  "zero",
  "few",
  "few",
  "minus one",
  "some",
  "some",
  "many",
  "many",
  "letter",
  "yes",
  "nothing",
  "other",
]);
const missing = {}.nope;
assert_eq(name_of(missing), "nothing");
