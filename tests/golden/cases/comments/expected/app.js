import { assert_eq } from "./runtime/core.js";

// At the top of the file.

// What it does,
// in two lines.
function documented() {
  // Above a statement.
  const x = 1; // Behind a statement.

  // A block
  // of lines.
  const y = 2;

  // At the end of the body.
  return x + y;
  // Behind everything.
}

// one line
const limit = 10; // trailing

assert_eq(documented() + limit, 13);
