#!/usr/bin/env node
// How long `tova build` and `tova check` take for 1,000 files of 200 lines: cold, and when nothing has changed. Prints the
// best of some runs, beside the time of the processors, which a busy machine blurs less.
//
// usage: node build.mjs [TOVA] [RUNS]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync, utimesSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generate } from "./generate.mjs";

const [program = join(import.meta.dirname, "../../build/server/tova"), runs = "5"] = process.argv.slice(2);
const tova = resolve(program);
const root = mkdtempSync(join(tmpdir(), "tova-bench-"));
const aside = mkdtempSync(join(tmpdir(), "tova-bench-aside-"));

/** Milliseconds that a command takes: of the clock, and of all processors. */
function measure(words) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync("sh", ["-c", 'time -p "$@"', "sh", tova, ...words], { cwd: root, encoding: "utf8" });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`tova ${words.join(" ")} failed: ${stderr}`);
  const seconds = [...stderr.matchAll(/^(?:user|sys) ([\d.]+)$/gm)].map((match) => Number(match[1]));
  return { wall, cpu: seconds.reduce((sum, each) => sum + each, 0) * 1000 };
}

function best(label, target, words, prepare = () => {}) {
  const all = [];
  for (let run = 0; run < Number(runs); run++) {
    prepare();
    all.push(measure(words));
  }
  const wall = Math.min(...all.map((each) => each.wall));
  const cpu = Math.min(...all.map((each) => each.cpu));
  console.log(`${label.padEnd(28)} ${wall.toFixed(0).padStart(6)} ms   processors ${cpu.toFixed(0).padStart(6)} ms   target ${target} ms`);
}

try {
  generate(root);
  // Old enough for their times to be trusted.
  const before = new Date(Date.now() - 60_000);
  for (const name of readdirSync(root, { recursive: true })) {
    if (name.endsWith(".tova")) utimesSync(join(root, name), before, before);
  }
  let moved = 0;
  // Moved and not removed: a file system that has just deleted thousands of files makes new ones slowly.
  best("build, cold", 500, ["build", "--quiet"], () => {
    if (existsSync(join(root, ".tova-out"))) renameSync(join(root, ".tova-out"), join(aside, String(moved++)));
  });
  best("build, nothing changed", 30, ["build", "--quiet"]);
  best("check", 450, ["check"]);
} finally {
  for (const folder of [root, aside]) rmSync(folder, { recursive: true, force: true });
}
