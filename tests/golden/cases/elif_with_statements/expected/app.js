import { assert_eq } from "./runtime/core.js";

function read(x) {
  if (x === 0) {
    return "zero";
  } else {
    let result;
    if (x === 1) {
      const y = true;
      result = y;
    } else {
      result = false;
    }
    if (result) {
      return "one";
    } else {
      return "more";
    }
  }
}

assert_eq([read(0), read(1), read(2)], ["zero", "one", "more"]);
