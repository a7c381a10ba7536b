// Source maps lead there and back: every name of an output to the same name of the source; and what a failing program says
// names places of the source.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { root } from "../harness/program.mjs";
import { project } from "./sources.mjs";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PROGRAMS = 50;

function decode(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = shift = 0;
    }
  }
  return numbers;
}

/** Every segment of a map: the place in the output, and where it has one, the place in a source and the name. */
function segments(map) {
  const all = [];
  const last = [0, 0, 0, 0];
  map.mappings.split(";").forEach((line, row) => {
    let column = 0;
    for (const segment of line === "" ? [] : line.split(",")) {
      const [step, ...rest] = decode(segment);
      column += step;
      rest.forEach((number, i) => (last[i] += number));
      if (rest.length > 0) {
        all.push({ row, column, source: last[0], line: last[1], at: last[2], name: rest.length > 3 ? map.names[last[3]] : null });
      }
    }
  });
  return all;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;

/** The name that begins at a place of a text, or nothing. An `expected` one of more than a word (`on:click`) counts whole. */
function nameAt(lines, row, column, expected = null) {
  if (expected !== null && /\W/.test(expected) && (lines[row] ?? "").startsWith(expected, column)) return expected;
  NAME.lastIndex = column;
  return NAME.exec(lines[row] ?? "")?.[0] ?? "";
}

/** Programs of the run corpus and the golden cases, spread evenly over them. */
function programs() {
  const all = [];
  for (const folder of ["tests/run", "examples"]) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      if (name.endsWith(".tova") && !/^import|\bthrow\b/m.test(readFileSync(join(root, folder, name), "utf8"))) all.push(join(folder, name));
    }
  }
  all.sort();
  const step = Math.max(1, Math.floor(all.length / PROGRAMS));
  return all.filter((_, i) => i % step === 0).slice(0, PROGRAMS + 10);
}

/** What does not lead there and back in the outputs of a folder. */
function check(folder, tally) {
  const wrong = [];
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".js"))) {
    const map = JSON.parse(readFileSync(join(folder, `${name}.map`), "utf8"));
    const output = readFileSync(join(folder, name), "utf8").split("\n");
    assert.equal(map.version, 3);
    assert.equal(map.file, name);
    assert.equal(map.sources.length, map.sourcesContent.length);
    const there = new Map();
    const all = segments(map);
    for (const each of all) {
      const source = map.sourcesContent[each.source].split("\n");
      const emitted = nameAt(output, each.row, each.column);
      const written = nameAt(source, each.line, each.at, each.name);
      if (written !== "" && (each.name ?? emitted) === written) {
        const key = `${each.source}:${each.line}:${each.at}`;
        if (!there.has(key)) there.set(key, each);
        tally.names++;
      } else if (each.name !== null) {
        wrong.push(`${name}:${each.row + 1}:${each.column + 1} is ${each.name}, and the source says ${written}`);
      }
    }
    // Back: the place that a source's name leads to leads to it again.
    for (const [key, { row, column, source, line, at }] of there) {
      const found = all.findLast((each) => each.row === row && each.column <= column);
      if (`${found.source}:${found.line}:${found.at}` !== key) wrong.push(`${name}: ${source}:${line}:${at} does not come back`);
    }
  }
  return wrong;
}

test("every name of fifty programs leads to its output and back", async (t) => {
  const files = { "tova.toml": "" };
  const names = programs();
  names.forEach((name, i) => (files[`p${i}/program.tova`] = readFileSync(join(root, name), "utf8")));
  const { cwd, tova } = project(t, files);
  await tova("build", "--quiet");
  const tally = { names: 0 };
  const wrong = [];
  let built = 0;
  names.forEach((name, i) => {
    const folder = join(cwd, ".tova-out", `p${i}`);
    if (!existsSync(folder)) return;
    built++;
    wrong.push(...check(folder, tally).map((each) => `${name}: ${each}`));
  });
  assert.deepEqual(wrong, []);
  assert.ok(built >= PROGRAMS, `${built} programs were built`);
  assert.ok(tally.names > PROGRAMS * 10, `${tally.names} names`);
}, { timeout: 300_000 });

test("the names of a function lead from the source to the output, each to itself", async (t) => {
  const source = `fn greet(person, greeting = "hello") {
  loud = upper(greeting)
  words = [loud, person.name]
  words |> join(" ")
}
print(greet({ name: "Ann" }))
`;
  const { cwd, tova } = project(t, { "main.tova": source });
  await tova("build");
  const map = JSON.parse(readFileSync(join(cwd, ".tova-out/main.js.map"), "utf8"));
  const output = readFileSync(join(cwd, ".tova-out/main.js"), "utf8").split("\n");
  const lines = source.split("\n");
  const all = segments(map);
  for (const [line, text] of lines.entries()) {
    for (const { 0: name, index } of text.replace(/"[^"]*"/g, (quoted) => " ".repeat(quoted.length)).matchAll(/[a-z]\w*/g)) {
      if (name === "fn") continue;
      const found = all.filter((each) => each.line === line && each.at === index);
      assert.ok(found.some((each) => nameAt(output, each.row, each.column) === name), `${name} of line ${line + 1}`);
    }
  }
  assert.deepEqual(map.sources, ["../main.tova"]);
  assert.deepEqual(map.sourcesContent, [source]);
});

test("a failing program names the line and column of its source, through all its calls", async (t) => {
  const { tova } = project(t, {
    "lib/deep.tova": "pub fn inner(x) {\n  print(1)\n  x.missing.deep\n}\n",
    "src/main.tova": 'import { inner } from "../lib/deep"\n\nfn outer(x) {\n  print("before")\n  inner(x) + 1\n}\n\nprint(outer({}))\n',
  });
  const { code, stdout, stderr } = await tova("run", "src/main.tova");
  assert.equal(code, 1);
  assert.equal(stdout, "before\n1\n");
  assert.match(stderr, /TypeError/);
  assert.match(stderr, /3 \| {3}x\.missing\.deep/);
  assert.match(stderr, /at inner \(lib\/deep\.tova:3:\d+\)/);
  assert.match(stderr, /at outer \(src\/main\.tova:5:3\)/);
  assert.doesNotMatch(stderr, /tova-out/);
});

test("a failure that comes late names its source too", async (t) => {
  const { tova } = project(t, { "main.tova": "fn late(x) {\n  sleep(1)\n  x.gone.further\n}\nprint(late({}))\n" });
  const { code, stderr } = await tova("run", "main.tova");
  assert.equal(code, 1);
  assert.match(stderr, /main\.tova:3:\d+/);
});
