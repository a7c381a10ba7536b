// Rename through the client: what changes, what is refused and why, and that there and back is where one was.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PrepareRenameRequest, RenameRequest } from "vscode-languageserver-protocol/node";
import { root } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { files } from "./sources.mjs";

const dashboard = join(root, "examples/dashboard");

function dashboardFiles() {
  const names = readdirSync(dashboard).filter((name) => name.endsWith(".tova"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(dashboard, name), "utf8")]));
}

/** The edits of a WorkspaceEdit by file name. */
function editsOf(editor, { changes = {}, documentChanges = [] }) {
  const all = documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits]);
  return new Map([...Object.entries(changes), ...all].map(([uri, edits]) => [editor.nameOf(uri), edits]));
}

/** A text after edits, which do not overlap. */
function applied(text, edits) {
  const lines = text.split("\n");
  const starts = lines.reduce((sums, line) => [...sums, sums.at(-1) + line.length + 1], [0]);
  const offset = ({ line, character }) => starts[line] + character;
  const ordered = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return ordered.reduce(
    (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
    text,
  );
}

/** Applies a WorkspaceEdit to the open buffers, as an editor does. */
async function apply(editor, edit) {
  for (const [name, edits] of editsOf(editor, edit)) {
    const { text } = editor.buffers.get(name);
    await editor.replace(name, 0, text.length, applied(text, edits));
  }
}

function lines(text, word) {
  return text.split("\n").filter((line) => new RegExp(`\\b${word}\\b`).test(line)).map((line) => line.trim());
}

test("renaming a server function changes its declaration, every call in every file, the route that names it, and nothing else; done and undone it restores the bytes", async (t) => {
  const before = dashboardFiles();
  const editor = await startEditor(t, before);
  for (const name of Object.keys(before)) {
    await editor.open(name);
  }
  await apply(editor, await editor.at(RenameRequest.type, "dashboard.tova", "server.list_tickets()", 8, { newName: "all_tickets" }));
  const after = (name) => editor.buffers.get(name).text;
  assert.deepEqual(lines(after("api.tova"), "all_tickets"), [
    "fn all_tickets() -> [Ticket] {",
    'route GET "/api/tickets" => all_tickets',
  ]);
  assert.deepEqual(lines(after("dashboard.tova"), "all_tickets"), ["tickets = server.all_tickets()"]);
  // A comment keeps the old name, and is the only place that does.
  assert.deepEqual(lines(after("api.tova"), "list_tickets"), [
    "// calls, `server.list_tickets()` and the like, do not pass through it.",
  ]);
  assert.deepEqual(lines(after("dashboard.tova"), "list_tickets"), []);
  for (const name of Object.keys(before)) {
    const restored = after(name).replaceAll("all_tickets", "list_tickets");
    assert.equal(restored, before[name], `${name} differs in nothing else`);
    assert.deepEqual((await editor.diagnostics(name)).filter(({ severity }) => severity === 1), []);
  }
  await apply(editor, await editor.at(RenameRequest.type, "api.tova", "fn all_tickets", 5, { newName: "list_tickets" }));
  for (const name of Object.keys(before)) {
    assert.equal(after(name), before[name], `${name} is as it was`);
  }
});

test("files that are not open are renamed too, by version only where they are open", async (t) => {
  const editor = await startEditor(t, files, {
    capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
  });
  await editor.open("page.tova");
  const edit = await editor.at(RenameRequest.type, "page.tova", "create_user", 3, { newName: "add_user" });
  const versions = edit.documentChanges.map(({ textDocument }) => [editor.nameOf(textDocument.uri), textDocument.version]);
  assert.deepEqual(versions, [
    ["api.tova", null],
    ["page.tova", 1],
  ]);
});

test("what can be renamed is offered with its range and name", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const offer = await editor.at(PrepareRenameRequest.type, "page.tova", "create_user", 3);
  assert.deepEqual(offer, { range: editor.rangeOf(files["page.tova"], "create_user"), placeholder: "create_user" });
});

test("what cannot be renamed says why", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  const refused = (promise, pattern) => assert.rejects(promise, ({ message }) => pattern.test(message));
  await refused(editor.at(PrepareRenameRequest.type, "page.tova", "effect {", 2), /Nothing here/);
  await refused(editor.at(PrepareRenameRequest.type, "api.tova", 'server "api"', 9), /server/);
  await refused(editor.at(RenameRequest.type, "page.tova", "state users", 7, { newName: "name" }), /taken|declared/);
  await refused(editor.at(RenameRequest.type, "page.tova", "create_user", 3, { newName: "_create" }), /endpoint/);
  await refused(editor.at(RenameRequest.type, "page.tova", "create_user", 3, { newName: "for" }), /no name/);
});

const books = {
  "books.tova": `shared {
  type Book { title: String }
}
server {
  model Book
  fn books() -> [Book] { Book.all({ order: "title" }) }
}
`,
};

test("a renamed column is confirmed by the user where the editor can ask, else told", async (t) => {
  const annotations = { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } };
  const asking = await startEditor(t, books, { capabilities: annotations });
  await asking.open("books.tova");
  const edit = await asking.at(RenameRequest.type, "books.tova", "title: String", 1, { newName: "name" });
  const [[id, annotation]] = Object.entries(edit.changeAnnotations);
  assert.equal(annotation.needsConfirmation, true);
  assert.match(annotation.description, /ALTER TABLE "books" RENAME COLUMN "title" TO "name";/);
  assert.deepEqual(edit.documentChanges[0].edits.map(({ newText, annotationId }) => [newText, annotationId]), [["name", id], ["name", id]]);

  const plain = await startEditor(t, books);
  await plain.open("books.tova");
  const silent = await plain.at(RenameRequest.type, "books.tova", "title: String", 1, { newName: "name" });
  assert.equal(editsOf(plain, silent).get("books.tova").length, 2);
  assert.equal(silent.changeAnnotations, undefined);
  const told = plain.notifications.filter(({ method }) => method === "window/showMessage");
  assert.deepEqual(told.map(({ params }) => [params.type, /ALTER TABLE/.test(params.message)]), [[2, true]]);
});

test("a type and its model are renamed together, and the table stays the same one without a question", async (t) => {
  const annotations = { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } };
  const editor = await startEditor(t, books, { capabilities: annotations });
  await editor.open("books.tova");
  const edit = await editor.at(RenameRequest.type, "books.tova", "type Book", 6, { newName: "Volume" });
  assert.equal(edit.changeAnnotations, undefined);
  await apply(editor, edit);
  assert.match(editor.buffers.get("books.tova").text, /model Volume \{ table: "books" \}\n {2}fn books\(\) -> \[Volume\] \{ Volume\.all/);
  assert.deepEqual((await editor.diagnostics("books.tova")).filter(({ severity }) => severity === 1), []);
});
