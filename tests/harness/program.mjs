// What the suites use to run the built program: its path, temporary folders, free ports, running a
// command to its end, and waiting. Everything that is started is ended by the test that started it.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const tova = process.env.TOVA_BINARY ?? join(root, "build", "server", "tova");
/**
 * How many times as long as of a plain build is waited for: sanitizers make a program several times slower, and the
 * machine that runs all of them has other things to do.
 */
export const patience = process.env.TOVA_BINARY === undefined ? 1 : 6;

/** Milliseconds after which what is waited for is not expected to come any more: of a plain build, and of any machine. */
const LONG = 60_000;

export const bun = process.env.TOVA_BUN ?? join(root, "tests", "node_modules", ".bin", "bun");

/**
 * A new temporary folder with these files, removed when `t` is over.
 * @param {{ after(cleanup: () => unknown): void }} t
 * @param {Record<string, string>} files text by relative path
 */
export function folder(t, files = {}) {
  const path = mkdtempSync(join(tmpdir(), "tova-test-"));
  t.after(() => remove(path));
  for (const [name, text] of Object.entries(files)) {
    write(join(path, name), text);
  }
  return path;
}

/** Removes a folder, also one in which a program that was told to end still makes its last file. */
export function remove(path) {
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
}

export function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Writes a file of which a program that watches it never sees a part. */
export function replace(path, text) {
  const beside = join(dirname(path), `.${basename(path)}.new`);
  write(beside, text);
  renameSync(beside, path);
}

/**
 * Runs a command to its end.
 * @returns {Promise<{ code: number|null, signal: string|null, stdout: string, stderr: string }>}
 */
export function run(command, words, { cwd = root, env = {}, input = "", timeout = LONG } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd, env: { ...process.env, ...env }, timeout: timeout * patience, killSignal: "SIGKILL" });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8").on("data", (text) => (output[name] += text));
    }
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** `count` ports that nobody listens on; none of them is handed out twice by this process. */
export async function freePorts(count) {
  const ports = [];
  while (ports.length < count) {
    const port = await unusedPort().catch(() => undefined);
    if (port && !handedOut.has(port)) {
      handedOut.add(port);
      ports.push(port);
    }
  }
  return ports;
}

const handedOut = new Set();

/** A port that is free together with the next one. */
export async function freePair() {
  for (;;) {
    const [port] = await freePorts(1);
    const next = await unusedPort(port + 1).catch(() => undefined);
    if (next) return port;
  }
}

/**
 * Beneath the ports that the system takes for connections, so that none of these is gone before a server has it, and above
 * those that no browser and no fetch asks (10080 is the last one).
 */
const PORTS = { first: 11_000, last: 32_000 };

/** This port, or some, that nobody listens on. */
function unusedPort(wanted = randomInt(PORTS.first, PORTS.last)) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Waits until `probe` gives something truthy, and gives it back. A probe that throws counts as "not
 * yet", and its last error is told when time is up.
 * @param {string} what completes "waited for ..."
 */
export async function until(what, probe, timeout = LONG) {
  const end = performance.now() + timeout * patience;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`waited for ${what} in vain${last ? ` (${last.message})` : ""}`);
    }
    await pause(25);
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The rows that a statement gives on a SQLite file, read by Bun's own driver in another process. */
export async function sqlite(file, statement) {
  const program =
    'import { Database } from "bun:sqlite";' +
    "const [file, statement] = process.argv.slice(-2);" +
    "console.log(JSON.stringify(new Database(file, { readonly: true }).query(statement).all()));";
  const { code, stdout, stderr } = await run(bun, ["-e", program, file, statement]);
  if (code !== 0) {
    throw new Error(`${statement} on ${file}: ${stderr}`);
  }
  return JSON.parse(stdout);
}
