// Code actions as an editor meets them: kinds that it asks for, edits that it asks for later, requests that it copies or that the
// daemon writes into requests.http, and the tree of endpoints.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CodeLensRequest, DidChangeConfigurationNotification, HoverRequest } from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { until } from "../harness/program.mjs";
import { startEditor } from "./editor.mjs";

const app = `server "api" {
  fn list_users(limit: Int = 10) -> [String] {
    []
  }

  route GET "/users" with auth => list_users
  auth { type: "jwt", secret: "s" }
}

browser {
  state users = []
  effect {
    users = server.list_users()
    server.add_user(users, "x")
  }
}
`;

const literals = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true };
const lazy = { ...literals, dataSupport: true, resolveSupport: { properties: ["edit"] } };

const actionsAt = (editor, marker, { only, triggerKind, length = 0 } = {}) => {
  const { text } = editor.buffers.get("app.tova");
  const start = text.indexOf(marker);
  const range = { start: editor.position(text, start), end: editor.position(text, start + length) };
  const textDocument = { uri: editor.uri("app.tova") };
  return editor.connection.sendRequest("textDocument/codeAction", { textDocument, range, context: { diagnostics: [], only, triggerKind } });
};

const titles = (actions) => actions.map(({ title }) => title);

async function opened(t, settings) {
  const editor = await startEditor(t, { "app.tova": app }, settings);
  await editor.open("app.tova");
  return editor;
}

test("actions come with their edits, and with the diagnostic that they mend", async (t) => {
  const editor = await opened(t, { capabilities: { textDocument: { codeAction: literals } } });
  const [create] = await actionsAt(editor, "add_user", { only: ["quickfix"] });
  assert.equal(create.title, 'Create `add_user` in server "api"');
  assert.equal(create.kind, "quickfix");
  assert.equal(create.diagnostics[0].code, "E301");
  assert.match(create.edit.changes[editor.uri("app.tova")][0].newText, /fn add_user\(users: \[String\], text: String\)/);
});

test("edits are made when one is chosen, where the editor can ask for them", async (t) => {
  const editor = await opened(t, { capabilities: { textDocument: { codeAction: lazy } } });
  const [create] = await actionsAt(editor, "add_user", { only: ["quickfix"] });
  assert.equal(create.edit, undefined);
  const resolved = await editor.connection.sendRequest("codeAction/resolve", create);
  assert.equal(resolved.title, create.title);
  assert.match(resolved.edit.changes[editor.uri("app.tova")][0].newText, /fn add_user/);
  await editor.edit("app.tova", '"x"', '"y"');
  await assert.rejects(editor.connection.sendRequest("codeAction/resolve", create), { code: -32801 });
});

test("only the kinds that are asked for come; `refactor` stands for all below it", async (t) => {
  const editor = await opened(t, { capabilities: { textDocument: { codeAction: literals } } });
  const call = "server.list_users()";
  assert.deepEqual(titles(await actionsAt(editor, call, { only: ["source.organizeImports"], length: call.length })), []);
  const refactorings = await actionsAt(editor, "[]\n  }\n\n  route", { only: ["refactor"], length: 2 });
  assert.ok(refactorings.length > 0 && refactorings.every(({ kind }) => kind.startsWith("refactor.")));
});

test("an editor that copies gets the text, others a command of the daemon that shows it", async (t) => {
  const copying = await opened(t, { options: { commands: ["tova.copy"] }, capabilities: { textDocument: { codeAction: literals } } });
  const [curl] = await actionsAt(copying, "list_users(limit");
  assert.equal(curl.command.command, "tova.copy");
  assert.match(curl.command.arguments[0], /^curl -X POST 'http:\/\/localhost:3000\/rpc\/list_users'/);
  const plain = await opened(t, { capabilities: { textDocument: { codeAction: literals } } });
  const [shown] = await actionsAt(plain, "list_users(limit");
  assert.equal(shown.command.command, "tova.curl");
  const text = await plain.connection.sendRequest("workspace/executeCommand", shown.command);
  assert.equal(text, curl.command.arguments[0]);
  const message = await until("the message", () => plain.notifications.find(({ method }) => method === "window/showMessage"));
  assert.equal(message.params.message, text);
});

test("a request is added to requests.http, which is made when it is not there", async (t) => {
  const capabilities = { textDocument: { codeAction: literals }, workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } } };
  const editor = await opened(t, { capabilities });
  const edits = [];
  editor.connection.onRequest("workspace/applyEdit", (params) => (edits.push(params.edit), { applied: true }));
  const append = (await actionsAt(editor, '"/users"')).find(({ title }) => title === "Add to requests.http");
  await editor.connection.sendRequest("workspace/executeCommand", append.command);
  const edit = await until("the edit", () => edits[0]);
  assert.deepEqual(edit.documentChanges[0], { kind: "create", uri: editor.uri("requests.http"), options: { ignoreIfExists: true } });
  assert.match(edit.documentChanges[1].edits[0].newText, /^### list_users\nGET http:\/\/localhost:3000\/users\nAuthorization: Bearer \{\{token\}\}\n$/);
  assert.ok(!existsSync(join(editor.workspace, "requests.http")));
});

test("an editor that writes no files of its own is told so", async (t) => {
  const editor = await opened(t, { capabilities: { textDocument: { codeAction: literals } } });
  const append = (await actionsAt(editor, '"/users"')).find(({ title }) => title === "Add to requests.http");
  await assert.rejects(editor.connection.sendRequest("workspace/executeCommand", append.command), /requests\.http/);
  await assert.rejects(editor.connection.sendRequest("workspace/executeCommand", { command: "tova.nothing" }), /no command/);
});

test("tova/endpoints tells what servers answer, and once asked its changes", async (t) => {
  const editor = await opened(t, {});
  const { packages } = await editor.connection.sendRequest("tova/endpoints", {});
  assert.equal(packages.length, 1);
  const [server] = packages[0].servers;
  assert.deepEqual([server.name, server.label, server.port, server.variable, server.output], ["api", "server:api", 3000, "PORT_API", "app.server.api.js"]);
  const [call, route] = server.endpoints;
  assert.deepEqual([call.kind, call.method, call.path, call.callers], ["rpc", "POST", "/rpc/list_users", 1]);
  assert.deepEqual(call.parameters, [{ name: "limit", type: "Int", optional: true }]);
  assert.deepEqual([call.returns, call.guards], ["[String]", ["auth"]]);
  assert.deepEqual(call.selectionRange, { start: { line: 1, character: 5 }, end: { line: 1, character: 15 } });
  assert.deepEqual([route.kind, route.method, route.path, route.guards, route.uri], ["route", "GET", "/users", ["auth"], editor.uri("app.tova")]);
  const changes = () => editor.notifications.filter(({ method }) => method === "tova/endpointsChanged").length;
  await editor.edit("app.tova", 'server.add_user(users, "x")', "print(users)");
  await editor.diagnostics("app.tova");
  assert.equal(changes(), 0);
  await editor.edit("app.tova", "fn list_users(limit: Int = 10)", "fn list_users(limit: Int = 10, from: Int = 0)");
  await until("the change", () => changes() === 1);
});

test("ports are those of the setting, wherever one is shown, and follow it", async (t) => {
  const editor = await opened(t, { options: { dev: { port: 4100 }, commands: ["tova.copy"] }, capabilities: { textDocument: { codeAction: literals } } });
  const shown = async () => {
    const { packages } = await editor.connection.sendRequest("tova/endpoints", {});
    const [server] = packages[0].servers;
    const lenses = await editor.request(CodeLensRequest.type, "app.tova");
    const hover = await editor.at(HoverRequest.type, "app.tova", "server.list_users", 9);
    const copy = (await actionsAt(editor, '"/users"')).find(({ title }) => title === "Copy as curl");
    const texts = [server.endpoints[0].curl, hover.contents.value, ...lenses.map(({ command }) => command?.title ?? ""), JSON.stringify(copy)];
    return [server.port, ...texts.flatMap((text) => [...text.matchAll(/(?:port |localhost:)(\d+)/g)].map(([, port]) => Number(port)))];
  };
  const changes = () => editor.notifications.filter(({ method }) => method === "tova/endpointsChanged").length;
  assert.deepEqual(await shown(), [4100, 4100, 4100, 4100, 4100]);
  await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { tova: { dev: { port: 0 } } } });
  await until("the change", () => changes() === 1);
  assert.deepEqual(await shown(), [3000, 3000, 3000, 3000, 3000]);
});
