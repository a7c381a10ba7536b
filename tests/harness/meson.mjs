// Meson's tests (C units, corpus, goldens, markers): which suites there are, and their results as
// the runner wants them. A program that speaks TAP counts by its lines, any other as one test.
import { spawn, execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The tests that a build directory has: suite and program. */
function mesonTests(directory) {
  const tests = JSON.parse(execFileSync("meson", ["introspect", "--tests", directory], { encoding: "utf8" }));
  return tests.map((test) => ({ suite: suiteOf(test.suite[0]), program: test.name }));
}

/** The names of the suites that a build directory has, without the project's prefix. */
export function mesonSuites(directory) {
  return [...new Set(mesonTests(directory).map(({ suite }) => suite))].sort();
}

function suiteOf(text) {
  return text.split("+")[0].split(":").at(-1) || "meson";
}

/**
 * Runs the tests of the named suites.
 * @returns {Promise<Map<string, { results: import("./test.mjs").Result[], seconds: number }>>}
 */
export async function runMeson(directory, names) {
  const log = join(directory, "meson-logs", "testlog.json");
  rmSync(log, { force: true });
  const wanted = names.flatMap((name) => ["--suite", name]);
  const output = await outputOf("meson", ["test", "-C", directory, "--no-rebuild", "--timeout-multiplier", "4", ...wanted]);
  let lines;
  try {
    lines = readFileSync(log, "utf8").trim().split("\n").filter(Boolean);
  } catch {
    throw new Error(`meson test left no log:\n${output}`);
  }
  const bySuite = new Map();
  const missing = new Set(mesonTests(directory).filter(({ suite }) => names.includes(suite)).map(({ suite, program }) => `${suite}/${program}`));
  for (const line of lines) {
    const run = JSON.parse(line);
    const [suite, program] = run.name.includes(" / ") ? run.name.split(" / ") : ["", run.name];
    const name = suiteOf(suite);
    const entry = bySuite.get(name) ?? { results: [], seconds: 0 };
    entry.results.push(...resultsOf(program, run));
    entry.seconds += run.duration;
    bySuite.set(name, entry);
    missing.delete(`${name}/${program}`);
  }
  // Meson that ends early, for whatever reason, leaves a log that looks well.
  for (const test of missing) {
    const [suite, program] = test.split("/");
    const entry = bySuite.get(suite) ?? { results: [], seconds: 0 };
    entry.results.push({ name: program, outcome: "failed", ms: 0, text: `did not run; meson said:\n${tail(output)}` });
    bySuite.set(suite, entry);
  }
  return bySuite;
}

async function outputOf(command, words) {
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  return output;
}

/** One program's run as results. */
function resultsOf(program, run) {
  const points = [...(run.stdout ?? "").matchAll(/^(not )?ok \d+(?: - )?(.*?)(?: *# *(SKIP) *(.*))?$/gim)];
  const results = points.map(([, not, name, skip, reason]) => ({
    name: `${program}: ${name}`,
    outcome: skip ? "skipped" : not ? "failed" : "passed",
    ms: 0,
    text: skip ? reason : "",
  }));
  const went = { OK: "passed", EXPECTEDFAIL: "passed", SKIP: "skipped" }[run.result] ?? "failed";
  const told = results.some(({ outcome }) => outcome === "failed");
  if (results.length === 0 || (went === "failed" && !told)) {
    results.push({ name: program, outcome: went, ms: run.duration * 1000, text: "" });
  }
  // What the program printed belongs to its first failure (or is the reason of a skip).
  const first = results.find(({ outcome }) => outcome === went && went !== "passed");
  if (first && !first.text) {
    first.text = tail(`${run.stdout ?? ""}${run.stderr ?? ""}\n(${run.result}, status ${run.returncode})`);
  }
  return results;
}

function tail(text) {
  const lines = text.trim().split("\n").filter((line) => !/^ok \d+/.test(line));
  return lines.length > 200 ? [`(… ${lines.length - 200} lines)`, ...lines.slice(-200)].join("\n") : lines.join("\n");
}
