// What several threads do, under ThreadSanitizer: the daemon then ends with another status than 0. TOVA_BINARY is the
// daemon of a build folder that was made with it (`./test --sanitize`).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { patience, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const unit = join(dirname(dirname(tova)), "tests", "unit", "server", "test_workspace");

test("the program is built with ThreadSanitizer", () => {
  assert.ok(readFileSync(tova).includes("__tsan_init"));
});

test(
  "files are read on several threads, and no two of them touch the same without order",
  () => {
    const { status, stdout, stderr } = spawnSync(unit, { encoding: "utf8", timeout: 300_000 * patience });
    assert.doesNotMatch(stdout + stderr, /ThreadSanitizer/);
    assert.equal(status, 0, stdout + stderr);
  },
  { timeout: 300_000 },
);

process.env.TOVA_TEST_ROUNDS ??= "4";
process.env.TOVA_TEST_FILES ??= "1000";
await import("../protocol/conversation.mjs");
await import("../protocol/indexing.mjs");
