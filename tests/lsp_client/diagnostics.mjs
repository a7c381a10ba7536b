// What is published about mistakes: the exact range, a code, and words that a person understands.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticSeverity, FileChangeType } from "vscode-languageserver-protocol/node";
import { write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { api, files, page, pageWith } from "./sources.mjs";

const errors = (diagnostics) => diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);

test("a correct package has no errors", async (t) => {
  const editor = await startEditor(t, files);
  for (const name of Object.keys(files)) {
    await editor.open(name);
    assert.deepEqual(errors(await editor.diagnostics(name)), [], name);
  }
});

// Each row: a mistake, the text that must be underlined, and what the message must name.
const mistakes = [
  ["a missing value", pageWith("total = "), "total = ", /value|expression/i],
  ["an unclosed string", pageWith('title = "open'), '"open', /quote|string/i],
  ["an unclosed parenthesis", pageWith("print(1, 2"), "(1, 2", /\(|parenthes|clos/i],
  ["a stray closing brace", `${page}}\n`, undefined, /\}/],
  ["a tag that is closed by another name", page.replace("</h1>", "</h2>"), "</h2>", /h1/],
];

for (const [what, text, underlined, words] of mistakes) {
  test(`${what} is told in one error, at its place, in plain words`, async (t) => {
    const editor = await startEditor(t, { ...files, "page.tova": text });
    await editor.open("page.tova");
    const found = errors(await editor.diagnostics("page.tova"));
    assert.equal(found.length, 1, JSON.stringify(found, null, 2));
    const [{ message, range, code, source }] = found;
    assert.match(message, words);
    assert.doesNotMatch(message, /\b(ERROR|MISSING|node|token|parse|tree|unexpected input)\b/, "words of a parser");
    assert.match(code, /^E0\d\d$/);
    assert.equal(source, "tova");
    if (underlined) {
      const expected = editor.rangeOf(text, underlined);
      assert.equal(range.start.line, expected.start.line);
      const inside = range.start.character >= expected.start.character && range.start.character <= expected.end.character;
      assert.ok(inside, `${JSON.stringify(range)} begins within ${JSON.stringify(expected)}`);
    }
  });
}

test("a syntax error leaves what stands around it understood", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("server.list_usrs()\n    total = "));
  const found = await editor.diagnosticsWhere("page.tova", (all) => errors(all).length >= 2);
  assert.deepEqual(errors(found).map(({ code }) => code).sort(), ["E003", "E301"]);
});

test("an unknown server function is told at its name, with the name that was meant", async (t) => {
  const text = pageWith("server.creat_user(name, name)");
  const editor = await startEditor(t, files);
  await editor.open("page.tova", text);
  const [diagnostic, ...others] = errors(await editor.diagnostics("page.tova"));
  assert.deepEqual(others, []);
  assert.equal(diagnostic.code, "E301");
  assert.match(diagnostic.message, /creat_user/);
  assert.match(diagnostic.message, /create_user/, "did you mean");
  assert.deepEqual(diagnostic.range, editor.rangeOf(text, "creat_user"));
});

test("a wrong number of arguments is told with the parameter that is left", async (t) => {
  const text = pageWith('server.create_user("only one")');
  const editor = await startEditor(t, files);
  await editor.open("page.tova", text);
  const [diagnostic, ...others] = errors(await editor.diagnostics("page.tova"));
  assert.deepEqual(others, []);
  assert.equal(diagnostic.code, "E302");
  assert.match(diagnostic.message, /create_user/);
  assert.match(diagnostic.message, /needs `email`/);
  assert.equal(diagnostic.range.start.line, editor.rangeOf(text, '"only one"').start.line);
});

test("diagnostics carry the version they were found at, and go when the mistake goes", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith("server.list_usrs()"));
  assert.equal(errors(await editor.diagnostics("page.tova")).length, 1);
  await editor.edit("page.tova", "list_usrs", "list_users");
  assert.deepEqual(errors(await editor.diagnostics("page.tova")), []);
  assert.equal(editor.published.get(editor.uri("page.tova")).version, 2);
});

test("a function that is renamed in an unsaved buffer is unknown in the other at once", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova");
  assert.deepEqual(errors(await editor.diagnostics("page.tova")), []);
  await editor.edit("api.tova", "fn create_user(", "fn add_user(");
  await editor.diagnosticsWhere("page.tova", (all) => all.some(({ code }) => code === "E301"));
  await editor.edit("api.tova", "fn add_user(", "fn create_user(");
  await editor.diagnosticsWhere("page.tova", (all) => errors(all).length === 0);
});

test("closing an unsaved buffer brings back what is on disk", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  await editor.open("api.tova", api.replace("fn create_user(", "fn add_user("));
  await editor.diagnosticsWhere("page.tova", (all) => all.some(({ code }) => code === "E301"));
  await editor.close("api.tova");
  await editor.diagnosticsWhere("page.tova", (all) => errors(all).length === 0);
});

test("a file that changes on disk changes what the open ones know", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  assert.deepEqual(errors(await editor.diagnostics("page.tova")), []);
  const tell = (type) =>
    editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: editor.uri("api.tova"), type }] });
  rmSync(join(editor.workspace, "api.tova"));
  await tell(FileChangeType.Deleted);
  await editor.diagnosticsWhere("page.tova", (all) => all.some(({ code }) => code === "E301"));
  write(join(editor.workspace, "api.tova"), api);
  await tell(FileChangeType.Created);
  await editor.diagnosticsWhere("page.tova", (all) => errors(all).length === 0);
});

test("a function of another folder is not this package's", async (t) => {
  const editor = await startEditor(t, { "one/page.tova": page, "two/api.tova": api });
  await editor.open("one/page.tova");
  const found = errors(await editor.diagnostics("one/page.tova"));
  assert.ok(found.filter(({ code }) => code === "E301").length >= 2, JSON.stringify(found));
});
