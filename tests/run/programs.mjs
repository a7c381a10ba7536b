// The run corpus: programs that say in comments what they print. A program is a file
// `<subject>/<behaviour>.tova`, or a folder of that name with `main.tova` and the files it imports.
//   // expect: LINE         a line of its standard output; all of them, in order
//   // expect-error: PART   it ends with an uncaught error whose message contains PART
//   // expect-check: CODE   `tova check` finds an error with this code, and no other than those named
// This module finds and compiles programs, has Bun run them and compares; who shows the results is
// suite.mjs and by_hand.mjs. There is no way to have it write what programs happen to print.
import { spawn } from "node:child_process";
import {
  appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { bun, run, tova } from "../harness/program.mjs";

/** @typedef {{ lines: string[], error?: string, codes: string[] }} Expectation */
/** @typedef {{ id: string, files: string[], main: string, expected: Expectation }} Program */
/** @typedef {{ id: string, lines: string[], error?: string, late?: boolean }} Outcome */

const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);

/** The programs at or below a folder, or the one of a file, in order of their names. @returns {Program[]} */
export function findPrograms(path) {
  if (path.endsWith(".tova")) {
    return [programOf([path], path)];
  }
  const main = join(path, "main.tova");
  if (existsSync(main)) {
    return [programOf(filesBelow(path), main, path)];
  }
  const inner = readdirSync(path).sort().map((name) => join(path, name));
  return inner
    .filter((each) => each.endsWith(".tova") || statSync(each).isDirectory())
    .flatMap(findPrograms);
}

function programOf(files, main, folder = main) {
  const id = `${basename(dirname(folder))}/${basename(folder, ".tova")}`;
  return { id, files, main, expected: readExpectation(readFileSync(main, "utf8")) };
}

function filesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** @param {string} text @returns {Expectation} */
export function readExpectation(text) {
  const lines = [...text.matchAll(/\/\/ expect:(?: (.*))?$/gm)].map(([, line]) => line ?? "");
  const error = /\/\/ expect-error: (.*)$/m.exec(text)?.[1];
  const codes = [...text.matchAll(/\/\/ expect-check: (\S+)$/gm)].map(([, code]) => code);
  return { lines, error, codes };
}

/**
 * Compiles and runs programs.
 * @param {Program[]} programs
 * @returns {Promise<Map<string, string | undefined>>} for each program what is wrong with it, if anything
 */
export async function judge(programs) {
  const folder = mkdtempSync(join(tmpdir(), "tova-programs-"));
  try {
    const sources = join(folder, "sources");
    programs.forEach((program) => copyProgram(program, sources));
    const errors = await check(sources);
    const out = join(folder, "out");
    await run(tova, ["build", sources, "-o", out, "--quiet"]);
    const runnable = programs.filter(({ id, expected }) => expected.codes.length === 0 && !errors.has(id));
    const modules = runnable.map(({ id, files }) => ({ id, module: join(out, files.length > 1 ? `${id}/main.js` : `${id}.js`) }));
    modules.forEach(callMain);
    const outcomes = await runAll(modules, folder);
    return new Map(programs.map((program) => [program.id, verdict(program, errors.get(program.id), outcomes)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program of one file stays a file among others: files without blocks are modules of their own. */
function copyProgram({ id, files, main }, sources) {
  for (const file of files) {
    const target = files.length > 1 ? join(sources, id, relative(dirname(main), file)) : join(sources, `${id}.tova`);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

/** The errors that `tova check` finds, by program. @returns {Promise<Map<string, { code: string, text: string }[]>>} */
async function check(sources) {
  const { stdout, stderr } = await run(tova, ["check", "--format=json", sources]);
  if (!stdout.startsWith("{")) {
    throw new Error(`tova check answered ${JSON.stringify(stdout + stderr)}`);
  }
  const errors = new Map();
  for (const { path, range, severity, code, message } of JSON.parse(stdout).diagnostics) {
    if (severity === "error") {
      const id = relative(sources, path).replace(/\.tova$/, "").split("/").slice(0, 2).join("/");
      const text = `${basename(path)}:${range.start.line + 1}: ${message} [${code}]`;
      errors.set(id, [...(errors.get(id) ?? []), { code, text }]);
    }
  }
  return errors;
}

/** `tova run` calls the function `main` of a program that has one. */
function callMain({ module }) {
  if (existsSync(module) && /^(async )?function main\(/m.test(readFileSync(module, "utf8"))) {
    appendFileSync(module, "\nawait main();\n");
  }
}

/** Runs the modules in one Bun process, within a folder that they may write into. @returns {Promise<Map<string, Outcome>>} */
function runAll(modules, folder) {
  return new Promise((resolve, reject) => {
    const scratch = join(folder, "scratch");
    mkdirSync(scratch);
    const child = spawn(bun, [join(here, "bun_process.js")], { cwd: scratch, timeout: 300_000, killSignal: "SIGKILL" });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) {
        reject(new Error(`Bun ended with status ${code}:\n${stderr}`));
      } else {
        resolve(new Map(JSON.parse(stdout).map((outcome) => [outcome.id, outcome])));
      }
    });
    child.stdin.end(JSON.stringify(modules));
  });
}

/** What is wrong, or undefined. */
function verdict({ id, expected }, errors, outcomes) {
  const { lines, error, codes } = expected;
  if (lines.length === 0 && error === undefined && codes.length === 0) {
    return "it expects nothing";
  }
  if (codes.length > 0) {
    return refusalOf(codes, errors ?? []);
  }
  if (errors) {
    return errors.map(({ text }) => text).join("\n");
  }
  const outcome = outcomes.get(id);
  if (outcome === undefined) return "Bun did not run it";
  if (outcome.late) return "it did not end in time";
  return difference(lines, outcome.lines, outcome.error) ?? endOf(error, outcome.error);
}

function refusalOf(codes, errors) {
  const missing = codes.filter((code) => !errors.some((error) => error.code === code));
  const others = errors.filter(({ code }) => !codes.includes(code));
  if (missing.length === 0 && others.length === 0) return undefined;
  return [...missing.map((code) => `${code} is not reported`), ...others.map(({ text }) => text)].join("\n");
}

function difference(expected, lines, error) {
  const at = expected.findIndex((line, index) => line !== lines[index]);
  const index = at >= 0 ? at : expected.length;
  if (at < 0 && lines.length === expected.length) return undefined;
  const shown = (line) => (line === undefined ? "(the end)" : JSON.stringify(line));
  const why = error === undefined ? "" : `\n  it ended with: ${error}`;
  return `line ${index + 1} of the output\n  expected: ${shown(expected[index])}\n  actual:   ${shown(lines[index])}${why}`;
}

function endOf(expected, error) {
  if (expected === undefined) return error === undefined ? undefined : `it ended with: ${error}`;
  if (error === undefined) return `it ended well, but was to end with: ${expected}`;
  return error.includes(expected) ? undefined : `it was to end with: ${expected}\n  it ended with:      ${error}`;
}
