// `tova preview` and `tova run`.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { run, tova as program } from "../harness/program.mjs";
import { api, app, feed, mistaken, page, project, shared } from "./sources.mjs";

test("preview prints what build writes, for every name of an output, and writes nothing", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  const names = {
    "server.api": "app.server.api.js",
    "app.server.feed.js": "app.server.feed.js",
    client: "app.client.js",
    browser: "app.client.js",
    shared: "app.shared.js",
  };
  const texts = {};
  for (const block of Object.keys(names)) {
    const { code, stdout } = await tova("preview", "app.tova", "--block", block);
    assert.equal(code, 0, block);
    texts[block] = stdout;
  }
  assert.ok(!existsSync(join(cwd, ".tova-out")));
  await tova("build");
  for (const [block, name] of Object.entries(names)) {
    assert.equal(texts[block], readFileSync(join(cwd, ".tova-out", name), "utf8"), block);
  }
});

test("preview without a block shows the output of the file's first one", async (t) => {
  const { tova } = project(t, { "a.tova": shared + api, "b.tova": feed, "c.tova": page });
  const first = async (file, block) => {
    const shown = await tova("preview", file);
    assert.deepEqual(shown, await tova("preview", file, "--block", block), file);
    assert.equal(shown.code, 0);
  };
  await first("a.tova", "shared");
  await first("b.tova", "server.feed");
  await first("c.tova", "client");
});

test("preview of a name that is no output lists those that there are", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const { code, stdout, stderr } = await tova("preview", "app.tova", "--block", "server.nope");
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /no output `server\.nope`/);
  assert.match(stderr, /app\.server\.api\.js \(server:api\)/);
});

test("preview of a file with errors shows the whole blocks, tells the errors, and returns 1 for a broken one", async (t) => {
  const { tova } = project(t, { "a.tova": shared + api, "b.tova": mistaken });
  const whole = await tova("preview", "a.tova", "--block", "server.api");
  assert.equal(whole.code, 0);
  assert.match(whole.stderr, /list_nots/);
  assert.match(whole.stdout, /__addRoute\("POST", "\/rpc\/add_note"/);
  assert.equal((await tova("preview", "b.tova", "--block", "client")).code, 1);
});

test("run runs a program's statements, in the folder where it was called", async (t) => {
  const { cwd, tova } = project(t, { "deep/sum.tova": 'total = [1, 2, 3] |> sum()\nprint("total: {total}")\n' });
  assert.deepEqual(await tova("run", "deep/sum.tova"), { code: 0, signal: null, stdout: "total: 6\n", stderr: "" });
  assert.ok(!existsSync(join(cwd, "deep/.tova-out/sum.js")), "nothing where build writes");
});

test("run calls main with the arguments, and its whole number is the status", async (t) => {
  const { tova } = project(t, { "greet.tova": 'fn main(words) {\n  print("to {words |> join(" and ")}")\n  len(words)\n}\n' });
  const { code, stdout } = await tova("run", "greet.tova", "one", "--two", "-h");
  assert.equal(stdout, "to one and --two and -h\n");
  assert.equal(code, 3);
});

test("run of a failing program fails", async (t) => {
  const { tova } = project(t, { "fail.tova": "fn main(words) {\n  words.nothing.at_all\n}\n" });
  assert.equal((await tova("run", "fail.tova")).code, 1);
});

test("run hands standard input to the program as it comes", async (t) => {
  const { cwd } = project(t, { "echo.tova": "server {\n  x = 1\n  Bun.stdin.text().then(fn(text) {\n    print(text.trim())\n    process.exit(0)\n  })\n}\n" });
  const { stdout } = await run(program, ["run", "echo.tova"], { cwd, input: "from outside\n", env: { PORT: "0" } });
  assert.match(stdout, /from outside/);
});

test("run with errors tells them and runs nothing", async (t) => {
  const { tova } = project(t, { "sum.tova": 'print("before")\nprint(undefned)\n' });
  const { code, stdout, stderr } = await tova("run", "sum.tova");
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^sum\.tova:2:7: error: /m);
});

test("run names a file that is not there, whatever stands beside it", async (t) => {
  const { tova } = project(t, { "sum.tova": "print(1)\n" });
  const { code, stdout, stderr } = await tova("run", "sun.tova");
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /no \.tova file at sun\.tova/);
});

test("run of one module of a folder runs that one alone", async (t) => {
  const { tova } = project(t, { "one.tova": "print(1)\n", "two.tova": 'print("two: {total([1, 2])}")\nfn total(xs) {\n  sum(xs)\n}\n' });
  assert.deepEqual(await tova("run", "two.tova"), { code: 0, signal: null, stdout: "two: 3\n", stderr: "" });
});

test("run of several servers points to dev", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const { code, stderr } = await tova("run", "app.tova");
  assert.equal(code, 1);
  assert.match(stderr, /2 servers.*tova dev/);
});

test("without Bun, run and dev say how to get it", async (t) => {
  const { cwd } = project(t, { "sum.tova": "print(1)\n", "app.tova": app });
  for (const words of [["run", "sum.tova"], ["dev", "."]]) {
    const { code, stderr } = await run(program, words, { cwd, env: { PATH: "/nowhere", TOVA_BUN: "" } });
    assert.equal(code, 1, words.join(" "));
    assert.match(stderr, /Bun is needed.*npm install.*TOVA_BUN/s);
  }
});

test("a TOVA_BUN that is no program is named", async (t) => {
  const { cwd } = project(t, { "sum.tova": "print(1)\n" });
  const { code, stderr } = await run(program, ["run", "sum.tova"], { cwd, env: { TOVA_BUN: "/nowhere/bun" } });
  assert.equal(code, 1);
  assert.match(stderr, /TOVA_BUN names \/nowhere\/bun/);
});
