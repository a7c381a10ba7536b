import { testCase } from "./runtime/test_cases.js";
import { upper, assert_eq } from "./runtime/core.js";

export function shout(text) {
  return upper(text);
}

testCase(
  "shouts",
  async () => {
    assert_eq(shout("a"), "A");
  },
  500,
);
