import { assert_eq } from "./runtime/core.js";

function pick(flag) {
  if (flag) {
    const word = "yes";
    return word;
  } else {
    const word = "no";
    return word;
  }
}

function arms(n) {
  if (n === 1) {
    const text = "one";
    return text;
  } else {
    const text = "other";
    return text;
  }
}

assert_eq([pick(true), pick(false)], ["yes", "no"]);
assert_eq([arms(1), arms(2)], ["one", "other"]);
