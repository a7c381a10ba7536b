// What a failing program shows under Bun: the message first, then the line of the `.tova` file with a
// mark below it, then the calls, none of them in the runtime or in an output.
import assert from "node:assert/strict";
import { test } from "../harness/test.mjs";
import { folder, freePorts, run, tova as program } from "../harness/program.mjs";
import { startDev } from "./dev_run.mjs";
import { project } from "./sources.mjs";

/** The end of what a program says on standard error, as lines. */
const linesOf = (text) => text.trimEnd().split("\n");

const failing = `// the first line
fn pick(xs) {
  y = xs.first

  // one line down
  xs.nothing.at_all
}

fn main(args) {
  found = pick(args)
  print(found)
}
`;

test("an uncaught error names the line and the column of the source, its text, and the calls", async (t) => {
  const { tova } = project(t, { "deep/app.tova": failing });
  const { code, stderr } = await tova("run", "deep/app.tova");
  assert.equal(code, 1);
  const [message, line, mark, inner, outer, ...rest] = linesOf(stderr);
  assert.match(message, /^TypeError: /);
  assert.equal(line, "    6 |   xs.nothing.at_all");
  assert.match(mark, /^      |  +\^$/);
  assert.match(inner, /^    at pick \(deep\/app\.tova:6:\d+\)$/);
  assert.match(outer, /^    at main \(deep\/app\.tova:10:\d+\)$/);
  assert.deepEqual(rest, []);
});

test("an error inside of the runtime is shown where the program called it", async (t) => {
  const { tova } = project(t, { "app.tova": 'fn main(args) {\n  answer = Err("no").unwrap()\n  print(answer)\n}\n' });
  const { code, stderr } = await tova("run", "app.tova");
  assert.equal(code, 1);
  assert.match(stderr, /^Error: .*no\n {4}2 \|   answer = Err\("no"\)\.unwrap\(\)\n {6}\| +\^\n {4}at main \(app\.tova:2:\d+\)\n$/);
});

test("an error of an async function names its line", async (t) => {
  const source = 'fn later() {\n  await sleep(1)\n  throw_it()\n}\n\nfn throw_it() {\n  value = JSON.parse("[")\n  print(value)\n}\n\nawait later()\n';
  const { tova } = project(t, { "app.tova": source });
  const { code, stderr } = await tova("run", "app.tova");
  assert.equal(code, 1);
  assert.match(stderr, /^SyntaxError: .*\n {4}7 \|   value = JSON\.parse\("\["\)\n/);
  assert.match(stderr, /at later \(app\.tova:3:\d+\)/);
});

test("a promise that nobody waits for fails the program as loudly", async (t) => {
  const { tova } = project(t, { "app.tova": 'Promise.reject(Error("left alone"))\nawait sleep(20)\nprint("too late")\n' });
  const { code, stdout, stderr } = await tova("run", "app.tova");
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /^Error: left alone\n {4}1 \| Promise\.reject/);
});

test("causes are told, and values that are no errors", async (t) => {
  const sources = {
    "cause.tova": 'fn main(args) {\n  throw_it(Error("outer", { cause: Error("inner") }))\n}\n\nfn throw_it(e) {\n  Promise.reject(e)\n}\n',
    "value.tova": 'Promise.reject("only text")\nawait sleep(20)\n',
  };
  const { tova } = project(t, sources);
  assert.match((await tova("run", "cause.tova")).stderr, /^Error: outer\n[^]*\nCaused by Error: inner\n/);
  assert.match((await tova("run", "value.tova")).stderr, /^uncaught: only text\n/);
});

test("an imported module's error names that module's file", async (t) => {
  const { tova } = project(t, {
    "main.tova": 'import { boom } from "./lib/parts.tova"\n\nprint(boom(nil))\n',
    "lib/parts.tova": "pub fn boom(x) {\n  y = 1\n  x.size + y\n}\n",
  });
  const { stderr } = await tova("run", "main.tova");
  assert.match(stderr, /\n {4}3 \|   x\.size \+ y\n/);
  assert.match(stderr, /at boom \(lib\/parts\.tova:3:\d+\)\n {4}at .*main\.tova:3:\d+/);
});

test("colours are as the environment wants them", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": failing });
  assert.doesNotMatch((await tova("run", "app.tova")).stderr, /\u001b/);
  const { stderr } = await run(program, ["run", "app.tova"], { cwd, env: { FORCE_COLOR: "1" } });
  assert.match(stderr, /\u001b\[1;31mTypeError/);
});

test("characters of two and four bytes count as editors count them", async (t) => {
  const { tova } = project(t, { "app.tova": 'fn pick(x) {\n  y = "é😀" ++ x.deep.er\n  y\n}\n\nprint(pick({}))\n' });
  const { stderr } = await tova("run", "app.tova");
  assert.match(stderr, /\n {4}2 \|   y = "é😀" \+\+ x\.deep\.er\n {6}\| {18}\^\n {4}at pick \(app\.tova:2:18\)\n/u);
});

test("the log of a server names the place of an error in the source", async (t) => {
  const source = 'server {\n  fn find(id: Int) {\n    rows = []\n    rows[id].name\n  }\n}\n';
  const [port] = await freePorts(1);
  const cwd = folder(t, { "app.tova": source });
  const dev = startDev(t, cwd, { words: [".", "--port", String(port)] });
  await dev.says("http://localhost");
  const answer = await fetch(`http://127.0.0.1:${port}/rpc/find`, {
    method: "POST", headers: { "content-type": "application/json" }, body: '{"id":1}',
  });
  assert.equal(answer.status, 500);
  await dev.says(/at find \(app\.tova:4:\d+\)/, "stderr");
  assert.match(dev.stderr, /find.*: TypeError: .*\n.*4 \|     rows\[id\]\.name\n/);
});
