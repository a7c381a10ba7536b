// The TextMate grammar by the engine that Visual Studio Code has: marked sources in textmate/, the programs of the
// repository, and those of the seed documents.
//
// A file of textmate/ holds cases, each begun by `=== its name`. Below a line of the source, lines of `^^^ scope !other` say
// which scopes every character above the marks has and has not; a scope stands for those that begin with it. A case ends in
// the state in which a file begins, so that nothing of it would colour what follows.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { absent, seedBlocks } from "../seeds/documents.mjs";
import { grammar, INITIAL, tokenize } from "./textmate_grammar.mjs";
import "./textmate_semantic.mjs";

const cases = join(import.meta.dirname, "textmate");

/** Fails unless the state is that in which a file begins. */
function assertStart(state, lines) {
  const start = grammar.tokenizeLine("", INITIAL).ruleStack;
  if (state.equals(start)) return;
  let known = INITIAL;
  let since = 0;
  lines.forEach((line, index) => {
    known = grammar.tokenizeLine(line, known).ruleStack;
    if (known.equals(start)) since = index + 1;
  });
  assert.fail(`what line ${since + 1} begins is open at the end: ${lines[since]}\n${state}`);
}

/** @typedef {{ line: number, from: number, to: number, scopes: string[] }} Mark */

/** The cases of a file: name, source lines, marks. */
function* readCases(text) {
  for (const part of text.split(/^=== /m).slice(1)) {
    const [name, ...rows] = part.trimEnd().split("\n");
    const lines = [];
    /** @type {Mark[]} */
    const marks = [];
    for (const row of rows) {
      const mark = /^( *)(\^+) +(\S.*)$/.exec(row);
      if (!mark) {
        lines.push(row);
        continue;
      }
      const from = mark[1].length;
      marks.push({ line: lines.length - 1, from, to: from + mark[2].length, scopes: mark[3].split(/\s+/) });
    }
    yield { name, lines, marks };
  }
}

function assertMark(mark, line, tokens) {
  assert.ok(mark.to <= line.length, `a mark is longer than its line: ${line}`);
  for (const { startIndex, endIndex, scopes } of tokens) {
    if (endIndex <= mark.from || startIndex >= mark.to) continue;
    for (const wanted of mark.scopes) {
      const absent = wanted.startsWith("!");
      const prefix = absent ? wanted.slice(1) : wanted;
      const has = scopes.some((scope) => scope === prefix || scope.startsWith(`${prefix}.`));
      const piece = line.slice(Math.max(startIndex, mark.from), Math.min(endIndex, mark.to));
      assert.ok(has !== absent, `${line}\n${piece} is ${scopes.slice(1).join(" ")}; expected ${wanted}`);
    }
  }
}

for (const file of readdirSync(cases).sort()) {
  for (const { name, lines, marks } of readCases(readFileSync(join(cases, file), "utf8"))) {
    test(`${basename(file, ".txt")}: ${name}`, () => {
      assert.ok(marks.length > 0, "a case without a mark shows nothing");
      const { tokens, state } = tokenize(lines);
      for (const mark of marks) assertMark(mark, lines[mark.line], tokens[mark.line]);
      assertStart(state, lines);
    });
  }
}

/** The lines of every source below a folder of the repository that is not there to show a mistake of syntax. */
function* sources(folder) {
  for (const name of readdirSync(join(root, folder), { recursive: true })) {
    if (!name.endsWith(".tova")) continue;
    const path = join(folder, name);
    const text = readFileSync(join(root, path), "utf8");
    if (!text.includes("// expect-check: E0")) yield { path, lines: text.split(/\r?\n/) };
  }
}

/** Every source ends in the state in which it begins: no string, comment or tag of it would colour what follows. */
function assertClosed(found, least) {
  let count = 0;
  for (const { path, lines } of found) {
    count += 1;
    try {
      assertStart(tokenize(lines).state, lines);
    } catch (error) {
      throw new Error(`${path}: ${error.message}`);
    }
  }
  assert.ok(count > least, `${count} sources`);
}

for (const folder of ["examples", "tests/run", "tests/golden"]) {
  test(`every source below ${folder} ends in the state in which it begins`, () => assertClosed(sources(folder), 10));
}

test("every program of the seed documents ends in the state in which it begins", (t) => {
  if (absent) t.skip(absent);
  const found = seedBlocks().map(({ document, name, text }) => ({ path: `${document}: ${name}`, lines: text.split("\n") }));
  assertClosed(found, 20);
});

test("every tag that begins a line of an example is a tag", () => {
  let tags = 0;
  for (const { lines } of sources("examples")) {
    tokenize(lines).tokens.forEach((tokens, index) => {
      const tag = /^\s*<\/?([\w.]+)/d.exec(lines[index]);
      if (!tag) return;
      tags += 1;
      const [from, to] = tag.indices[1];
      const name = /^\p{Lu}/u.test(tag[1]) ? "support.class.component" : "entity.name.tag";
      assertMark({ from, to, scopes: ["meta.markup", name] }, lines[index], tokens);
    });
  }
  assert.ok(tags > 100, `${tags} tags`);
});
