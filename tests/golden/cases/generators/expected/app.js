import { assert_eq } from "./runtime/core.js";

function* count_to(n) {
  let i = 0;
  while (i < n) {
    i += 1;
    yield i;
  }
}

function* all() {
  yield 0;
  yield* count_to(2);
}

assert_eq([...all()], [0, 1, 2]);
