// Completion after `server.`: the functions of the package's servers that a page can call, and
// nothing else, from unsaved buffers and unopened files alike.
import assert from "node:assert/strict";
import { CompletionItemKind, CompletionRequest } from "vscode-languageserver-protocol/node";
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
