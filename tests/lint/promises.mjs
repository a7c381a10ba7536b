// tests/PROMISES.md: each promise of the seed documents and the tests that show it. Every test that
// the table names exists, and every promise names one.
import assert from "node:assert/strict";
import { execFileSync, fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "../harness/test.mjs";
import { root, tova } from "../harness/program.mjs";
import { suites } from "../harness/suites.mjs";
import { absent } from "../seeds/documents.mjs";
import { expectNone } from "./repository.mjs";

/** Rows of the table: the promise, its section, and its tests as [suite, name]. */
function promises() {
  const rows = readFileSync(join(root, "tests/PROMISES.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (Promise|---)/.test(line));
  return rows.map((row) => {
    const [promise, section, shown] = row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
    const named = (shown ?? "").split("<br>").map((text) => /^(\w+): (.+)$/.exec(text.trim()));
    return { promise, section, tests: named.map((match) => match && [match[1], match[2].replaceAll("\\|", "|")]) };
  });
}

test("every promise of the table has a section and a test", () => {
  expectNone(
    promises()
      .filter(({ section, tests }) => !section || tests.length === 0 || tests.includes(null))
      .map(({ promise }) => promise),
  );
});

test("every test that the table of promises names exists", async () => {
  const known = new Map();
  const broken = [];
  for (const [suite, name] of promises().flatMap(({ tests }) => tests)) {
    if (!known.has(suite)) known.set(suite, await testsOf(suite));
    const isSeedBlock = absent && suite === "seeds";
    if (!known.get(suite)?.includes(name) && !isSeedBlock) broken.push(`${suite}: ${name}`);
  }
  expectNone(broken);
});

/** The names of a suite's tests; of meson's suites those of its programs. */
async function testsOf(name) {
  const suite = suites.find((row) => row.name === name);
  if (!suite) return mesonTests(name);
  return suite.folder ? namesInFolder(suite.folder) : namesIn(suite.file);
}

/** Bun lists no tests without running them, so their names are read from the sources. */
function namesInFolder(folder) {
  const path = join(root, "tests", folder);
  const sources = readdirSync(path).filter((name) => name.endsWith(".test.js"));
  const text = sources.map((name) => readFileSync(join(path, name), "utf8")).join("\n");
  return [...text.matchAll(/\btest\("((?:[^"\\]|\\.)*)"/g)].map(([, name]) => name);
}

function namesIn(file) {
  const tests = join(root, "tests");
  const child = fork(join(tests, "harness", "child.mjs"), [join(tests, file), "--list"], { cwd: tests });
  return new Promise((resolve, reject) => {
    child.on("message", ({ names }) => resolve(names));
    child.on("exit", (code) => reject(new Error(`${file} could not be listed (status ${code})`)));
  });
}

function mesonTests(name) {
  const build = dirname(dirname(tova));
  assert.ok(existsSync(build), `${build} is not there`);
  const all = JSON.parse(execFileSync("meson", ["introspect", "--tests", build], { encoding: "utf8" }));
  return all.filter(({ suite }) => suite.some((text) => text.endsWith(`:${name}`))).map((row) => row.name);
}
