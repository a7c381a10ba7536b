// Compile on save: what a save writes, and what it never touches.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { folder, pause, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { files } from "./sources.mjs";

const outputFolder = (editor) => join(editor.workspace, ".tova-out");
const output = (editor, block) => join(outputFolder(editor), `${basename(editor.workspace)}.${block}.js`);
const written = (editor, block) => readFileSync(output(editor, block), "utf8");

/** Every output beneath a folder with what tells a rewrite, its inode and its time; what builds remember and who writes is none. */
function state(path) {
  const files = {};
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    const name = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && ![".manifest", ".lock"].includes(entry.name)) files[name] = `${statSync(name).ino} ${statSync(name).mtimeMs}`;
  }
  return files;
}

async function saved(editor, name) {
  await editor.save(name);
  return editor.notification("tova/compiled");
}

test("a save writes the outputs of the package, with their runtime", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const { uri, written: names, errors } = await saved(editor, "page.tova");
  assert.equal(errors, 0);
  assert.equal(uri.replace(/\/$/, ""), editor.uri("").replace(/\/$/, ""));
  for (const block of ["client", "server.api", "server.events", "shared"]) {
    assert.ok(names.includes(basename(output(editor, block))), `${names} has ${block}`);
    assert.ok(written(editor, block).length > 0);
  }
  assert.ok(statSync(join(outputFolder(editor), "runtime", "rpc.js")).isFile());
});

test("a second save writes only what changed", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  await saved(editor, "api.tova");
  const before = state(outputFolder(editor));
  await saved(editor, "api.tova");
  assert.deepEqual(state(outputFolder(editor)), before, "nothing changed, nothing is written");

  await editor.edit("api.tova", "    print(text)", '    print("audit", text)');
  const { written: names } = await saved(editor, "api.tova");
  const after = state(outputFolder(editor));
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  const api = output(editor, "server.api");
  // The map of the shared block changes too: it carries the text of the file.
  assert.deepEqual(changed.sort(), [api, `${api}.map`, `${output(editor, "shared")}.map`]);
  assert.deepEqual(names.sort(), changed.map((name) => basename(name)));
});

test("a save writes nothing outside the output folder", async (t) => {
  const editor = await startEditor(t, files);
  const before = state(editor.workspace);
  await editor.open("page.tova");
  await editor.edit("page.tova", "state name", "state  name");
  await saved(editor, "page.tova");
  const after = state(editor.workspace);
  const changed = Object.keys(after).filter((name) => after[name] !== before[name] && !name.startsWith(outputFolder(editor)));
  assert.deepEqual(changed, [join(editor.workspace, "page.tova")], "only what the editor itself saved");
});

test("on an error the last good output is kept, and the others are written", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  await saved(editor, "page.tova");
  const good = written(editor, "client");

  await editor.edit("page.tova", "users = [...users, user]", "users = [...users,, = ");
  await editor.edit("api.tova", "fn _audit(text)", "fn ping() {\n    1\n  }\n\n  fn _audit(text)");
  const { kept, errors } = await saved(editor, "page.tova");
  assert.ok(errors > 0);
  assert.ok(kept.includes(basename(output(editor, "client"))), String(kept));
  assert.equal(written(editor, "client"), good);

  const again = await saved(editor, "api.tova");
  assert.ok(again.written.includes(basename(output(editor, "server.api"))), JSON.stringify(again));
  assert.match(written(editor, "server.api"), /\/rpc\/ping/);
  assert.equal(written(editor, "client"), good);
});

test("no half-written file is ever seen: outputs change by rename", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  await saved(editor, "api.tova");
  const before = statSync(output(editor, "server.api")).ino;
  await editor.edit("api.tova", "Everyone who is known", "All who are known");
  await editor.edit("api.tova", "fn list_users() -> [User] {", "fn list_users() -> [User] {\n    found = 1");
  await saved(editor, "api.tova");
  assert.notEqual(statSync(output(editor, "server.api")).ino, before);
  assert.deepEqual(
    readdirSync(outputFolder(editor)).filter((name) => !/\.(js|map|json)$/.test(name)),
    [".lock", ".manifest", "runtime"],
    "no temporary file is left",
  );
});

for (const [what, options] of [
  ["compileOnSave is off", { compileOnSave: "off" }],
  ["the workspace is not trusted", { trusted: false }],
]) {
  test(`a save writes nothing when ${what}`, async (t) => {
    const editor = await startEditor(t, files, { options });
    await editor.open("page.tova");
    await editor.diagnostics("page.tova");
    await editor.save("page.tova");
    await editor.request("tova/preview", "page.tova");
    await pause(300);
    assert.deepEqual(readdirSync(editor.workspace).sort(), Object.keys(files).sort());
  });
}

test("an output folder that is a link elsewhere is not written through", async (t) => {
  const elsewhere = folder(t, { "keep.txt": "mine" });
  const editor = await startEditor(t, files);
  symlinkSync(elsewhere, outputFolder(editor));
  await editor.open("page.tova");
  await editor.save("page.tova");
  await editor.request("tova/preview", "page.tova");
  await pause(300);
  assert.deepEqual(readdirSync(elsewhere), ["keep.txt"]);
});

test("outputs go to the folder that holds tova.toml", async (t) => {
  const editor = await startEditor(t, { "tova.toml": "", "web/app.tova": "shared {\n  type A { x: Int }\n}\n" });
  mkdirSync(join(editor.workspace, "other"));
  write(join(editor.workspace, "other/readme.txt"), "");
  await editor.open("web/app.tova");
  await saved(editor, "web/app.tova");
  assert.ok(statSync(join(outputFolder(editor), "web", "app.shared.js")).isFile());
  assert.deepEqual(readdirSync(join(editor.workspace, "web")), ["app.tova"]);
});
