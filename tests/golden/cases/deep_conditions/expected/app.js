import { assert_eq } from "./runtime/core.js";

function long_condition(first_value, second_value, third_value) {
  if ((first_value.some_property === "expected value"
    && second_value.other_property != null
    && third_value > 100)
    || false) {
    return "all";
  } else {
    return "none";
  }
}

function wide() {
  return {
    alpha: "first value of many",
    beta: "second value of many",
    gamma: "third value",
    delta: ["a", "b"],
  };
}

function calls() {
  return long_condition(
    { some_property: "expected value" },
    { other_property: wide().alpha },
    wide().gamma.length + 1000,
  );
}

function chosen(x) {
  const word = x > 1000
    ? "a rather long text for this branch"
    : x > 10 ? "another quite long text here" : "short";
  return word;
}

assert_eq(calls(), "all");
assert_eq(chosen(11), "another quite long text here");
