import { assert_eq } from "./runtime/core.js";

const Active = Object.freeze({ __tag: "Active" });
const Gone = (at) => ({ __tag: "Gone", at });

let state_word;
const subject = Gone("noon");
if (subject?.__tag === "Active") {
  state_word = "active";
} else if (subject?.__tag === "Gone") {
  const at = subject.at;
  state_word = `gone at ${at}`;
} else {
  state_word = null;
}
assert_eq(state_word, "gone at noon");
