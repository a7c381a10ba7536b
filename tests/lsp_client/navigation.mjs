// Definition, references, hover and symbols across blocks and files, opened or not.
import assert from "node:assert/strict";
import {
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
} from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { api, events, files, page, pageWith } from "./sources.mjs";

/** Locations as [file, text that the range covers, line], in order of file and line. */
function places(editor, locations) {
  return [locations ?? []]
    .flat()
    .map(({ uri, targetUri, range, targetSelectionRange }) => {
      const name = editor.nameOf(targetUri ?? uri);
      const { start, end } = targetSelectionRange ?? range;
      const line = (editor.buffers.get(name)?.text ?? files[name]).split("\n")[start.line];
      return [name, line.slice(start.character, end.character), line.trim()];
    })
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

test("definition of server.f() is the function's name in the server's file", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const found = await editor.at(DefinitionRequest.type, "page.tova", "create_user", 3);
  assert.deepEqual(places(editor, found), [
    ["api.tova", "create_user", "fn create_user(name: String, email: String) -> User {"],
  ]);
});

test("definition follows an unsaved buffer", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  await editor.edit("api.tova", "// Users, kept in SQLite.\n", "// Users,\n// kept in SQLite,\n// for a while.\n");
  const found = await editor.at(DefinitionRequest.type, "page.tova", "list_users", 1);
  assert.deepEqual(places(editor, found), [["api.tova", "list_users", "fn list_users() -> [User] {"]]);
});

test("definition of a function of the second server is in that server", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("server.broadcast({ kind: 1 })"));
  const found = await editor.at(DefinitionRequest.type, "page.tova", "broadcast", 1);
  assert.deepEqual(places(editor, found), [["events.tova", "broadcast", "fn broadcast(event) {"]]);
});

test("definition of a shared type, of a state and of a route's handler", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  const type = await editor.at(DefinitionRequest.type, "page.tova", "[User]", 2);
  assert.deepEqual(places(editor, type), [["api.tova", "User", "type User {"]]);
  const state = await editor.at(DefinitionRequest.type, "page.tova", "(name,", 2);
  assert.deepEqual(places(editor, state), [["page.tova", "name", 'state name = ""']]);
  const handler = await editor.at(DefinitionRequest.type, "api.tova", "=> list_users", 5);
  assert.deepEqual(places(editor, handler), [["api.tova", "list_users", "fn list_users() -> [User] {"]]);
});

test("references of a server function are its calls in pages and its routes", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  const context = { context: { includeDeclaration: true } };
  const found = await editor.at(ReferencesRequest.type, "api.tova", "fn list_users", 5, context);
  assert.deepEqual(places(editor, found), [
    ["api.tova", "list_users", "fn list_users() -> [User] {"],
    ["api.tova", "list_users", 'route GET "/api/users" => list_users'],
    ["page.tova", "list_users", "users = server.list_users()"],
  ]);
  const without = { context: { includeDeclaration: false } };
  assert.equal((await editor.at(ReferencesRequest.type, "api.tova", "fn list_users", 5, without)).length, 2);
});

test("references from a call are the same as from the declaration", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  const context = { context: { includeDeclaration: true } };
  const fromCall = await editor.at(ReferencesRequest.type, "page.tova", "create_user", 1, context);
  const fromDeclaration = await editor.at(ReferencesRequest.type, "api.tova", "fn create_user", 5, context);
  assert.deepEqual(places(editor, fromCall), places(editor, fromDeclaration));
  assert.equal(fromCall.length, 2);
});

test("hover of a server function tells signature, endpoint, server, port, output and documentation", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const { contents, range } = await editor.at(HoverRequest.type, "page.tova", "create_user", 3);
  assert.equal(contents.kind, "markdown");
  assert.match(contents.value, /```tova\n.*fn create_user\(name: String, email: String\) -> User/);
  assert.match(contents.value, /POST \/rpc\/create_user/);
  assert.match(contents.value, /\bapi\b/);
  assert.match(contents.value, /3000/);
  assert.match(contents.value, /PORT_API/);
  assert.match(contents.value, /\.server\.api\.js/);
  assert.match(contents.value, /Adds someone\./);
  assert.deepEqual(range, editor.rangeOf(page, "create_user"));
});

test("hover of a function that a route uses names the route", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const { contents } = await editor.at(HoverRequest.type, "page.tova", "list_users", 3);
  assert.match(contents.value, /GET.*\/api\/users/);
});

test("hover of a state and of nothing", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const { contents } = await editor.at(HoverRequest.type, "page.tova", "state users", 7);
  assert.match(contents.value, /users: \[User\]/);
  assert.equal(await editor.at(HoverRequest.type, "page.tova", "  effect {", 0), null);
});

test("the symbols of a file are its blocks and what they hold", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("api.tova");
  await editor.open("events.tova", events);
  const symbols = await editor.request(DocumentSymbolRequest.type, "api.tova");
  assert.equal(symbols.length, 2);
  assert.match(symbols[1].name, /api/);
  const held = symbols[1].children.map(({ name }) => name);
  for (const name of ["list_users", "create_user"]) {
    assert.ok(held.includes(name), `${held} has ${name}`);
  }
  checkNesting(symbols, { start: { line: 0, character: 0 }, end: { line: api.split("\n").length, character: 0 } });
});

/** Every symbol lies within its parent, and its name within itself. */
function checkNesting(symbols, outer) {
  for (const { name, range, selectionRange, children } of symbols) {
    assert.ok(contains(outer, range), `${name} lies within its parent`);
    assert.ok(contains(range, selectionRange), `the name of ${name} lies within it`);
    checkNesting(children ?? [], range);
  }
}

function contains(outer, inner) {
  const before = (a, b) => a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}
