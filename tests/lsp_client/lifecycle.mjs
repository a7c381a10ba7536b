// The life of the daemon: greeting, refusals by their codes, and how it ends.
import assert from "node:assert/strict";
import {
  ErrorCodes,
  ExitNotification,
  HoverRequest,
  LSPErrorCodes,
  ShutdownRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver-protocol/node";
import { folder, run, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startDaemon, startEditor } from "./editor.mjs";
import { files } from "./sources.mjs";

test("initialize tells name, version and what the daemon can do", async (t) => {
  const editor = await startEditor(t, files);
  const { serverInfo, capabilities } = editor.initialized;
  const { stdout } = await run(tova, ["--version"]);
  assert.equal(serverInfo.name, "tova");
  assert.ok(stdout.includes(serverInfo.version), `${stdout} names ${serverInfo.version}`);
  assert.equal(capabilities.textDocumentSync.change, TextDocumentSyncKind.Incremental);
  assert.equal(capabilities.textDocumentSync.openClose, true);
  assert.deepEqual(capabilities.textDocumentSync.save, { includeText: true });
  assert.ok(capabilities.completionProvider.triggerCharacters.includes("."));
  for (const name of ["hoverProvider", "definitionProvider", "referencesProvider", "documentSymbolProvider"]) {
    assert.ok(capabilities[name], name);
  }
});

test("positions are UTF-8 where the client offers it, else UTF-16", async (t) => {
  assert.equal((await startEditor(t, {}, { positionEncodings: ["utf-8", "utf-16"] })).encoding, "utf-8");
  assert.equal((await startEditor(t, {}, { positionEncodings: ["utf-16"] })).encoding, "utf-16");
  assert.equal((await startEditor(t, {})).encoding, "utf-16");
});

const somewhere = { textDocument: { uri: "file:///nowhere.tova" }, position: { line: 0, character: 0 } };

test("a request before initialize is refused with -32002", async (t) => {
  const daemon = startDaemon(t);
  await assert.rejects(daemon.connection.sendRequest(HoverRequest.type, somewhere), {
    code: ErrorCodes.ServerNotInitialized,
  });
});

test("an unknown request is refused with -32601, an unknown $/ notification is passed over", async (t) => {
  const editor = await startEditor(t, files);
  await editor.connection.sendNotification("$/somethingNew", {});
  await editor.connection.sendNotification("tova/unknown", {});
  await assert.rejects(editor.connection.sendRequest("tova/unknown", {}), { code: ErrorCodes.MethodNotFound });
});

test("parameters of the wrong shape are refused with -32602", async (t) => {
  const editor = await startEditor(t, files);
  for (const params of [{}, { textDocument: { uri: 5 }, position: {} }, { ...somewhere, position: { line: "0" } }]) {
    await assert.rejects(editor.connection.sendRequest("textDocument/hover", params), {
      code: ErrorCodes.InvalidParams,
    });
  }
});

test("a request about a file that is not open is answered, not an accident", async (t) => {
  const editor = await startEditor(t, files);
  const answer = await editor.connection.sendRequest(HoverRequest.type, somewhere).catch((error) => error.code);
  assert.ok(answer === null || answer < 0, String(answer));
  assert.ok((await editor.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri: editor.uri("api.tova") } }).catch(() => [])) !== undefined);
});

test("text that is no JSON is answered with -32700, and the daemon goes on", async (t) => {
  const cwd = folder(t);
  const initialize = { jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } };
  const input = [frame("{ no json"), frame(initialize), frame({ jsonrpc: "2.0", id: 2, method: "shutdown" }), frame({ jsonrpc: "2.0", method: "exit" })];
  const { code, stdout } = await run(tova, ["lsp"], { cwd, input: input.join("") });
  const answers = messages(stdout);
  assert.equal(answers.find(({ error }) => error)?.error.code, ErrorCodes.ParseError);
  assert.ok(answers.some(({ id, result }) => id === 1 && result), "initialize was answered");
  assert.equal(code, 0);
});

test("a message may come in pieces, and several at once", async (t) => {
  const daemon = startDaemon(t);
  const initialize = frame({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  const text = initialize + frame({ jsonrpc: "2.0", id: 2, method: "shutdown" }) + frame({ jsonrpc: "2.0", method: "exit" });
  for (let at = 0; at < text.length; at += 7) {
    daemon.child.stdin.write(text.slice(at, at + 7));
    await new Promise(setImmediate);
  }
  assert.deepEqual(await daemon.ended, { code: 0, signal: null });
});

test("exit after shutdown ends with status 0", async (t) => {
  const editor = await startEditor(t, files);
  await editor.connection.sendRequest(ShutdownRequest.type);
  await assert.rejects(editor.connection.sendRequest(HoverRequest.type, somewhere), { code: ErrorCodes.InvalidRequest });
  await editor.connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await editor.ended, { code: 0, signal: null });
});

test("exit without shutdown ends with status 1", async (t) => {
  const daemon = startDaemon(t);
  await daemon.initialize();
  await daemon.connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await daemon.ended, { code: 1, signal: null });
});

test("the daemon ends when its input ends", async (t) => {
  const daemon = startDaemon(t);
  await daemon.initialize();
  daemon.child.stdin.end();
  assert.deepEqual(await daemon.ended, { code: 1, signal: null });
});

test("a cancelled request is answered all the same", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const source = new (await import("vscode-languageserver-protocol/node")).CancellationTokenSource();
  const answer = editor.connection.sendRequest(HoverRequest.type, { ...somewhere, textDocument: { uri: editor.uri("page.tova") } }, source.token);
  source.cancel();
  const outcome = await answer.then(() => "answered", (error) => error.code);
  assert.ok(["answered", LSPErrorCodes.RequestCancelled].includes(outcome), String(outcome));
});

function frame(message) {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function messages(output) {
  return output.split(/Content-Length: \d+\r\n\r\n/).filter(Boolean).map((text) => JSON.parse(text));
}
