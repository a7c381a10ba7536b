// Completion after `server.`: the functions of the package's servers that a page can call, and
// nothing else, from unsaved buffers and unopened files alike.
import assert from "node:assert/strict";
import { CompletionItemKind, CompletionItemTag, CompletionRequest, CompletionResolveRequest } from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { api, files, pageWith } from "./sources.mjs";

async function completions(editor, marker) {
  const answer = await editor.at(CompletionRequest.type, "page.tova", marker, marker.length);
  return Array.isArray(answer) ? answer : (answer?.items ?? []);
}

const labels = (items) => items.map(({ label }) => label).sort();

test("after `server.` there are the callable functions and nothing else", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("found = server."));
  const items = await completions(editor, "found = server.");
  assert.deepEqual(labels(items), ["broadcast", "create_user", "list_users"]);
  assert.ok(items.every(({ kind }) => kind === CompletionItemKind.Function));
});

test("each function comes with its signature, its server and its documentation", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("found = server."));
  const item = (await completions(editor, "found = server.")).find(({ label }) => label === "create_user");
  const shown = JSON.stringify([item.detail, item.labelDetails]);
  assert.match(shown, /\(name: String, email: String\)/);
  assert.match(shown, /User/);
  assert.match(shown, /api/);
  assert.match(JSON.stringify(item.documentation), /Adds someone\./);
});

test("a name that is half typed is completed where it stands", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("found = server.crea"));
  const items = await completions(editor, "found = server.crea");
  assert.ok(labels(items).includes("create_user"));
  assert.ok(labels(items).every((label) => ["broadcast", "create_user", "list_users"].includes(label)));
});

test("a function of an unsaved buffer is offered, the one it replaced is not", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova", api.replace("fn create_user(", "fn invite_user("));
  await editor.open("page.tova", pageWith("found = server."));
  assert.deepEqual(labels(await completions(editor, "found = server.")), ["broadcast", "invite_user", "list_users"]);
});

test("a function typed a moment ago is offered", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("found = server."));
  await editor.open("api.tova");
  await editor.edit("api.tova", "  fn _audit(text) {", "  fn remove_user(id: Int) {\n    nil\n  }\n\n  fn _audit(text) {");
  assert.deepEqual(labels(await completions(editor, "found = server.")), [
    "broadcast",
    "create_user",
    "list_users",
    "remove_user",
  ]);
});

test("in strings and comments nothing is offered", async (t) => {
  for (const place of ['text = "server.', "// server."]) {
    const editor = await startEditor(t, files);
    await editor.open("page.tova", pageWith(place.startsWith('"') ? `${place}"` : place));
    assert.deepEqual(await completions(editor, place), [], place);
  }
});

test("snippets are sent only to clients that know them", async (t) => {
  const plain = await startEditor(t, files);
  const rich = await startEditor(t, files, {
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  for (const editor of [plain, rich]) {
    await editor.open("page.tova", pageWith("found = server."));
    const item = (await completions(editor, "found = server.")).find(({ label }) => label === "create_user");
    const isSnippet = /\$\{?\d/.test(JSON.stringify([item.insertText, item.textEdit]));
    assert.equal(isSnippet, editor === rich);
  }
});

const rich = (completionItem) => ({ capabilities: { textDocument: { completion: { completionItem } } } });

/** The text of a buffer with an item taken, as an editor does it: later edits first. */
function taken(editor, name, item) {
  const { text } = editor.buffers.get(name);
  const lines = text.split("\n");
  const offset = ({ line, character }) => lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character;
  const edits = [{ range: item.textEdit.range ?? item.textEdit.insert, newText: item.textEdit.newText }, ...(item.additionalTextEdits ?? [])];
  return edits
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)), text);
}

test("every function that is offered after `server.` can be called there", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("found = server."));
  const items = await completions(editor, "found = server.");
  assert.equal(items.length, 3);
  for (const item of items) {
    await editor.open(`${item.label}.tova`, taken(editor, "page.tova", item).replace("App", `App_${item.label}`));
    const found = await editor.diagnostics(`${item.label}.tova`);
    assert.deepEqual(found.filter(({ code }) => code === "E301"), [], item.label);
  }
});

test("documentation comes later to clients that ask for it", async (t) => {
  const editor = await startEditor(t, files, rich({ resolveSupport: { properties: ["documentation"] } }));
  await editor.open("page.tova", pageWith("found = server."));
  const item = (await completions(editor, "found = server.")).find(({ label }) => label === "create_user");
  assert.equal(item.documentation, undefined);
  const resolved = await editor.connection.sendRequest(CompletionResolveRequest.type, { ...item, preselect: true });
  const { documentation, ...rest } = resolved;
  assert.match(documentation.value, /Adds someone\./);
  assert.match(documentation.value, /POST \/rpc\/create_user/);
  assert.deepEqual(rest, { ...item, preselect: true });
});

test("an item of a document that has been closed comes back as it was", async (t) => {
  const editor = await startEditor(t, files, rich({ resolveSupport: { properties: ["documentation"] } }));
  await editor.open("page.tova", pageWith("found = server."));
  const [item] = await completions(editor, "found = server.");
  await editor.close("page.tova");
  assert.deepEqual(await editor.connection.sendRequest(CompletionResolveRequest.type, item), item);
  assert.deepEqual(await editor.connection.sendRequest(CompletionResolveRequest.type, { label: "x" }), { label: "x" });
});

test("in a word, what stands before the cursor is replaced, or all of it where the client can choose", async (t) => {
  const plain = await startEditor(t, files);
  const choosing = await startEditor(t, files, rich({ insertReplaceSupport: true }));
  for (const editor of [plain, choosing]) {
    const text = pageWith("found = server.create_other()");
    await editor.open("page.tova", text);
    const answer = await editor.at(CompletionRequest.type, "page.tova", "create_other", 6);
    const { textEdit } = answer.items.find(({ label }) => label === "create_user");
    const before = editor.rangeOf(text, "create_other");
    const start = before.start;
    const end = { ...start, character: start.character + 6 };
    const expected = editor === plain ? { range: { start, end } } : { insert: { start, end }, replace: before };
    assert.deepEqual(textEdit, { ...expected, newText: "create_user" });
  }
});

test("a name of another module brings its import, and more letters bring more", async (t) => {
  const sources = { ...files, "lib/shapes.tova": "pub fn circle(radius: Float) -> Float { radius }\n" };
  const editor = await startEditor(t, sources);
  await editor.open("lib/shapes.tova");
  await editor.open("tools/draw.tova", "fn draw() { circ }\n");
  const answer = await editor.at(CompletionRequest.type, "tools/draw.tova", "circ }", 4);
  const item = answer.items.find(({ label }) => label === "circle");
  assert.equal(taken(editor, "tools/draw.tova", item), 'import { circle } from "../lib/shapes.tova"\nfn draw() { circle }\n');
  await editor.open("tools/empty.tova", "fn draw() { print() }\n");
  const empty = await editor.at(CompletionRequest.type, "tools/empty.tova", "print()", 6);
  assert.equal(empty.isIncomplete, true);
});

test("older spellings are marked for clients that can show it", async (t) => {
  const editor = await startEditor(t, files, rich({ tagSupport: { valueSet: [1] } }));
  await editor.open("page.tova", pageWith("found = to_str"));
  const items = await completions(editor, "found = to_str");
  assert.deepEqual(items.find(({ label }) => label === "to_string").tags, [CompletionItemTag.Deprecated]);
  assert.equal(items.find(({ label }) => label === "toString").tags, undefined);
});

test("a character that means something else there asks for nothing", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("found = 6 /"));
  const context = (triggerCharacter) => ({ context: { triggerKind: 2, triggerCharacter } });
  const division = await editor.at(CompletionRequest.type, "page.tova", "found = 6 /", 11, context("/"));
  assert.deepEqual(division.items, []);
  const asked = await editor.at(CompletionRequest.type, "page.tova", "found = 6 /", 11);
  assert.ok(asked.items.length > 0);
});

/** The items of a list as they are where each says everything itself. */
function spelledOut({ items, itemDefaults = {} }) {
  return items.map(({ textEditText, ...item }) => {
    const { editRange, insertTextFormat } = itemDefaults;
    const range = editRange?.insert === undefined ? { range: editRange } : editRange;
    const textEdit = item.textEdit ?? (editRange && { newText: textEditText ?? item.label, ...range });
    return { ...item, insertTextFormat: item.insertTextFormat ?? insertTextFormat, textEdit };
  });
}

for (const insertReplaceSupport of [false, true]) {
  test(`what items share stands once for clients that read it there, ${insertReplaceSupport ? "two ranges" : "a range"}`, async (t) => {
    const completionItem = { insertReplaceSupport, snippetSupport: true, resolveSupport: { properties: ["documentation"] } };
    const asked = async (itemDefaults) => {
      const capabilities = { textDocument: { completion: { completionItem, completionList: { itemDefaults } } } };
      const editor = await startEditor(t, files, { capabilities });
      await editor.open("page.tova", pageWith("found = pr"));
      const answer = await editor.at(CompletionRequest.type, "page.tova", "found = pr", "found = p".length);
      return JSON.parse(JSON.stringify(answer).replaceAll(editor.workspace, "/"));
    };
    const long = await asked([]);
    const short = await asked(["editRange", "insertTextFormat", "data"]);
    const ranges = await asked(["editRange"]);
    assert.equal(long.itemDefaults, undefined);
    assert.ok(long.items.length > 100);
    assert.deepEqual(spelledOut(short), spelledOut(long));
    assert.deepEqual(spelledOut(ranges), spelledOut(long));
    assert.ok(JSON.stringify(short).length < 0.8 * JSON.stringify(long).length);
  });
}
