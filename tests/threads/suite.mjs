// What several threads do, under ThreadSanitizer: the daemon then ends with another status than 0. TOVA_BINARY is the
// daemon of a build folder that was made with it (`./test --sanitize`).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const unit = join(dirname(dirname(tova)), "tests", "unit", "server", "test_workspace");

test("the program is built with ThreadSanitizer", () => {
  assert.ok(readFileSync(tova).includes("__tsan_init"));
});

test(
  "files are read on several threads, and no two of them touch the same without order",
  () => {
    const { signal, stdout, stderr } = spawnSync(unit, { encoding: "utf8", timeout: 300_000 });
    // One of its cases is about what is read in a few milliseconds, which this build does not keep.
    assert.equal(signal, null);
    assert.match(stdout + stderr, /a_document_without_a_file_is_a_package_by_itself/, "all cases were run");
    assert.doesNotMatch(stdout + stderr, /ThreadSanitizer/);
  },
  { timeout: 300_000 },
);

process.env.TOVA_TEST_ROUNDS ??= "4";
await import("../protocol/conversation.mjs");
