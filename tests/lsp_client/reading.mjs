// What helps to read a text, through a real client: colours of names with their differences, folds,
// selections, hints between the letters, lenses above the lines, colours of CSS.
import assert from "node:assert/strict";
import {
  CodeLensRequest,
  CodeLensResolveRequest,
  ColorPresentationRequest,
  DidChangeConfigurationNotification,
  DocumentColorRequest,
  FoldingRangeRequest,
  InlayHintRequest,
  InlayHintResolveRequest,
  SelectionRangeRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { files } from "./sources.mjs";

const whole = { start: { line: 0, character: 0 }, end: { line: 10000, character: 0 } };

/** The numbers of tokens as [line, text, type, modifiers]. */
function tokensOf(editor, name, data) {
  const { legend } = editor.initialized.capabilities.semanticTokensProvider;
  const lines = editor.buffers.get(name).text.split("\n");
  const found = [];
  let line = 0;
  let column = 0;
  for (let at = 0; at < data.length; at += 5) {
    column = data[at] === 0 ? column + data[at + 1] : data[at + 1];
    line += data[at];
    const modifiers = legend.tokenModifiers.filter((_, bit) => (data[at + 4] >> bit) & 1);
    found.push([line, lines[line].slice(column, column + data[at + 2]), legend.tokenTypes[data[at + 3]], ...modifiers]);
  }
  return found;
}

const applied = (data, edits) =>
  edits.reduceRight(
    (all, { start, deleteCount, data: more = [] }) => [...all.slice(0, start), ...more, ...all.slice(start + deleteCount)],
    data,
  );

test("tokens name what a grammar cannot know, in UTF-16 units", async (t) => {
  const text = 'server { fn ping() { "ä😀" } }\nbrowser { state n = 1 fn f() { "😀{n}" + server.ping() } }\n';
  const editor = await startEditor(t, { "app.tova": text });
  await editor.open("app.tova");
  const { data, resultId } = await editor.request(SemanticTokensRequest.type, "app.tova");
  const tokens = tokensOf(editor, "app.tova", data);
  assert.ok(resultId);
  assert.deepEqual(tokens[1], [0, "ping", "function", "declaration", "remote"]);
  assert.deepEqual(
    tokens.filter(([line]) => line === 1).map(([, ...token]) => token),
    [
      ["browser", "keyword"],
      ["state", "keyword"],
      ["n", "variable", "declaration", "reactive"],
      ["f", "function", "declaration"],
      ["n", "variable", "reactive"],
      ["server", "namespace", "remote"],
      ["ping", "function", "async", "remote"],
    ],
  );
});

test("a difference of tokens applied to the last ones gives all of the new ones", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  let { data, resultId } = await editor.request(SemanticTokensRequest.type, "page.tova");
  const same = await editor.request(SemanticTokensDeltaRequest.type, "page.tova", { previousResultId: resultId });
  assert.deepEqual(same.edits, []);
  ({ resultId } = same);
  for (const insert of ["  state extra = 1\n", "// words\n", "  fn more() { extra }\n"]) {
    const { text } = editor.buffers.get("page.tova");
    await editor.replace("page.tova", text.indexOf("\n") + 1, 0, insert);
    const delta = await editor.request(SemanticTokensDeltaRequest.type, "page.tova", { previousResultId: resultId });
    data = applied(data, delta.edits);
    ({ resultId } = delta);
  }
  const fresh = await editor.request(SemanticTokensRequest.type, "page.tova");
  assert.deepEqual(data, fresh.data);
  const lost = await editor.request(SemanticTokensDeltaRequest.type, "page.tova", { previousResultId: resultId });
  assert.deepEqual(lost.data, fresh.data);
});

test("a result that a client has kept from another process is no ground for a difference", async (t) => {
  const [before, after] = [await startEditor(t, files), await startEditor(t, files)];
  await before.open("page.tova");
  await after.open("page.tova");
  const { resultId } = await before.request(SemanticTokensRequest.type, "page.tova");
  const { data } = await after.request(SemanticTokensRequest.type, "page.tova");
  const answer = await after.request(SemanticTokensDeltaRequest.type, "page.tova", { previousResultId: resultId });
  assert.deepEqual(answer.data, data);
});

test("tokens of a range are those of its lines", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const full = await editor.request(SemanticTokensRequest.type, "page.tova");
  const range = { start: { line: 3, character: 0 }, end: { line: 6, character: 0 } };
  const part = await editor.request(SemanticTokensRangeRequest.type, "page.tova", { range });
  const all = tokensOf(editor, "page.tova", full.data);
  assert.deepEqual(tokensOf(editor, "page.tova", part.data), all.filter(([line]) => line >= 3 && line < 6));
  assert.ok(part.data.length > 0 && part.data.length < full.data.length);
});

test("behind tokens of a range a difference is given whole, since the client may hold those alone", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const full = await editor.request(SemanticTokensRequest.type, "page.tova");
  const range = { start: { line: 3, character: 0 }, end: { line: 6, character: 0 } };
  await editor.request(SemanticTokensRangeRequest.type, "page.tova", { range });
  const delta = await editor.request(SemanticTokensDeltaRequest.type, "page.tova", { previousResultId: full.resultId });
  assert.deepEqual(delta.data, full.data);
});

test("a client that colours by tokens alone gets texts too, a line each", async (t) => {
  const semanticTokens = { augmentsSyntaxTokens: false, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] };
  const editor = await startEditor(
    t,
    { "app.tova": 'x = """\n  one\n  two\n""" // end\n' },
    { capabilities: { textDocument: { semanticTokens } } },
  );
  await editor.open("app.tova");
  const { data } = await editor.request(SemanticTokensRequest.type, "app.tova");
  assert.deepEqual(tokensOf(editor, "app.tova", data), [
    [0, "x", "variable", "declaration", "readonly"],
    [0, "=", "operator"],
    [0, '"""', "string"],
    [1, "  one", "string"],
    [2, "  two", "string"],
    [3, '"""', "string"],
    [3, "// end", "comment"],
  ]);
});

test("folds have characters, or whole lines and no more than the client takes", async (t) => {
  const text = "// one\n// two\nfn f() {\n  [\n    1\n  ]\n}\n";
  const lines = { foldingRange: { lineFoldingOnly: true, rangeLimit: 2 } };
  const exact = await startEditor(t, { "app.tova": text });
  const whole = await startEditor(t, { "app.tova": text }, { capabilities: { textDocument: lines } });
  await exact.open("app.tova");
  await whole.open("app.tova");
  assert.deepEqual(await exact.request(FoldingRangeRequest.type, "app.tova"), [
    { startLine: 0, startCharacter: 6, endLine: 1, endCharacter: 6, kind: "comment" },
    { startLine: 2, startCharacter: 8, endLine: 6, endCharacter: 0 },
    { startLine: 3, startCharacter: 3, endLine: 5, endCharacter: 2 },
  ]);
  assert.deepEqual(await whole.request(FoldingRangeRequest.type, "app.tova"), [
    { startLine: 0, endLine: 1, kind: "comment" },
    { startLine: 2, endLine: 5 },
  ]);
});

test("selections of several positions grow each for itself", async (t) => {
  const editor = await startEditor(t, { "app.tova": "print(one, [two])\n" });
  await editor.open("app.tova");
  const positions = [
    { line: 0, character: 7 },
    { line: 0, character: 13 },
  ];
  const found = await editor.request(SelectionRangeRequest.type, "app.tova", { positions });
  const steps = (selection) => (selection ? [selection.range, ...steps(selection.parent)] : []);
  const texts = found.map((selection) =>
    steps(selection).map(({ start, end }) => (end.line > 0 ? "all" : "print(one, [two])".slice(start.character, end.character))),
  );
  assert.deepEqual(texts, [
    ["one", "one, [two]", "(one, [two])", "print(one, [two])", "all"],
    ["two", "[two]", "one, [two]", "(one, [two])", "print(one, [two])", "all"],
  ]);
});

test("hints say what is awaited across files, and lead to what is called", async (t) => {
  const editor = await startEditor(t, {
    "api.tova": "server {\n  fn add(name, count) { name }\n}\n",
    "lib.tova": 'browser {\n  fn put() { server.add("a", 1) }\n}\n',
    "page.tova": "browser {\n  fn go() { put() }\n}\n",
  });
  await editor.open("page.tova");
  await editor.open("lib.tova");
  const labels = async (name) =>
    (await editor.request(InlayHintRequest.type, name, { range: whole })).map(({ label }) => label);
  assert.deepEqual(await labels("page.tova"), ["await"]);
  assert.deepEqual(await labels("lib.tova"), ["await", "name:", "count:"]);
  const [, hint] = await editor.request(InlayHintRequest.type, "lib.tova", { range: whole });
  const resolved = await editor.connection.sendRequest(InlayHintResolveRequest.type, hint);
  assert.equal(resolved.label[0].value, "name:");
  assert.equal(editor.nameOf(resolved.label[0].location.uri), "api.tova");
  assert.match(resolved.tooltip.value, /POST \/rpc\/add/);
  await editor.edit("lib.tova", 'server.add("a", 1)', "1");
  assert.deepEqual(await labels("page.tova"), []);
});

test("hints follow the settings", async (t) => {
  const text = 'server { fn add(name) { name } }\nbrowser { fn go() { server.add("a") } }\n';
  const editor = await startEditor(t, { "app.tova": text }, { options: { inlayHints: { await: false } } });
  await editor.open("app.tova");
  const labels = async () =>
    (await editor.request(InlayHintRequest.type, "app.tova", { range: whole })).map(({ label }) => label);
  assert.deepEqual(await labels(), ["name:"]);
  const settings = { tova: { inlayHints: { await: true, parameterNames: false } } };
  await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  assert.deepEqual(await labels(), ["await"]);
});

const lensOf = async (editor, name, word) => {
  const lenses = await editor.request(CodeLensRequest.type, name);
  const { text } = editor.buffers.get(name);
  const { start } = editor.rangeOf(text, `fn ${word}`);
  const lens = lenses.find(({ range }) => range.start.line === start.line);
  return editor.connection.sendRequest(CodeLensResolveRequest.type, lens);
};

test("a lens counts callers, and shows them where the client can", async (t) => {
  const options = { commands: ["tova.showReferences"] };
  const able = await startEditor(t, files, { options });
  const plain = await startEditor(t, files);
  await able.open("api.tova");
  await plain.open("api.tova");
  const { command } = await lensOf(able, "api.tova", "list_users");
  assert.equal(command.title, "1 caller");
  assert.equal(command.command, "tova.showReferences");
  const [uri, position, locations] = command.arguments;
  assert.equal(able.nameOf(uri), "api.tova");
  assert.deepEqual(position, able.rangeOf(able.buffers.get("api.tova").text, "list_users() -> ").start);
  assert.deepEqual(locations.map((location) => able.nameOf(location.uri)), ["page.tova"]);
  assert.deepEqual((await lensOf(plain, "api.tova", "list_users")).command, { title: "1 caller", command: "" });
});

test("a server shows its port, a test what runs it where the client can", async (t) => {
  const text = 'server "api" {\n}\ntest "sums" {\n  fn adds() { assert(true) }\n}\n';
  const able = await startEditor(t, { "app.tova": text }, { options: { commands: ["tova.runTest"] } });
  const plain = await startEditor(t, { "app.tova": text });
  await able.open("app.tova");
  await plain.open("app.tova");
  const port = { title: "port 3000 (PORT_API) · app.server.api.js", command: "" };
  const run = { title: "run the test", command: "tova.runTest", arguments: [able.uri("app.tova"), "sums"] };
  const commands = async (editor) =>
    (await editor.request(CodeLensRequest.type, "app.tova")).map(({ command }) => command);
  assert.deepEqual(await commands(able), [port, run]);
  assert.deepEqual(await commands(plain), [port]);
});

test("colours of styles, and how they can be written", async (t) => {
  const text = 'browser {\n  component App {\n    <p>"a"</p>\n    style { p { color: #ff800080 } }\n  }\n}\n';
  const editor = await startEditor(t, { "app.tova": text });
  await editor.open("app.tova");
  const [{ range, color }] = await editor.request(DocumentColorRequest.type, "app.tova");
  assert.deepEqual(range, editor.rangeOf(text, "#ff800080"));
  assert.deepEqual(
    Object.values(color).map((part) => Math.round(part * 255)),
    [255, 128, 0, 128],
  );
  const forms = await editor.request(ColorPresentationRequest.type, "app.tova", { range, color });
  assert.deepEqual(
    forms.map(({ label }) => label),
    ["#ff800080", "rgba(255, 128, 0, 0.5)", "hsla(30, 100%, 50%, 0.5)"],
  );
});
