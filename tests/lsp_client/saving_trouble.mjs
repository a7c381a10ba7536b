// Compile on save where something is in the way: disks, folders, other processes, names, and a death in the middle.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import * as acorn from "acorn";
import { folder, pause, tova, until, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { frame } from "../protocol/wire.mjs";
import { startDaemon, startEditor } from "./editor.mjs";

const source = (value) => `server {\n  fn answer() { ${value} }\n}\n`;
const out = (editor, name = "app.server.js") => join(editor.workspace, ".tova-out", name);
const written = (editor, name) => readFileSync(out(editor, name), "utf8");

async function saved(editor, name) {
  await editor.save(name);
  return editor.notification("tova/compiled");
}

async function change(editor, name, text) {
  const buffer = editor.buffers.get(name);
  await editor.replace(name, 0, buffer.text.length, text);
}

/** Mounts a file system of this size in memory, or gives false where that is not allowed. */
function mountSmall(t, path, size) {
  try {
    mkdirSync(path, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},nr_inodes=500`, "none", path], { stdio: "ignore" });
  } catch {
    return false;
  }
  t.after(() => execFileSync("umount", ["-l", path]));
  return true;
}

test("a full disk leaves what was there, says so, and the next save with room is whole", async (t) => {
  const editor = await startEditor(t, { "app.tova": source(1) });
  if (!mountSmall(t, join(editor.workspace, ".tova-out"), "1200k")) return t.skip("no file system can be mounted here");
  await editor.open("app.tova");
  await saved(editor, "app.tova");
  const good = written(editor);
  const filler = join(editor.workspace, ".tova-out", "filler");
  try {
    execFileSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=4k", "count=100000"], { stdio: "ignore" });
  } catch {} // it ends when the disk is full
  await change(editor, "app.tova", source(`"${"long ".repeat(4000)}"`));
  const { errors } = await saved(editor, "app.tova");
  assert.ok(errors > 0);
  assert.equal(written(editor), good);
  assert.match((await editor.notification("window/showMessage")).message, /No space left/);
  assert.ok(readdirSync(join(editor.workspace, ".tova-out")).every((name) => !name.endsWith(".tmp")));
  execFileSync("rm", [filler]);
  assert.equal((await saved(editor, "app.tova")).errors, 0);
  assert.match(written(editor), /long long/);
});

test("a folder that may not be written is left alone, and the daemon lives", async (t) => {
  const editor = await startEditor(t, { "app.tova": source(1) });
  const path = join(editor.workspace, ".tova-out");
  if (!mountSmall(t, path, "2m")) return t.skip("no file system can be mounted here");
  await editor.open("app.tova");
  await saved(editor, "app.tova");
  const good = written(editor);
  execFileSync("mount", ["-o", "remount,ro", path]);
  await change(editor, "app.tova", source(2));
  assert.ok((await saved(editor, "app.tova")).errors > 0);
  assert.match((await editor.notification("window/showMessage")).message, /[Rr]ead-only/);
  assert.equal(written(editor), good);
  execFileSync("mount", ["-o", "remount,rw", path]);
  assert.equal((await saved(editor, "app.tova")).errors, 0);
  assert.match(written(editor), /return 2/);
});

test("an output folder that becomes a link between two saves is refused", async (t) => {
  const elsewhere = folder(t, { "keep.txt": "mine" });
  const editor = await startEditor(t, { "app.tova": source(1) });
  await editor.open("app.tova");
  await saved(editor, "app.tova");
  renameSync(join(editor.workspace, ".tova-out"), join(editor.workspace, "moved"));
  symlinkSync(elsewhere, join(editor.workspace, ".tova-out"));
  await change(editor, "app.tova", source(2));
  const { errors, written: names } = await saved(editor, "app.tova");
  assert.deepEqual([errors > 0, names], [true, []]);
  assert.deepEqual(readdirSync(elsewhere), ["keep.txt"]);
});

test("an output or the folder of the runtime that is a link leads nowhere", async (t) => {
  const elsewhere = folder(t, { "victim.js": "mine" });
  const editor = await startEditor(t, { "app.tova": source(1) });
  mkdirSync(join(editor.workspace, ".tova-out"));
  symlinkSync(join(elsewhere, "victim.js"), out(editor));
  symlinkSync(elsewhere, join(editor.workspace, ".tova-out", "runtime"));
  await editor.open("app.tova");
  await saved(editor, "app.tova");
  assert.deepEqual(readdirSync(elsewhere), ["victim.js"]);
  assert.equal(readFileSync(join(elsewhere, "victim.js"), "utf8"), "mine");
  assert.match(written(editor), /return 1/, "the link itself is replaced");
});

test("names with spaces, quotes and letters of any script", async (t) => {
  const names = ["my app.tova", "it's \"quoted\".tova", "größe 名前 🎉.tova"];
  const files = Object.fromEntries(names.map((name, i) => [`part ${i} ü/${name}`, source(i)]));
  const editor = await startEditor(t, files);
  for (const [i, name] of Object.keys(files).entries()) {
    await editor.open(name);
    const { errors, written: outputs } = await saved(editor, name);
    assert.equal(errors, 0);
    const base = name.split("/")[1].replace(".tova", "");
    assert.ok(outputs.includes(`${base}.server.js`), String(outputs));
    const path = join(editor.workspace, `part ${i} ü`, ".tova-out", `${base}.server.js`);
    assert.match(readFileSync(path, "utf8"), new RegExp(`return ${i};`));
  }
});

test("outputs of blocks that are gone go, and others' files stay", async (t) => {
  const two = 'server "a" {\n  fn f() { 1 }\n}\nserver "b" {\n  fn g() { 2 }\n}\n';
  const editor = await startEditor(t, { "app.tova": two });
  await editor.open("app.tova");
  await saved(editor, "app.tova");
  write(out(editor, "app.server.mine.js"), "mine");
  await change(editor, "app.tova", two.split("server \"b\"")[0]);
  const { removed } = await saved(editor, "app.tova");
  assert.deepEqual(removed.sort(), ["app.server.b.js", "app.server.b.js.map"]);
  assert.ok(existsSync(out(editor, "app.server.mine.js")));
});

test("a folder that `tova build --watch` keeps up to date is left to it", async (t) => {
  const editor = await startEditor(t, { "app.tova": source(1) });
  const watch = spawn(tova, ["build", "--watch", "--quiet"], { cwd: editor.workspace, stdio: "ignore" });
  const ended = new Promise((resolve) => watch.on("close", resolve));
  await until("the first build", () => existsSync(out(editor)) && existsSync(join(editor.workspace, ".tova-out", ".manifest")));
  await editor.open("app.tova");
  await change(editor, "app.tova", source(2));
  await editor.save("app.tova");
  assert.match((await editor.notification("window/logMessage")).message, new RegExp(`process ${watch.pid}`));
  await until("the other's build", () => /return 2/.test(written(editor)));
  await assert.rejects(editor.request("tova/compile", "app.tova"), new RegExp(`process ${watch.pid}`));
  watch.kill("SIGINT");
  await ended;
  await change(editor, "app.tova", source(3));
  await saved(editor, "app.tova");
  assert.match(written(editor), /return 3/);
});

test("tova/compile writes what is saved, of one file or of all", async (t) => {
  const editor = await startEditor(t, { "a/app.tova": source(1), "b/app.tova": source(2) }, { options: { compileOnSave: "off" } });
  await editor.open("a/app.tova");
  await change(editor, "a/app.tova", source("unsaved"));
  const one = await editor.request("tova/compile", "a/app.tova");
  assert.ok(one.written.includes("app.server.js"), JSON.stringify(one));
  assert.match(readFileSync(join(editor.workspace, "a/.tova-out/app.server.js"), "utf8"), /return 1/, "not what is unsaved");
  const all = await editor.connection.sendRequest("tova/compile", {});
  assert.equal(all.errors, 0);
  assert.match(readFileSync(join(editor.workspace, "b/.tova-out/app.server.js"), "utf8"), /return 2/);
});

test("an untrusted workspace is not compiled when it is asked for either", async (t) => {
  const editor = await startEditor(t, { "app.tova": source(1) }, { options: { trusted: false } });
  await editor.open("app.tova");
  await assert.rejects(editor.request("tova/compile", "app.tova"), /not trusted/);
  assert.deepEqual(readdirSync(editor.workspace), ["app.tova"]);
});

test("onIdle compiles many saves as one, and settings change while the daemon runs", async (t) => {
  const editor = await startEditor(t, { "app.tova": source(1) }, { options: { compileOnSave: "onIdle" } });
  await editor.open("app.tova");
  // In one piece, so that the daemon does not come to rest between two of them.
  const messages = [];
  const buffer = editor.buffers.get("app.tova");
  for (let value = 2; value < 8; value++) {
    buffer.text = source(value);
    buffer.version += 1;
    const textDocument = { uri: editor.uri("app.tova"), version: buffer.version };
    messages.push({ method: "textDocument/didChange", params: { textDocument, contentChanges: [{ text: buffer.text }] } });
    messages.push({ method: "textDocument/didSave", params: { textDocument, text: buffer.text } });
  }
  write(join(editor.workspace, "app.tova"), buffer.text);
  editor.child.stdin.write(Buffer.concat(messages.map((message) => frame({ jsonrpc: "2.0", ...message }))));
  await editor.notification("tova/compiled");
  assert.match(written(editor), /return 7/);
  assert.equal(editor.notifications.filter(({ method }) => method === "tova/compiled").length, 0);
  await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: { tova: { compileOnSave: "off" } } });
  await change(editor, "app.tova", source(8));
  await editor.save("app.tova");
  await editor.request("tova/preview", "app.tova");
  await pause(500);
  assert.match(written(editor), /return 7/);
});

test("kill -9 in the middle of a thousand saves leaves whole files only, and the next daemon goes on", async (t) => {
  const names = Array.from({ length: 40 }, (_, i) => `f${i}`);
  const text = (n) => `server {\n${names.map((name) => `  fn ${name}() { "${n} ${"x".repeat(200)}" }\n`).join("")}}\n`;
  const cwd = folder(t, { "app.tova": text(0) });
  const out = join(cwd, ".tova-out");
  const save = async (editor, n) => {
    await change(editor, "app.tova", text(n));
    await editor.save("app.tova");
  };
  for (let n = 1; n <= 1000; ) {
    const editor = startDaemon(t, cwd);
    await editor.initialize();
    await editor.open("app.tova");
    await save(editor, n);
    await editor.notification("tova/compiled");
    for (const end = n + 100; ++n < end; ) {
      await save(editor, n);
    }
    await pause(n % 7);
    editor.connection.onError(() => {});
    await editor.kill();
    const code = readFileSync(join(out, "app.server.js"), "utf8");
    acorn.parse(code, { ecmaVersion: "latest", sourceType: "module" });
    assert.match(code, /sourceMappingURL=app\.server\.js\.map\n$/);
    assert.equal(new Set([...code.matchAll(/return "(\d+) x/g)].map(([, number]) => number)).size, 1);
    for (const map of readdirSync(out).filter((name) => name.endsWith(".map"))) {
      JSON.parse(readFileSync(join(out, map), "utf8"));
    }
  }
  const last = startDaemon(t, cwd);
  await last.initialize();
  await last.open("app.tova");
  await change(last, "app.tova", text(5000));
  await saved(last, "app.tova");
  assert.match(readFileSync(join(cwd, ".tova-out", "app.server.js"), "utf8"), /return "5000 x/);
  assert.deepEqual(readdirSync(join(cwd, ".tova-out")).filter((name) => name.endsWith(".tmp")), []);
});
