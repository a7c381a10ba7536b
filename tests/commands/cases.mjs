// `tova test` and `tova bench`: which cases run, what a failing one shows, and the status.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { project } from "./sources.mjs";

const sums = `fn double(n) { n * 2 }

test "doubles" {
  assert_eq(double(2), 4)
}

test "doubles nothing" timeout=2000 {
  await sleep(1)
  assert_eq(double(0), 0)
}
`;

test("test runs the blocks of a module, which see what is private there", async (t) => {
  const { cwd, tova } = project(t, { "sums.tova": sums });
  const { code, stderr } = await tova("test");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /2 pass\n 0 fail/);
  assert.ok(!existsSync(join(cwd, ".tova-out/sums.js")), "nothing where build writes");
});

test("a failing test shows its message, the line of the source and the place, and the status is 1", async (t) => {
  const { tova } = project(t, { "sums.tova": `${sums}\ntest "is wrong" {\n  found = double(3)\n  assert_eq(found, 7)\n}\n` });
  const { code, stderr } = await tova("test", "sums.tova");
  assert.equal(code, 1);
  assert.match(stderr, /values differ: got 6, expected 7\n {3}14 \|   assert_eq\(found, 7\)\n {6}\| +\^\n.*sums\.tova:14:\d+/);
  assert.match(stderr, /\(fail\) is wrong/);
  assert.doesNotMatch(stderr, /runtime\//);
  assert.match(stderr, /2 pass\n 1 fail/);
});

test("--filter chooses by a part of the name, whatever characters it has", async (t) => {
  const { tova } = project(t, { "sums.tova": `test "a.b (c)" {\n  assert(true)\n}\n\ntest "aXb (c)" {\n  assert(false)\n}\n` });
  assert.equal((await tova("test", "--filter", "a.b (")).code, 0);
  assert.equal((await tova("test", "--filter", "aXb")).code, 1);
});

test("functions of a block are its cases, with what runs before and after each", async (t) => {
  const source = `var log = []

test "a stack" {
  var items = []

  before_each { items = [1] }
  after_each { log = [...log, len(items)] }

  fn grows() {
    items.push(2)
    assert_eq(top(), 2)
  }

  fn starts_anew() { assert_eq(items, [1]) }

  fn top() { items[len(items) - 1] }

  test "inside" {
    fn sees_the_log() { assert_eq(log, [2, 1]) }
  }
}
`;
  const { tova } = project(t, { "stack.tova": source });
  const { code, stderr } = await tova("test");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /3 pass\n 0 fail/);
  assert.equal((await tova("test", "--filter", "a stack starts anew")).code, 0);
});

test("the tests of an application see shared code and the functions of their server, which does not listen", async (t) => {
  const source = `shared {
  fn shout(text) { upper(text) }

  test "shared" {
    assert_eq(shout("a"), "A")
  }
}

server {
  fn greet(name: String) -> String { "hello {shout(name)}" }

  test "greets" {
    assert_eq(greet("ann"), "hello ANN")
  }
}
`;
  const { tova } = project(t, { "app.tova": source });
  const { code, stderr } = await tova("test");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /2 pass/);
});

test("a folder without tests fails, and so does a program with errors, which runs nothing", async (t) => {
  const { tova } = project(t, { "one/a.tova": "x = 1\nprint(x)\n", "two/b.tova": 'test "a" {\n  assert(nowhere)\n}\n' });
  const none = await tova("test", "one");
  assert.deepEqual([none.code, none.stdout], [1, ""]);
  assert.match(none.stderr, /there is no `test` block at one/);
  const wrong = await tova("test", "two");
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /two\/b\.tova:2:10: error: .*nowhere/);
});

test("tests are nothing to check and to build", async (t) => {
  const { cwd, tova } = project(t, { "sums.tova": `${sums}\nbench "adds" {\n  double(1)\n}\n` });
  const { code, stdout } = await tova("check");
  assert.equal(code, 0, stdout);
  await tova("build");
  assert.equal(readFileSync(join(cwd, ".tova-out/sums.js"), "utf8").split("\n")[0], "function double(n) {");
  assert.doesNotMatch(readFileSync(join(cwd, ".tova-out/sums.js"), "utf8"), /doubles|adds/);
});

test("bench prints the time of a run for each block, with test --bench as well", async (t) => {
  const { tova } = project(t, { "sums.tova": `${sums}\nbench "adds" {\n  double(1)\n}\n\nbench "group" {\n  fn waits() { await sleep(2) }\n}\n` });
  for (const words of [["bench"], ["test", "--bench"]]) {
    const { code, stdout, stderr } = await tova(...words);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^adds +[\d.]+ (ns|µs) a run +\(fastest .*, \d+ runs\)$/m);
    assert.match(stdout, /^group > waits +[\d.]+ ms a run/m);
  }
  const { stdout } = await tova("bench", "--filter", "wait");
  assert.doesNotMatch(stdout, /adds/);
});
