// Incremental changes: whatever is typed, the daemon's text is the editor's, and so is everything that depends on it.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { DocumentSymbolRequest } from "vscode-languageserver-protocol/node";
import { until } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { files, page } from "./sources.mjs";

// Characters of one to four bytes and of one or two UTF-16 units, and a family that is one picture.
const wide = "// 日本語 é 👩‍👩‍👧 🎉\n";

// Two folders of two daemons have the same name here, so that outputs do.
const application = Object.fromEntries(Object.entries(files).map(([name, text]) => [`shop/${name}`, text]));
const edited = "shop/page.tova";

// Above 16 KiB a text with errors is not parsed anew at each key.
const long = Array.from({ length: 300 }, (_, index) => `fn padding_${index}(value) {\n  value + ${index} // 日本 🎉\n}\n`).join("");

for (const encoding of ["utf-16", "utf-8"]) {
  const settings = { positionEncodings: [encoding] };

  test(`${encoding}: an edit behind emoji and Chinese characters lands where the editor means it`, async (t) => {
    const editor = await startEditor(t, files, settings);
    await editor.open("page.tova", page.replace('<h1>"Users"</h1>', '<h1>"日本 🎉 Users"</h1>'));
    await editor.edit("page.tova", "🎉 Users", "🎉🎉 Müller");
    await editor.edit("page.tova", "日", "");
    const { text } = await editor.request("tova/preview", "page.tova", { output: "client" });
    assert.ok(text.includes('"本 🎉🎉 Müller"'), text);
  });

  test(`${encoding}: a range behind emoji and Chinese characters is told where the editor expects it`, async (t) => {
    const editor = await startEditor(t, files, settings);
    const text = page.replace("user = server.create_user", "/* 日本 🎉👩‍👩‍👧 */ user = server.create_usr");
    await editor.open("page.tova", text);
    const [diagnostic] = await editor.diagnosticsWhere("page.tova", (all) => all.some(({ code }) => code === "E301"));
    assert.deepEqual(diagnostic.range, editor.rangeOf(text, "create_usr"));
  });

  for (const [size, start] of [["short", wide + page], ["long", wide + page + long]]) {
    test(
      `${encoding}: after random edits of a ${size} file the daemon knows what a fresh one knows`,
      async (t) => {
        for (const seed of [1, 2, 3]) {
          const editor = await startEditor(t, application, settings);
          await editor.open(edited, start);
          await typeRandomly(editor, edited, numbers(seed));
          await knowsWhatAFreshOneKnows(t, editor, `seed ${seed}`);
        }
      },
    );
  }
}

test("the whole text may be replaced at once", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova");
  const text = page.replace("fn add()", "fn add_one()").replace("{add}", "{add_one}");
  editor.buffers.set("page.tova", { text, version: 2 });
  await editor.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: editor.uri("page.tova"), version: 2 },
    contentChanges: [{ text }],
  });
  const preview = await editor.request("tova/preview", "page.tova", { output: "client" });
  assert.match(preview.text, /async function add_one\(\)/);
});

test("several changes of one message hold one after the other", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", "browser {\n}\n");
  const at = (line, character) => ({ start: { line, character }, end: { line, character } });
  await editor.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: editor.uri("page.tova"), version: 2 },
    contentChanges: [
      { range: at(0, 9), text: "\n  state a = 1" },
      { range: at(1, 13), text: "\n  state b = 2" },
      { range: { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } }, text: "first" },
    ],
  });
  const { text } = await editor.request("tova/preview", "page.tova", { output: "client" });
  assert.match(text, /const \[first, setFirst\] = createSignal\(1\);\nconst \[b, setB\] = createSignal\(2\);/);
});

/** Forty edits: insertions, removals and replacements at random places, between characters. */
async function typeRandomly(editor, name, random) {
  const inserts = ["x", "🎉", "日本", "\n", " ", "}", "{", '"', "server.", "fn f() { 1 }\n", "é", "(", "</div>"];
  for (let count = 0; count < 40; count += 1) {
    const { text } = editor.buffers.get(name);
    const starts = [...text.matchAll(/./gsu)].map(({ index }) => index).concat(text.length);
    const from = random(starts.length);
    const to = Math.min(starts.length - 1, from + (random(2) === 0 ? 0 : random(12)));
    const insert = random(4) === 0 ? "" : inserts[random(inserts.length)];
    await editor.replace(name, starts[from], starts[to] - starts[from], insert);
  }
}

/**
 * The oracle: a daemon that opens the final text at once. A text without syntax errors has one tree only, so there the
 * daemons agree at once; elsewhere recovery may have gone another way until the editor has been quiet for a moment.
 */
async function knowsWhatAFreshOneKnows(t, editor, what) {
  const { text } = editor.buffers.get(edited);
  const fresh = await startEditor(t, application, { positionEncodings: [editor.encoding] });
  await fresh.open(edited, text);
  const expected = await knowledge(fresh);
  let found = await knowledge(editor);
  if (expected.mistakes.some(({ code }) => isSyntaxError(code))) {
    const healed = async () => isDeepStrictEqual((found = await knowledge(editor)), expected);
    await until("the tree to be healed", healed, 20_000).catch(() => {});
  }
  assert.deepEqual(found, expected, `${what}, text:\n${text.slice(0, 2000)}`);
}

const isSyntaxError = (code) => /^E0/.test(code);

async function knowledge(editor) {
  const symbols = await editor.request(DocumentSymbolRequest.type, edited);
  const previews = {};
  const { outputs } = await editor.request("tova/preview", edited);
  for (const { name, broken } of outputs) {
    previews[name] = { broken, text: (await editor.request("tova/preview", edited, { output: name })).text };
  }
  const mistakes = await editor.diagnostics(edited);
  return JSON.parse(JSON.stringify({ symbols, previews, mistakes }).replaceAll(editor.uri(""), ""));
}

/** A small generator of numbers (mulberry32), so that a failure can be repeated. */
function numbers(seed) {
  let state = seed * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}
