import { upper, assert_eq } from "./runtime/core.js";

function label(n, loud) {
  const word = n === 1 ? "one" : n === 2 ? "two" : "many";
  let size;
  if (n === 0) {
    const base = 10;
    size = base * 2;
  } else {
    const x = n;
    size = x + 1;
  }
  return `${loud ? upper(word) : word} ${size}`;
}

function once(f) {
  const subject = f();
  if (subject === 1) {
    return "first";
  } else if (subject === 2) {
    return "second";
  } else {
    return "later";
  }
}

let calls = 0;

function count_calls() {
  calls += 1;
  return 3;
}

function same_names(x) {
  let result;
  const subject = x;
  if (Array.isArray(subject) && subject.length === 1) {
    const value = subject[0];
    result = value;
  } else {
    const x = subject;
    result = x;
  }
  let value = result;
  return value;
}

assert_eq(label(1, true), "ONE 2");
assert_eq(label(0, false), "many 20");
assert_eq(once(count_calls), "later");
assert_eq(calls, 1);
assert_eq(same_names([4]), 4);
assert_eq(same_names(5), 5);
