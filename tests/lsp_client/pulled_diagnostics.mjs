// Diagnostics for clients that ask for them: by document and by workspace, with names for what has not changed.
import assert from "node:assert/strict";
import { test } from "../harness/test.mjs";
import { join } from "node:path";
import { folder, until } from "../harness/program.mjs";
import { Editor, startEditor } from "./editor.mjs";
import { api, files, page, pageWith } from "./sources.mjs";

const capabilities = {
  textDocument: { diagnostic: { dynamicRegistration: false } },
  workspace: { diagnostics: { refreshSupport: true } },
};

const pull = (editor, name, previousResultId) => editor.request("textDocument/diagnostic", name, { previousResultId });
const codes = ({ items }) => items.map(({ code }) => code);

/** Counts how often the daemon asks for a refresh. */
function countRefreshes(editor) {
  const counter = { count: 0 };
  editor.connection.onRequest("workspace/diagnostic/refresh", () => {
    counter.count += 1;
    return null;
  });
  return counter;
}

test("a document's diagnostics are told when they are asked for, and not beside that", async (t) => {
  const editor = await startEditor(t, files, { capabilities });
  assert.deepEqual(editor.initialized.capabilities.diagnosticProvider, {
    identifier: "tova",
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  await editor.open("page.tova", pageWith("server.list_usrs()"));
  const report = await pull(editor, "page.tova");
  assert.equal(report.kind, "full");
  assert.deepEqual(codes(report), ["E301"]);
  await editor.close("page.tova");
  await assert.rejects(pull(editor, "page.tova"), { code: -32602 });
  assert.equal(editor.published.size, 0, "nothing is pushed to a client that pulls");
});

test("what has not changed is called unchanged, until the text or another file changes", async (t) => {
  const editor = await startEditor(t, files, { capabilities });
  const refreshes = countRefreshes(editor);
  await editor.open("page.tova");
  await editor.open("api.tova");
  const first = await pull(editor, "page.tova");
  assert.deepEqual(await pull(editor, "page.tova", first.resultId), { kind: "unchanged", resultId: first.resultId });
  await editor.edit("page.tova", "fn add()", "fn  add()");
  const second = await pull(editor, "page.tova", first.resultId);
  assert.equal(second.kind, "full");
  assert.notEqual(second.resultId, first.resultId);
  assert.equal(refreshes.count, 0, "the client asks by itself about what it has changed");
  await editor.edit("api.tova", "fn create_user(", "fn add_user(");
  await until("the daemon to say that others have changed", () => refreshes.count > 0);
  const third = await pull(editor, "page.tova", second.resultId);
  assert.ok(codes(third).includes("E301"), JSON.stringify(third));
  await editor.edit("api.tova", "fn add_user(", "fn create_user(");
  assert.equal((await pull(editor, "page.tova", second.resultId)).kind, "unchanged");
});

test("the workspace's diagnostics tell of files that are open and of files that are not", async (t) => {
  const broken = "fn wrong() {\n  missing_name()\n}\n";
  const editor = await startEditor(t, { ...files, "other/module.tova": broken }, { capabilities });
  await editor.open("page.tova", pageWith("server.list_usrs()"));
  const ask = (previousResultIds = []) => editor.connection.sendRequest("workspace/diagnostic", { previousResultIds });
  const { items } = await until("all files", async () => {
    const report = await ask();
    return report.items.length === Object.keys(files).length + 1 && report;
  });
  const of = (name) => items.find(({ uri }) => uri === editor.uri(name));
  assert.deepEqual(codes(of("page.tova")), ["E301"]);
  assert.equal(of("page.tova").version, 1);
  assert.ok(codes(of("other/module.tova")).length > 0, "a closed file is checked too");
  assert.equal(of("other/module.tova").version, null);
  const again = await ask(items.map(({ uri, resultId }) => ({ uri, value: resultId })));
  assert.ok(again.items.every(({ kind, items: none }) => kind === "unchanged" && none === undefined));
});

test("files outside of the workspace, which something names for a moment, are no part of it", async (t) => {
  const around = folder(t, { "ws/app/page.tova": page, "ws/app/api.tova": api, "stray.tova": "fn stray_one() {\n  missing_name()\n}\n" });
  const editor = new Editor(join(around, "ws"));
  t.after(() => editor.stop());
  await editor.initialize({ capabilities });
  await editor.open("app/page.tova", `import { x } from "../../stray.tova"\n${page}`);
  assert.ok(codes(await pull(editor, "app/page.tova")).includes("E502"), "the file is known");
  const survey = await until("all files", async () => {
    const report = await editor.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
    return report.items.length >= 2 && report;
  });
  assert.deepEqual(survey.items.map(({ uri }) => editor.nameOf(uri)).sort(), ["app/api.tova", "app/page.tova"]);
  const found = (query) => editor.connection.sendRequest("workspace/symbol", { query });
  assert.deepEqual(await found("stray_one"), []);
  assert.ok((await found("add")).length > 0);
});

test("a cancelled survey of the workspace is answered, once", async (t) => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`m${index}/f.tova`, api]));
  const editor = await startEditor(t, { ...many, "page.tova": page }, { capabilities });
  const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
  const source = new CancellationTokenSource();
  await editor.open("page.tova");
  await until("some files", async () => (await editor.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] })).items.length > 200);
  const survey = editor.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] }, source.token);
  source.cancel();
  await assert.rejects(survey, { code: -32800 });
  assert.equal((await pull(editor, "page.tova")).kind, "full");
});
