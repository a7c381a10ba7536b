import { assert_eq } from "./runtime/core.js";

let trace = [];

function note(x) {
  trace = [...trace, x];
}

function both() {
  try {
    note("body");
    try {
      return "done";
    } finally {
      note("second");
    }
  } finally {
    note("first");
  }
}

function never_reached(early) {
  if (early) {
    return 1;
  }
  try {
    return 2;
  } finally {
    note("reached");
  }
}

function nested(flag) {
  const deferred = [];
  try {
    if (flag) {
      deferred.push(() => {
        note("inner");
      });
    }
    return note("end");
  } finally {
    for (const run of deferred.reverse()) {
      run();
    }
  }
}

assert_eq(both(), "done");
assert_eq(trace, ["body", "second", "first"]);
trace = [];
never_reached(true);
assert_eq(trace, []);
never_reached(false);
assert_eq(trace, ["reached"]);
trace = [];
nested(true);
nested(false);
assert_eq(trace, ["end", "inner", "end"]);
