// The table of methods, and FEATURES.md, which tells people about it: they list the same requests.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { root } from "../harness/program.mjs";
import { methods } from "../protocol/methods.mjs";
import { expectNone } from "./repository.mjs";

/** Of the conversation itself; nobody needs to be told. */
const silent = new Set(["initialize", "shutdown"]);

const rows = new Map(
  [...readFileSync(join(root, "FEATURES.md"), "utf8").matchAll(/^\| `([^`]+)` \| (\w+) \| ([^|]+) \|$/gm)].map(([, name, lane, words]) => [
    name,
    { lane, words },
  ]),
);

test("FEATURES.md has a row for every request of methods.def, with its lane, and no other", () => {
  const requests = methods.filter(({ name, request }) => request && !silent.has(name));
  const missing = requests.filter(({ name }) => !rows.has(name)).map(({ name }) => `${name} has no row in FEATURES.md: what does a user get?`);
  const gone = [...rows.keys()].filter((name) => !requests.some((method) => method.name === name)).map((name) => `${name} is in FEATURES.md alone`);
  const wrong = requests
    .filter(({ name, lane }) => rows.has(name) && rows.get(name).lane !== lane.toLowerCase())
    .map(({ name, lane }) => `${name} is of lane ${lane.toLowerCase()}`);
  expectNone([...missing, ...gone, ...wrong]);
  assert.deepEqual([...rows.keys()], [...rows.keys()].sort(), "the rows are in order");
});

test("methods.def is in order, so that the daemon finds them", () => {
  const names = methods.map(({ name }) => name);
  assert.deepEqual(names, [...names].sort());
  const lines = readFileSync(join(root, "server/lsp/methods.def"), "utf8").match(/^METHOD\(/gm).length;
  assert.equal(names.length, lines, "every row is understood");
});
