import { len, assert_eq } from "./runtime/core.js";

// `return`, `break` and `continue` in an arm leave the function and the loop.
function find_stop(words) {
  let seen = [];
  for (const word of words) {
    if (word === "skip") {
      continue;
    } else if (word === "stop") {
      break;
    } else if (word === "out") {
      return `out after ${len(seen)}`;
    } else {
      const other = word;
      seen = [...seen, other];
    }
  }
  return seen;
}

assert_eq(find_stop(["a", "skip", "b", "stop", "c"]), ["a", "b"]);
assert_eq(find_stop(["a", "out", "b"]), "out after 1");
