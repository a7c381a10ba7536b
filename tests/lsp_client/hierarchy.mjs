// What leads from file to file: links of definitions, calls, symbols of the workspace, and imports that follow a rename.
import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  DidRenameFilesNotification,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  ImplementationRequest,
  LinkedEditingRangeRequest,
  TypeDefinitionRequest,
  TypeHierarchyPrepareRequest,
  TypeHierarchySubtypesRequest,
  TypeHierarchySupertypesRequest,
  WillRenameFilesRequest,
  WorkspaceSymbolRequest,
  WorkspaceSymbolResolveRequest,
} from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { api, files, page } from "./sources.mjs";

const modules = {
  "lib/shapes.tova": "pub fn area(r) { r * r }\n",
  "main.tova": 'import { area } from "./lib/shapes.tova"\nprint(area(2))\n',
};

/** The range of the first place of a word in a text. */
function firstRange(editor, text, word) {
  const start = text.indexOf(word, text.indexOf("{"));
  return { start: editor.position(text, start), end: editor.position(text, start + word.length) };
}

test("a definition is a link where the client knows links", async (t) => {
  const links = { textDocument: { definition: { linkSupport: true } } };
  const editor = await startEditor(t, files, { capabilities: links });
  await editor.open("page.tova");
  const [link, ...others] = await editor.at(DefinitionRequest.type, "page.tova", "create_user", 3);
  assert.deepEqual(others, []);
  assert.deepEqual(link.originSelectionRange, editor.rangeOf(page, "create_user"));
  assert.equal(editor.nameOf(link.targetUri), "api.tova");
  const name = editor.rangeOf(api, "create_user");
  assert.deepEqual(link.targetSelectionRange, name);
  assert.equal(link.targetRange.start.line, name.start.line);
  assert.equal(link.targetRange.end.line, name.start.line + 2);
});

test("an imported name leads into its module, which nobody has opened", async (t) => {
  const editor = await startEditor(t, modules);
  await editor.open("main.tova");
  const [found] = await editor.at(DefinitionRequest.type, "main.tova", "print(area", 7);
  assert.equal(editor.nameOf(found.uri), "lib/shapes.tova");
  assert.deepEqual(found.range, editor.rangeOf(modules["lib/shapes.tova"], "area"));
});

test("the type of a state, and what implements what a page calls", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const [type] = await editor.at(TypeDefinitionRequest.type, "page.tova", "state users", 7);
  assert.deepEqual(type.range, firstRange(editor, api, "User"));
  const [implementation] = await editor.at(ImplementationRequest.type, "page.tova", "create_user", 3);
  assert.deepEqual(implementation.range, editor.rangeOf(api, "create_user"));
});

test("highlights say what is read and what is written", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const found = await editor.at(DocumentHighlightRequest.type, "page.tova", "state users", 7);
  assert.deepEqual(found.map(({ kind }) => kind), [3, 3, 3, 2]);
});

test("calls go from a page over RPC to the server, also where its file is closed", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const [item] = await editor.at(CallHierarchyPrepareRequest.type, "page.tova", "create_user", 3);
  assert.equal(item.name, "create_user");
  assert.equal(item.detail, "server:api");
  assert.equal(editor.nameOf(item.uri), "api.tova");
  const incoming = await editor.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item });
  assert.deepEqual(incoming.map(({ from }) => from.name), ["add"]);
  assert.deepEqual(incoming[0].fromRanges, [editor.rangeOf(page, "create_user")]);
  const outgoing = await editor.connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item: incoming[0].from });
  assert.deepEqual(outgoing.map(({ to }) => to.name), ["create_user"]);
});

test("types are followed up to their traits and down again, through files that are not open", async (t) => {
  const shapes = "shared {\n  trait Area { fn area(self) -> Float }\n  type Circle { r: Float }\n}\n";
  const more = "shared {\n  impl Area for Circle { fn area(self) -> Float { self.r } }\n  fn f(circle: Circle) { circle }\n}\n";
  const editor = await startEditor(t, { "shapes.tova": shapes, "more.tova": more });
  await editor.open("more.tova");
  const [item] = await editor.at(TypeHierarchyPrepareRequest.type, "more.tova", "circle: Circle", 9);
  assert.deepEqual([item.name, editor.nameOf(item.uri)], ["Circle", "shapes.tova"]);
  const above = await editor.connection.sendRequest(TypeHierarchySupertypesRequest.type, { item });
  assert.deepEqual(above.map(({ name, detail }) => [name, detail]), [["Area", "trait · shared"]]);
  const below = await editor.connection.sendRequest(TypeHierarchySubtypesRequest.type, { item: above[0] });
  assert.deepEqual(below, [item]);
});

test("symbols of files that are not open, with their ranges at once or when they are chosen", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("events.tova");
  const [first] = await editor.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "listus" });
  assert.equal(first.name, "list_users");
  assert.equal(first.containerName, "server:api");
  assert.deepEqual(first.location.range, firstRange(editor, api, "list_users"));

  const late = { workspace: { symbol: { resolveSupport: { properties: ["location.range"] } } } };
  const other = await startEditor(t, files, { capabilities: late });
  await other.open("events.tova");
  const [symbol] = await other.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "listus" });
  assert.equal(symbol.location.range, undefined);
  const resolved = await other.connection.sendRequest(WorkspaceSymbolResolveRequest.type, symbol);
  assert.deepEqual(resolved.location.range, first.location.range);
  assert.equal(resolved.name, "list_users");
});

test("imports follow a file, and the moved file is found at its new place", async (t) => {
  const editor = await startEditor(t, modules);
  await editor.open("main.tova");
  const move = { files: [{ oldUri: editor.uri("lib/shapes.tova"), newUri: editor.uri("forms/shapes.tova") }] };
  const { changes } = await editor.connection.sendRequest(WillRenameFilesRequest.type, move);
  const edits = changes[editor.uri("main.tova")];
  assert.deepEqual(edits.map(({ newText }) => newText), ["./forms/shapes.tova"]);
  mkdirSync(join(editor.workspace, "forms"));
  renameSync(join(editor.workspace, "lib/shapes.tova"), join(editor.workspace, "forms/shapes.tova"));
  await editor.connection.sendNotification(DidRenameFilesNotification.type, move);
  await editor.edit("main.tova", "./lib/shapes.tova", "./forms/shapes.tova");
  const [found] = await editor.at(DefinitionRequest.type, "main.tova", "print(area", 7);
  assert.equal(editor.nameOf(found.uri), "forms/shapes.tova");
  assert.deepEqual((await editor.diagnostics("main.tova")).filter(({ severity }) => severity === 1), []);
});

test("paths of imports are links, both tags are linked", async (t) => {
  const editor = await startEditor(t, { ...modules, "app/page.tova": page });
  await editor.open("main.tova");
  const [link] = await editor.request(DocumentLinkRequest.type, "main.tova");
  assert.equal(link.target, pathToFileURL(join(editor.workspace, "lib/shapes.tova")).href);
  await editor.open("app/page.tova");
  const { ranges } = await editor.at(LinkedEditingRangeRequest.type, "app/page.tova", "<div>", 2);
  assert.equal(ranges.length, 2);
  assert.equal(ranges[1].start.line > ranges[0].start.line, true);
});
