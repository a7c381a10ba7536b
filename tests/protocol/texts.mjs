// Texts and places that clients get wrong: edits that do not fit, documents that are not open, half characters, NUL; and the
// three ways to count columns.
import assert from "node:assert/strict";
import { test } from "../harness/test.mjs";
import { numbers } from "./random.mjs";
import { Wire } from "./wire.mjs";

const range = (line, character, endLine = line, endCharacter = character) => ({
  start: { line, character },
  end: { line: endLine, character: endCharacter },
});

const text = "fn first() { 1 }\n/* 🎉 */ fn second() { 2 }\n";

// Each row: what does not fit, and the change. Guessing what was meant would leave another text than the client's for ever.
const unfit = [
  ["a range that ends before it begins", { range: range(1, 3, 0, 0), text: "x" }],
  ["a range in a line that ends before it begins", { range: range(0, 5, 0, 2), text: "x" }],
  ["a line that is not there", { range: range(9, 0), text: "x" }],
  ["a line behind all numbers", { range: range(2147483647, 0), text: "x" }],
  ["the inside of a character", { range: range(1, 4), text: "x" }],
  ["a range that ends inside of a character", { range: range(1, 0, 1, 4), text: "x" }],
];

for (const [what, change] of unfit) {
  test(`${what}: the text stays, until the whole text comes`, async (t) => {
    const wire = new Wire(t);
    await wire.initialize();
    wire.open("a.tova", text);
    wire.change("a.tova", 2, change);
    assert.deepEqual(await wire.symbols("a.tova"), ["first", "second"]);
    wire.change("a.tova", 3, { range: range(0, 3, 0, 8), text: "third" });
    assert.deepEqual(await wire.symbols("a.tova"), ["first", "second"], "further ranges would not fit either");
    wire.change("a.tova", 4, { text: "fn whole() { 1 }\n" }, { range: range(0, 3, 0, 8), text: "all" });
    assert.deepEqual(await wire.symbols("a.tova"), ["all"]);
    await wire.lives();
    assert.equal(wire.stderr.match(/lies outside/g).length, 1, "it is told once");
    await wire.end();
  });
}

test("saving with the text puts a document in step again", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.open("a.tova", text);
  wire.change("a.tova", 2, { range: range(50, 0), text: "x" });
  wire.notify("textDocument/didSave", { textDocument: { uri: wire.uri("a.tova") }, text: "fn saved() { 1 }\n" });
  assert.deepEqual(await wire.symbols("a.tova"), ["saved"]);
  await wire.end();
});

test("saving without the text does, too: what is on disk is what the client shows", async (t) => {
  const wire = new Wire(t, { files: { "a.tova": "fn on_disk() { 1 }\n" } });
  await wire.initialize();
  wire.open("a.tova", text);
  wire.change("a.tova", 2, { range: range(50, 0), text: "x" });
  wire.notify("textDocument/didSave", { textDocument: { uri: wire.uri("a.tova") } });
  assert.deepEqual(await wire.symbols("a.tova"), ["on_disk"]);
  await wire.end();
});

test("changes, saves and closes of documents that are not open change nothing", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  const textDocument = { uri: wire.uri("a.tova"), version: 2 };
  for (let round = 0; round < 2; round += 1) {
    wire.change("a.tova", 2, { range: range(0, 0), text: "x" });
    wire.notify("textDocument/didSave", { textDocument, text: "x" });
    wire.notify("textDocument/didClose", { textDocument });
    assert.equal((await wire.ask("textDocument/documentSymbol", { textDocument })).error.code, -32602);
    wire.open("a.tova", text);
    assert.deepEqual(await wire.symbols("a.tova"), ["first", "second"]);
    wire.notify("textDocument/didClose", { textDocument });
  }
  await wire.lives();
  await wire.end();
});

test("a document may be opened twice, and the second text counts", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.open("a.tova", text);
  wire.open("a.tova", "fn again() { 1 }\n");
  assert.deepEqual(await wire.symbols("a.tova"), ["again"]);
  await wire.end();
});

test("a column behind the end of a line is its end, and the line behind the last one the end of the text", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.open("a.tova", "fn a() { 1 }\r\nfn b() { 1 }");
  wire.change("a.tova", 2, { range: range(0, 999), text: " // x" }, { range: range(2, 0), text: "\nfn c() { 1 }" });
  assert.deepEqual(await wire.symbols("a.tova"), ["a", "b", "c"]);
  await wire.end();
});

// Each row: a text as JSON, and what is at the place of the letter that a client cannot mean.
const hostile = [
  ["an escaped NUL", "\\u0000"],
  ["half a surrogate pair", "\\ud83d"],
  ["the other half", "\\ude00"],
  ["two halves in the wrong order", "\\ude00\\ud83d"],
  ["a high half before a letter that is escaped", "\\ud83d\\u0041"],
];

for (const [what, escape] of hostile) {
  test(`${what} in a text loses nothing that comes after it`, async (t) => {
    const wire = new Wire(t);
    await wire.initialize();
    const uri = JSON.stringify(wire.uri("a.tova"));
    const body = `"// ${escape}\\nfn after() { 1 }\\n"`;
    wire.write(
      `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":${uri},"languageId":"tova","version":1,"text":${body}}}}`,
    );
    assert.deepEqual(await wire.symbols("a.tova"), ["after"]);
    wire.write(
      `{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":${uri},"version":2},"contentChanges":[{"range":${JSON.stringify(range(0, 3))},"text":"${escape}"},{"range":${JSON.stringify(range(1, 3, 1, 8))},"text":"later"}]}}`,
    );
    assert.deepEqual(await wire.symbols("a.tova"), ["later"]);
    await wire.lives();
    await wire.end();
  });
}

// ---- columns

const columns = {
  "utf-8": (string) => Buffer.byteLength(string),
  "utf-16": (string) => string.length,
  "utf-32": (string) => [...string].length,
};

test("of the encodings that a client offers, UTF-8 is taken, else the one that it prefers", async (t) => {
  const rows = [
    [undefined, "utf-16"],
    [[], "utf-16"],
    [["utf-16"], "utf-16"],
    [["utf-16", "utf-8"], "utf-8"],
    [["utf-32", "utf-16"], "utf-32"],
    [["utf-16", "utf-32"], "utf-16"],
    [["utf-7"], "utf-16"],
    [[5, null, "utf-8"], "utf-8"],
  ];
  for (const [positionEncodings, expected] of rows) {
    const wire = new Wire(t);
    const { capabilities } = await wire.initialize({ general: { positionEncodings } });
    assert.equal(capabilities.positionEncoding, expected, JSON.stringify(positionEncodings));
    await wire.end();
  }
});

const pieces = ["a", "é", "日", "🎉", "👩‍👩‍👧", "\n", "\r\n", "\r", "\t", " ", "\u2028", "\u00a0", "\ufeff"];

for (const [encoding, width] of Object.entries(columns)) {
  test(`${encoding}: random edits of text of every width end in the client's text, and places are told as it counts`, async (t) => {
    const random = numbers(encoding.length * 7 + encoding.charCodeAt(4));
    const wire = new Wire(t);
    await wire.initialize({ general: { positionEncodings: [encoding] } });
    let now = "// start\n";
    let version = 1;
    wire.open("a.tova", now);
    for (let round = 0; round < 150; round += 1) {
      const letters = [...now];
      const from = random(letters.length + 1);
      const to = Math.min(letters.length, from + (random(3) === 0 ? random(8) : 0));
      const insert = random(5) === 0 ? "" : Array.from({ length: 1 + random(3) }, () => pieces[random(pieces.length)]).join("");
      const at = (index) => position(letters.slice(0, index).join(""), width);
      // CR LF is one line end: between its two there is no place.
      const splits = (index) => letters[index - 1] === "\r" && letters[index] === "\n";
      if (splits(from) || splits(to)) {
        continue;
      }
      wire.change("a.tova", (version += 1), { range: { start: at(from), end: at(to) }, text: insert });
      now = letters.slice(0, from).join("") + insert + letters.slice(to).join("");
    }
    const marked = `${now.replace(/[\r\n]+$/, "")}\n/* 🎉é日 */ fn marked() { 1 }`;
    wire.change("a.tova", (version += 1), { range: { start: { line: 0, character: 0 }, end: position(now, width) }, text: marked });
    const { result } = await wire.ask("textDocument/documentSymbol", { textDocument: { uri: wire.uri("a.tova") } });
    const symbol = result.find(({ name }) => name === "marked");
    const place = symbol.selectionRange ?? symbol.location.range;
    assert.deepEqual(place.start.line, position(marked.slice(0, marked.indexOf("marked()")), width).line);
    if (symbol.selectionRange) {
      assert.deepEqual(place.start, position(marked.slice(0, marked.indexOf("marked()")), width));
    }
    assert.equal(wire.stderr, "", "every change fitted");
    await wire.end();
  });
}

/** The place behind a text: lines end with LF, CR LF or CR. */
function position(before, width) {
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: width(lines.at(-1)) };
}
