import { assert_eq } from "./runtime/core.js";

async function load() {
  const core = await import("./runtime/core.js");
  return core.len([1, 2]);
}

assert_eq(await load(), 2);
