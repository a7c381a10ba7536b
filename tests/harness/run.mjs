// The runner behind ./test: runs meson's suites and those of suites.mjs, prints one line for each,
// failures in full below it, and at the end `N passed, M failed`. Exit status 1 when a test failed,
// 2 when the command line makes no sense. It builds and installs nothing; ./test has done that.
import { fork } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runBunTests } from "./bun_tests.mjs";
import { mesonSuites, runMeson } from "./meson.mjs";
import { suites } from "./suites.mjs";

const tests = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(tests);

const words = process.argv.slice(2);
const flags = new Set(words.filter((word) => word.startsWith("--")));
const names = words.filter((word) => !word.startsWith("--"));
const builds = flags.has("--sanitize") ? ["build-asan", "build-clang-asan", "build-tsan"] : ["build"];
if (flags.has("--update")) {
  process.env.TOVA_UPDATE = "1";
}

const totals = { passed: 0, failed: 0, skipped: 0 };
/** @type {{ suite: string, name: string, text: string }[]} */
const skips = [];

const available = new Set([...mesonSuites(join(root, builds[0])), ...suites.map(({ name }) => name)]);
if (flags.has("--list")) {
  listSuites();
} else {
  const unknown = names.filter((name) => !available.has(name));
  if (unknown.length > 0) {
    console.error(`no suite is called ${unknown.join(", ")}; there are: ${[...available].join(", ")}`);
    process.exit(2);
  }
  for (const build of builds) {
    await runBuild(build);
  }
  conclude();
}

function listSuites() {
  for (const name of available) {
    const about = suites.find((suite) => suite.name === name)?.about ?? "tests of meson's";
    console.log(`${name.padEnd(16)}${about}`);
  }
}

/** Runs what was asked for against one build directory. */
async function runBuild(build) {
  const isWanted = (name, apart = false) => names.length === 0 ? !apart || flags.has("--editors") : names.includes(name);
  const directory = join(root, build);
  const sanitized = build !== "build";
  const threads = build === "build-tsan";
  const isMeant = (suite) => (threads || suite.threads ? threads && suite.threads : !sanitized || suite.sanitize);
  const prefix = sanitized ? `${build}: ` : "";
  const environment = sanitized
    ? { ...process.env, TOVA_BINARY: join(directory, "server", "tova") }
    : process.env;

  const ofMeson = threads ? [] : mesonSuites(directory).filter((name) => isWanted(name));
  if (ofMeson.length > 0) {
    for (const [name, { results, seconds }] of await runMeson(directory, ofMeson)) {
      show(prefix + name, results, seconds);
    }
  }
  for (const suite of suites) {
    if (isWanted(suite.name, suite.apart) && isMeant(suite)) {
      const started = performance.now();
      const results = suite.folder
        ? await runBunTests(join(tests, suite.folder), environment)
        : await runModule(suite.file, environment);
      show(prefix + suite.name, results, (performance.now() - started) / 1000);
    }
  }
}

/** Runs a suite's module in a child; a child that dies, or a suite without a test, is a failure. */
function runModule(file, environment) {
  return new Promise((resolve) => {
    const results = [];
    let output = "";
    const child = fork(join(tests, "harness", "child.mjs"), [join(tests, file)], {
      cwd: tests,
      env: environment,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("message", ({ result }) => results.push(result));
    child.on("close", (code, signal) => {
      if (code !== 0) {
        const how = signal ? `by ${signal}` : `with status ${code}`;
        results.push({ name: "the whole suite", outcome: "failed", ms: 0, text: `${output}\nended ${how}` });
      } else if (results.length === 0) {
        results.push({ name: "the whole suite", outcome: "failed", ms: 0, text: "declares no test" });
      }
      resolve(results);
    });
  });
}

/** Prints a suite's line and its failures, and adds it to the totals. */
function show(suite, results, seconds) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { outcome } of results) {
    counts[outcome] += 1;
    totals[outcome] += 1;
  }
  const parts = [`${counts.passed} passed`];
  if (counts.failed > 0) parts.push(`${counts.failed} FAILED`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  console.log(`${suite.padEnd(28)} ${parts.join(", ").padEnd(36)} ${seconds.toFixed(1).padStart(6)} s`);
  for (const { name, outcome, text } of results) {
    if (outcome === "failed") {
      console.log(`  FAILED  ${name}\n${indented(text, "    ")}`);
    } else if (outcome === "skipped") {
      skips.push({ suite, name, text });
    }
  }
}

function indented(text, margin) {
  return text.replace(/^(?=.)/gm, margin);
}

function conclude() {
  if (skips.length > 0) {
    console.log("\nskipped:");
    const byReason = new Map();
    for (const { suite, name, text } of skips) {
      byReason.set(text, [...(byReason.get(text) ?? []), `${suite}: ${name}`]);
    }
    for (const [reason, all] of byReason) {
      console.log(`  ${reason || "(no reason given)"}\n${all.map((name) => `    ${name}`).join("\n")}`);
    }
  }
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
  console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
  process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}
