// Every code block of the seed documents parses, whole program or fragment.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { folder, run, tova } from "../harness/program.mjs";
import { absent, seedBlocks } from "./documents.mjs";

test("the documents hold the blocks that these tests know of", (t) => {
  if (absent) t.skip(absent);
  const count = (document) => seedBlocks().filter((block) => block.document === document).length;
  assert.equal(count("multi-server.md"), 6);
  assert.equal(count("rpc-client.md"), 10);
  assert.equal(count("rpc-browser.md"), 10);
});

for (const { document, name, text } of absent ? [] : seedBlocks()) {
  const placeholder = /\{ \.\.\. \}/;
  if (!placeholder.test(text)) {
    test(`${document}: ${name}: parses`, async (t) => {
      assert.equal(await syntaxErrors(t, text), "");
    });
    continue;
  }
  test(`${document}: ${name}: parses once its placeholders are gone`, async (t) => {
    assert.equal(await syntaxErrors(t, text.replaceAll("{ ... }", "{ }")), "");
  });
  test(`${document}: ${name}: an error is told on each line with a placeholder, and on no other`, async (t) => {
    const lines = text.split("\n").flatMap((line, index) => (placeholder.test(line) ? [index + 1] : []));
    const told = [...(await syntaxErrors(t, text)).matchAll(/^[^:\n]*:(\d+):\d+: error/gm)].map(([, line]) => Number(line));
    assert.deepEqual([...new Set(told)], lines);
  });
}

/** The errors that `tova check --syntax` tells, a line each. */
async function syntaxErrors(t, text) {
  const cwd = folder(t, { "block.tova": text });
  const { code, stdout, stderr } = await run(tova, ["check", "--syntax", join(cwd, "block.tova")], { cwd });
  assert.equal(stderr, "");
  const told = stdout.split("\n").filter((line) => /:\d+:\d+: error: /.test(line));
  assert.equal(code, told.length === 0 ? 0 : 1, stdout);
  return told.map((line) => line.replace(`${cwd}/`, "")).join("\n");
}
