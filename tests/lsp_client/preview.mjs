// tova/preview: the emitted JavaScript of any output of the package, from unsaved text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as acorn from "acorn";
import { run, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { files, pageWith } from "./sources.mjs";

const preview = (editor, name, output) => editor.request("tova/preview", name, output ? { output } : {});
const parses = (text) => acorn.parse(text, { ecmaVersion: "latest", sourceType: "module" });

test("the preview lists every output of the package and shows the one of the file's first block", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("events.tova");
  const { output, outputs, languageId, text, version } = await preview(editor, "events.tova");
  const base = basename(editor.workspace);
  assert.equal(output.name, `${base}.server.events.js`);
  assert.deepEqual(
    outputs.map(({ name }) => name.replace(`${base}.`, "")).sort(),
    ["client.js", "server.api.js", "server.events.js", "shared.js"],
  );
  assert.ok(outputs.every(({ broken }) => !broken));
  assert.equal(languageId, "javascript");
  assert.equal(version, 1);
  parses(text);
});

test("an output is asked for by its block or by its name", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const base = basename(editor.workspace);
  for (const block of ["shared", "server.api", "server.events", "client"]) {
    const byBlock = await preview(editor, "page.tova", block);
    const byName = await preview(editor, "page.tova", `${base}.${block}.js`);
    assert.equal(byBlock.output.name, `${base}.${block}.js`);
    assert.equal(byBlock.text, byName.text);
    parses(byBlock.text);
  }
});

test("the preview follows what is typed, before it is saved", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  await editor.edit("api.tova", "fn _audit(text)", "fn ping(times: Int) {\n    times\n  }\n\n  fn _audit(text)");
  const { text, version } = await preview(editor, "api.tova", "server.api");
  assert.match(text, /__addRoute\("POST", "\/rpc\/ping"/);
  assert.match(text, /times must be an integer/);
  assert.equal(version, 2);
});

test("the preview is what `tova build` writes", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const { code, stderr } = await run(tova, ["build"], { cwd: editor.workspace });
  assert.equal(code, 0, stderr);
  for (const { name } of (await preview(editor, "page.tova")).outputs) {
    const { text } = await preview(editor, "page.tova", name);
    assert.equal(text, readFileSync(join(editor.workspace, ".tova-out", name), "utf8"), name);
  }
});

test("a block with errors breaks its own output only", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("total = "));
  const { outputs } = await preview(editor, "page.tova");
  const broken = outputs.filter((output) => output.broken).map(({ name }) => name.split(".").slice(1).join("."));
  assert.deepEqual(broken, ["client.js"]);
  parses((await preview(editor, "page.tova", "server.api")).text);
});
