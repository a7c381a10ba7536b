// `tova build --watch`, and who may write into an output folder.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { folder, replace, run, tova, until, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const source = (value) => `server {\n  fn answer() { ${value} }\n}\n`;

/** Starts a command that goes on, and gathers what it prints. */
function start(t, words, cwd) {
  const child = spawn(tova, words, { cwd });
  const watch = { child, output: "" };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (watch.output += text));
  watch.ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  t.after(async () => {
    child.kill("SIGKILL");
    await watch.ended;
  });
  return watch;
}

const output = (cwd) => readFileSync(join(cwd, ".tova-out", "app.server.js"), "utf8");

async function watching(t, cwd) {
  const watch = start(t, ["build", "--watch"], cwd);
  await until("the first build", () => /\(\d+ ms\)/.test(watch.output));
  return watch;
}

test("build --watch builds again on every change, and ends with the status of the last build", async (t) => {
  const cwd = folder(t, { "app.tova": source(1) });
  const watch = await watching(t, cwd);
  assert.match(output(cwd), /return 1/);
  replace(join(cwd, "app.tova"), source(2));
  await until("the second build", () => /return 2/.test(output(cwd)));
  replace(join(cwd, "app.tova"), source("unknown_name"));
  await until("the mistake", () => /E101/.test(watch.output));
  assert.match(output(cwd), /return 2/, "the last good output stays");
  watch.child.kill("SIGINT");
  assert.deepEqual(await watch.ended, { code: 1, signal: null });
});

test("while one process watches an output folder no other one does, and it says who does", async (t) => {
  const cwd = folder(t, { "app.tova": source(1) });
  const watch = await watching(t, cwd);
  const { code, stderr } = await run(tova, ["build", "--watch"], { cwd });
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`tova build --watch, process ${watch.child.pid}`));
  for (const words of [["build"], ["build", "-o", "elsewhere"]]) {
    assert.equal((await run(tova, words, { cwd })).code, 0, "what is asked for is done");
  }
});

test("a folder whose watcher was killed is free again", async (t) => {
  const cwd = folder(t, { "app.tova": source(1) });
  const watch = await watching(t, cwd);
  watch.child.kill("SIGKILL");
  await watch.ended;
  replace(join(cwd, "app.tova"), source(3));
  const { code, stderr } = await run(tova, ["build"], { cwd });
  assert.equal(code, 0, stderr);
  assert.match(output(cwd), /return 3/);
});

test("what a killed process left half written is removed by the next one", async (t) => {
  const cwd = folder(t, { "app.tova": source(1) });
  await run(tova, ["build"], { cwd });
  const left = [join(cwd, ".tova-out", ".tova-999.tmp"), join(cwd, ".tova-out", "runtime", ".tova-998.tmp")];
  for (const path of left) write(path, "half");
  write(join(cwd, ".tova-out", ".lock"), "tova build, process 999\n");
  rmSync(join(cwd, ".tova-out", ".manifest"));
  await run(tova, ["build"], { cwd });
  for (const path of left) assert.throws(() => readFileSync(path), { code: "ENOENT" });
});

test("build --watch does not go with --production", async (t) => {
  const cwd = folder(t, { "app.tova": source(1) });
  assert.equal((await run(tova, ["build", "--watch", "--production"], { cwd })).code, 2);
});
