// Previews that are told how they change: subscriptions, their edits, and the standard content of addresses.
import assert from "node:assert/strict";
import { basename } from "node:path";
import * as acorn from "acorn";
import { test } from "../harness/test.mjs";
import { until, pause } from "../harness/program.mjs";
import { startEditor } from "./editor.mjs";
import { Mirror } from "./mirror.mjs";
import { files } from "./sources.mjs";

const outputOf = (editor, block) => `${basename(editor.workspace)}.${block}.js`;
const newest = async (editor, name, output) => (await editor.request("tova/preview", name, { output })).text;

/** Opens a mirror of an output of a file. */
async function mirrorOf(editor, name, more) {
  const { id, preview } = await editor.request("tova/previewSubscribe", name, more);
  return new Mirror(editor, id, preview);
}

for (const positionEncodings of [undefined, ["utf-8"], ["utf-32"]]) {
  test(`what is typed comes as small edits of the text sent before (${positionEncodings ?? "utf-16"})`, async (t) => {
    const editor = await startEditor(t, files, { positionEncodings });
    await editor.open("api.tova");
    const mirror = await mirrorOf(editor, "api.tova", { output: "server.api" });
    await editor.edit("api.tova", "    print(text)", '    print("»🎉« " + text)');
    await mirror.becomes(await newest(editor, "api.tova", "server.api"));
    assert.match(mirror.text, /print\(`?"»🎉« "/);
    assert.equal(mirror.changes.length, 1);
    const [{ edits, version, output }] = mirror.changes;
    assert.equal(version, 2);
    assert.equal(output.name, outputOf(editor, "server.api"));
    assert.equal(edits.length, 1);
    assert.ok(edits[0].newText.length < 12, JSON.stringify(edits));
  });
}

test("changes that lie apart are edits that lie apart", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  const mirror = await mirrorOf(editor, "api.tova", { output: "server.api" });
  await editor.edit("api.tova", "fn _audit(text)", "fn ping(times: Int) {\n    times\n  }\n\n  fn _audit(text)");
  await mirror.becomes(await newest(editor, "api.tova", "server.api"));
  const { edits } = mirror.changes.at(-1);
  assert.ok(edits.length >= 2, "the function and its endpoint");
  acorn.parse(mirror.text, { ecmaVersion: "latest", sourceType: "module" });
});

test("nothing is told when the output stays as it is", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("events.tova");
  const mirror = await mirrorOf(editor, "events.tova", { output: "server.events" });
  await editor.edit("events.tova", "conn.send(JSON", "conn.send( JSON");
  await editor.diagnostics("events.tova");
  await editor.request("tova/preview", "events.tova");
  await pause(150);
  assert.deepEqual(mirror.changes, []);
});

test("an error in another block is told although the text stays", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  const mirror = await mirrorOf(editor, "api.tova", { output: "shared" });
  await editor.edit("api.tova", "    print(text)", "    prinnt(text)");
  const change = await until("the change", () => mirror.changes.at(-1));
  assert.deepEqual(change.edits, []);
  assert.deepEqual(change.outputs.filter(({ broken }) => broken).map(({ name }) => name), [outputOf(editor, "server.api")]);
});

test("other files of the package change it too, open or not", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const mirror = await mirrorOf(editor, "page.tova", { output: "server.api" });
  await editor.open("api.tova");
  await editor.edit("api.tova", "print(text)", "print(text, 1)");
  await mirror.becomes(await newest(editor, "page.tova", "server.api"));
  assert.match(mirror.text, /print\(text, 1\)/);
});

test("the block at a position decides which output is shown", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  const { text } = editor.buffers.get("api.tova");
  for (const [marker, block] of [["type User", "shared"], ["fn _audit", "server.api"], ["// Users", "shared"]]) {
    const position = editor.position(text, text.indexOf(marker));
    const { preview } = await editor.request("tova/previewSubscribe", "api.tova", { position });
    assert.equal(preview.output.name, outputOf(editor, block), marker);
  }
});

test("an output whose block is gone gives way to another one", async (t) => {
  const editor = await startEditor(t, { "app.tova": 'server "a" {\n  fn f() { 1 }\n}\nserver "b" {\n  fn g() { 2 }\n}\n' });
  await editor.open("app.tova");
  const mirror = await mirrorOf(editor, "app.tova", { output: "server.b" });
  await editor.edit("app.tova", '\nserver "b" {\n  fn g() { 2 }\n}', "");
  await mirror.becomes(await newest(editor, "app.tova"));
  assert.equal(mirror.changes.at(-1).output.name, "app.server.a.js");
});

test("a subscription ends when it is ended, and with its document", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  await editor.open("page.tova");
  const first = await mirrorOf(editor, "api.tova", {});
  const second = await mirrorOf(editor, "api.tova", {});
  await editor.connection.sendRequest("tova/previewUnsubscribe", { id: first.id });
  await assert.rejects(editor.connection.sendRequest("tova/previewUnsubscribe", { id: first.id }));
  await editor.close("api.tova");
  await until("the end", () => second.closed);
  await editor.edit("page.tova", "state name", "state  name");
  await editor.request("tova/preview", "page.tova");
  await pause(100);
  assert.deepEqual([first.changes, second.changes, first.closed], [[], [], false]);
});

test("what has no package has no preview", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  await assert.rejects(editor.request("tova/preview", "api.tova", { output: "server.none" }), /no output/);
  await assert.rejects(editor.request("tova/preview", "missing.tova"), /not open/);
  await assert.rejects(editor.request("tova/previewSubscribe", "api.tova", { position: { line: 900, character: 0 } }));
});

test("the content of an address is the output, and its client is told to read it again", async (t) => {
  const capabilities = { workspace: { textDocumentContent: { dynamicRegistration: false } } };
  const editor = await startEditor(t, files, { capabilities });
  const refreshed = [];
  editor.connection.onRequest("workspace/textDocumentContent/refresh", ({ uri }) => void refreshed.push(uri));
  assert.deepEqual(editor.initialized.capabilities.workspace.textDocumentContent, { schemes: ["tova-output"] });
  await editor.open("api.tova");
  const uri = `${editor.uri("api.tova").replace("file:", "tova-output:")}/${outputOf(editor, "server.api")}`;
  const read = () => editor.connection.sendRequest("workspace/textDocumentContent", { uri });
  const { text } = await read();
  assert.equal(text, await newest(editor, "api.tova", "server.api"));
  await editor.edit("api.tova", "print(text)", "print(text, 2)");
  await until("the refresh", () => refreshed.length > 0);
  assert.deepEqual(refreshed, [uri]);
  assert.match((await read()).text, /print\(text, 2\)/);
  for (const wrong of [uri.replace("server.api", "server.none"), "tova-output:///x", editor.uri("api.tova")]) {
    await assert.rejects(editor.connection.sendRequest("workspace/textDocumentContent", { uri: wrong }), wrong);
  }
});

test("a client that knows no such addresses is not told about them", async (t) => {
  const editor = await startEditor(t, files);
  let refreshed = 0;
  editor.connection.onRequest("workspace/textDocumentContent/refresh", () => void refreshed++);
  await editor.open("api.tova");
  const uri = `${editor.uri("api.tova").replace("file:", "tova-output:")}/${outputOf(editor, "server.api")}`;
  await editor.connection.sendRequest("workspace/textDocumentContent", { uri });
  await editor.edit("api.tova", "print(text)", "print(text, 2)");
  await editor.request("tova/preview", "api.tova");
  await pause(100);
  assert.equal(refreshed, 0);
});

test("a place of the source is found in the outputs, and back", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  const { text } = editor.buffers.get("api.tova");
  const range = editor.rangeOf(text, "_audit");
  const { places } = await editor.request("tova/mapPosition", "api.tova", { range, to: "output" });
  assert.equal(places[0].output, outputOf(editor, "server.api"), "the block's own output is first");
  const shown = await newest(editor, "api.tova", "server.api");
  const line = shown.split("\n")[places[0].range.start.line];
  assert.equal(line.slice(places[0].range.start.character, places[0].range.end.character), "_audit");
  const back = await editor.request("tova/mapPosition", "api.tova", { ...places[0], to: "source" });
  assert.deepEqual(back.places, [{ uri: editor.uri("api.tova"), range }]);
  await assert.rejects(editor.request("tova/mapPosition", "api.tova", { range, to: "elsewhere" }));
});
