import { to_int, assert_eq, assert } from "./runtime/core.js";

// What a function returns without saying so.
function double(n) {
  return n * 2;
}

function sign_word(n) {
  if (n < 0) {
    return "negative";
  } else if (n === 0) {
    return "zero";
  } else {
    return "positive";
  }
}

function only_if(n) {
  if (n > 10) {
    return "big";
  }
}

function tried(text) {
  try {
    return parse_number(text);
  } catch (e) {
    return `caught ${e.message}`;
  }
}

function parse_number(text) {
  if (text === "") {
    return null;
  }
  return to_int(text);
}

function early(n) {
  if (n > 5) {
    return "early";
  }
  return "late";
}

assert_eq(double(4), 8);
assert_eq([sign_word(-1), sign_word(0), sign_word(1)], ["negative", "zero", "positive"]);
assert_eq(only_if(11), "big");
assert(only_if(1) == null);
assert_eq(tried("12"), 12);
assert(tried("") == null);
assert_eq([early(6), early(1)], ["early", "late"]);
