// The run corpus: every program below this folder is compiled, run, and prints what it says.
import { dirname } from "node:path";
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { findPrograms, judge } from "./programs.mjs";

const programs = findPrograms(dirname(new URL(import.meta.url).pathname));
const verdicts = shared(() => judge(programs));

for (const { id } of programs) {
  test(id.replaceAll("_", " "), async () => {
    const wrong = (await verdicts()).get(id);
    if (wrong !== undefined) assert.fail(wrong);
  }, { timeout: 600_000 });
}
