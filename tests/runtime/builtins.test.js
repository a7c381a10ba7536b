// The cases of tests/runtime/builtins: one line each, `name | arguments | result`, as JavaScript in which
// every builtin has its name. `throws "…"` as a result means an error with that text; a name may be a path
// (`math.sin`). An empty line or one that starts with # is none.
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rows, runtime } from "./builtins.js";

const folder = join(import.meta.dir, "builtins");
const scope = {};
for (const { spellings, module } of rows.filter((row) => row.module !== null)) {
  const exported = await import(join(runtime, module));
  for (const name of spellings) scope[name] = exported[name];
}

const evaluate = (code) => new Function(...Object.keys(scope), `"use strict"; return (${code});`)(...Object.values(scope));

function caseOf(line) {
  const [name, values, result] = line.split(" | ");
  return { name: name.trim(), values: values?.trim() ?? "", result: result?.trim() ?? "" };
}

const files = readdirSync(folder).filter((file) => file.endsWith(".cases")).sort();
const cases = files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n")
  .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
  .filter(({ line }) => line.trim() !== "" && !line.startsWith("#"))
  .map(({ line, place }) => ({ ...caseOf(line), place })));

async function check({ name, values, result, place }) {
  expect([place, result === ""]).toEqual([place, false]);
  const call = async () => (values === "-" ? evaluate(name) : evaluate(`${name}(${values})`));
  const thrown = /^throws (.+)$/.exec(result);
  if (thrown !== null) {
    await expect(call()).rejects.toThrow(evaluate(thrown[1]));
    return;
  }
  const plain = (value) => (value?.isTable === true ? value.toArray() : value);
  expect([place, plain(await call())]).toEqual([place, plain(evaluate(result))]);
}

for (const file of files) {
  describe(file, () => {
    const own = cases.filter(({ place }) => place.startsWith(`${file}:`));
    for (const name of new Set(own.map((one) => one.name))) {
      test(name, async () => {
        for (const one of own.filter((other) => other.name === name)) await check(one);
      });
    }
  });
}

test("every builtin has a case, or a test of its own", () => {
  const tests = readdirSync(import.meta.dir).filter((file) => file.endsWith(".test.js"));
  const text = tests.map((file) => readFileSync(join(import.meta.dir, file), "utf8")).join("\n");
  const words = new Set([...text.matchAll(/\w+/g)].map(([word]) => word));
  const tested = new Set(cases.flatMap(({ name, values, result }) => `${name} ${values} ${result}`.match(/\w+/g)));
  const isTested = (name) => tested.has(name) || words.has(name);
  const functions = new Set(Object.keys(scope).filter(isTested).map((name) => scope[name]));
  // What needs a page is tested in one: tests/browser.
  const pages = readdirSync(join(import.meta.dir, "../browser")).map((file) => readFileSync(join(import.meta.dir, "../browser", file), "utf8")).join("\n");
  const shown = new Set([...pages.matchAll(/\w+/g)].map(([word]) => word));
  const untested = rows.filter(({ module, name, side }) => (
    module !== null && !functions.has(scope[name]) && !(side === "BROWSERS" && shown.has(name))
  )).map(({ name }) => name);
  expect(untested).toEqual([]);
});
