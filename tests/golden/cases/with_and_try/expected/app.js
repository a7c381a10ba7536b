import { release } from "./runtime/operators.js";
import { assert_eq } from "./runtime/core.js";

let trace = [];

function open(name) {
  return {
    name,
    close: () => {
      trace = [...trace, `close ${name}`];
    },
  };
}

function use_it(fails) {
  try {
    {
      const file = open("f");
      try {
        if (fails) {
          null.boom;
        }
        trace = [...trace, file.name];
      } finally {
        release(file);
      }
    }
    return "fine";
  } catch (e) {
    return "failed";
  } finally {
    trace = [...trace, "finally"];
  }
}

assert_eq(use_it(false), "fine");
assert_eq(trace, ["f", "close f", "finally"]);
trace = [];
assert_eq(use_it(true), "failed");
assert_eq(trace, ["close f", "finally"]);
