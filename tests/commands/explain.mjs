// `tova explain`: the pages of the diagnostics. That their examples are true is shown by tests/markers/run_pages.c.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { root } from "../harness/program.mjs";
import { tovaIn } from "./sources.mjs";

const table = readFileSync(join(root, "parser/text/diagnostic_codes.def"), "utf8");
const codes = [...table.matchAll(/^DIAGNOSTIC\(\w+, "(\w+)", \w+, "(.*)"\)$/gm)];

test("tova explain CODE shows the title, the text and both examples", async () => {
  const { code, stdout, stderr } = await tovaIn(root, "explain", "W204");
  assert.equal(code, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /^W204: A `match` without arms for every case \(warning\)\n\n/);
  assert.match(stdout, /\n {2}wrong:\n {4}type Shape/);
  assert.match(stdout, /\n {2}right:\n {4}type Shape/);
  assert.match(stdout, /`\/\/ tova-ignore W204`/);
  assert.doesNotMatch(stdout, /```/);
});

test("a code may be written in small letters", async () => {
  assert.deepEqual(await tovaIn(root, "explain", "e101"), await tovaIn(root, "explain", "E101"));
});

test("a syntax error cannot be silenced, and its page says nothing of it", async () => {
  const { stdout } = await tovaIn(root, "explain", "E004");
  assert.doesNotMatch(stdout, /tova-ignore/);
});

test("tova explain lists every code with its title", async () => {
  const { code, stdout } = await tovaIn(root, "explain");
  assert.equal(code, 0);
  const lines = stdout.trimEnd().split("\n");
  assert.deepEqual(lines, codes.map(([, name, title]) => `${name}  ${title}`));
});

test("every code has a page", async () => {
  for (const [, name] of codes) {
    const { code, stdout } = await tovaIn(root, "explain", name);
    assert.equal(code, 0, name);
    assert.ok(stdout.split("\n").length > 4, name);
  }
});

test("an unknown code is refused with status 2", async () => {
  const { code, stdout, stderr } = await tovaIn(root, "explain", "E999");
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /there is no diagnostic `E999`/);
});
