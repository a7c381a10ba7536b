/**
 * Builtin functions over this process and others: programs to run, environment, arguments, standard
 * input, signals. A program that ran is Ok whatever its exit code; Err is for what could not be run.
 */
import { spawn as start, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { messageOf, tryFn } from "./outcomes.js";
import { Err, Ok } from "./result.js";

/** @typedef {{ cwd?: string, env?: Record<string, string>, timeout?: number, shell?: boolean }} Options milliseconds */

/** @param {Options} [options] variables are added to those of this process */
function settingsOf({ cwd, env, timeout } = {}) {
  return { cwd, timeout, env: env === undefined ? process.env : { ...process.env, ...env } };
}

const MOST_OUTPUT = 64 * 1024 * 1024;

function run(command, values, options, shell) {
  const settings = { ...settingsOf(options ?? {}), shell, encoding: "utf8", maxBuffer: MOST_OUTPUT };
  const { error, stdout, stderr, status, signal } = spawnSync(command, values, settings);
  if (error) return Err(messageOf(error));
  if (status === null) return Err(`ended by ${signal}`);
  return Ok({ stdout, stderr, exitCode: status });
}

/** Through the shell. @param {string} command @param {Options} [options] */
export const sh = (command, options) => run(command, [], options, true);

/** Without a shell. @param {string} command @param {string[]} [values] @param {Options} [options] */
export const exec = (command, values = [], options) => run(command, values, options, false);

/** Others go on meanwhile. @param {string} command @param {string[]} [values] @param {Options} [options] */
export function spawn(command, values = [], options) {
  return new Promise((done) => {
    const child = start(command, values, { ...settingsOf(options ?? {}), shell: options?.shell === true });
    const output = { stdout: [], stderr: [] };
    for (const name of ["stdout", "stderr"]) child[name].on("data", (chunk) => output[name].push(chunk));
    const text = (name) => Buffer.concat(output[name]).toString("utf8");
    child.on("error", (error) => done(Err(messageOf(error))));
    child.on("close", (code, signal) => {
      if (code === null) done(Err(`ended by ${signal}`));
      else done(Ok({ stdout: text("stdout"), stderr: text("stderr"), exitCode: code }));
    });
  });
}

export function env(name, fallback = null) {
  return name == null ? { ...process.env } : (process.env[name] ?? fallback);
}

export const setEnv = (name, value) => void (process.env[name] = String(value));

export const args = () => process.argv.slice(2);

/**
 * `--name value`, `--name=value`, `--flag`, `-abc`; everything behind `--` is positional.
 * @param {string[]} values
 */
export function parseArgs(values) {
  const flags = {};
  const positional = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === "--") {
      positional.push(...values.slice(i + 1));
      break;
    }
    const [, name, assigned] = value.match(/^--([^=]+)(?:=(.*))?$/s) ?? [];
    const next = values[i + 1];
    if (name !== undefined && assigned !== undefined) flags[name] = assigned;
    else if (name !== undefined && next !== undefined && !next.startsWith("-")) flags[name] = values[++i];
    else if (name !== undefined) flags[name] = true;
    else if (/^-[a-z]+$/i.test(value)) for (const letter of value.slice(1)) flags[letter] = true;
    else positional.push(value);
  }
  return { flags, positional };
}

export const exit = (code = 0) => process.exit(code);
export const cwd = () => process.cwd();
export const chdir = (folder) => tryFn(() => (process.chdir(folder), folder));

/** The source under `tova run`, which says where it is; else the program that runs. */
export function scriptPath() {
  const path = process.env.TOVA_SCRIPT ?? process.argv[1];
  return path === undefined ? null : resolve(path);
}

export function scriptDir() {
  const path = scriptPath();
  return path === null ? null : dirname(path);
}

/** @param {string} name such as SIGINT @param {() => any} f */
export const onSignal = (name, f) => void process.on(name, () => f());

const STANDARD_INPUT = 0;

export const readStdin = () => readFileSync(STANDARD_INPUT, "utf8");

export function readLines() {
  const lines = readStdin().split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

export {
  onSignal as on_signal, parseArgs as parse_args, readLines as read_lines, readStdin as read_stdin,
  scriptDir as script_dir, scriptPath as script_path, setEnv as set_env,
};
