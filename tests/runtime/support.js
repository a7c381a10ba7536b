// Helpers of the runtime's tests: programs in folders of their own, processes, raw connections.
// What a test expects is not here.
import { randomInt } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createConnection, createServer as createListener } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RUNTIME = join(import.meta.dir, "../../codegen/runtime");
const FIXTURES = join(import.meta.dir, "fixtures");
const GOLDEN = join(import.meta.dir, "../golden/cases");

/** What is to end with the tests of a file. */
const ends = [];

/** Ends what the tests have begun: each file that uses these helpers has `afterAll(finish)`. */
export async function finish() {
  for (const end of ends.splice(0).reverse()) await end();
}

/** @param {() => any} end called when the tests of the file are over */
export const atEnd = (end) => ends.push(end);

/** Removes a folder, also one in which a program that was told to end still makes its last file. */
export const remove = (path) => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });

/**
 * A new folder with the runtime in it, and a fixture, what is emitted for a golden case, or files.
 * @returns {string} its path
 */
export function folder({ fixture, golden, files = {} } = {}) {
  const path = mkdtempSync(join(tmpdir(), "tova-runtime-"));
  atEnd(() => remove(path));
  if (fixture !== undefined) cpSync(join(FIXTURES, fixture), path, { recursive: true });
  if (golden !== undefined) cpSync(join(GOLDEN, golden, "expected"), path, { recursive: true });
  symlinkSync(RUNTIME, join(path, "runtime"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/**
 * A port that was free a moment ago: beneath those that the system takes for connections, so that none of these is on it when
 * a server comes, and above those that no fetch asks.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve) => {
    const listener = createListener();
    const attempt = () => listener.listen(randomInt(11_000, 32_000), "127.0.0.1");
    listener.on("error", attempt).on("listening", () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
    attempt();
  });
}

/** Waits until a condition holds; the test's own time limit ends what never does. */
export async function until(condition) {
  for (;;) {
    const value = await condition();
    if (value) return value;
    await Bun.sleep(10);
  }
}

/**
 * Runs a program and waits until it says that it is ready, or has ended.
 * @returns {Promise<{ port: number | null, url: string, process: import("bun").Subprocess, stderr: () => Promise<string>, stop: () => Promise<number> }>}
 */
export async function start(directory, file, env = {}) {
  const child = Bun.spawn([process.execPath, file], {
    cwd: directory,
    env: { PATH: process.env.PATH, TOVA_READY_FD: "1", TOVA_HOST: "127.0.0.1", ...env },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  const errors = new Response(child.stderr).text();
  const port = await readPort(child);
  const stop = async () => {
    child.kill("SIGTERM");
    return child.exited;
  };
  atEnd(stop);
  return { port, url: `http://127.0.0.1:${port}`, process: child, stderr: () => errors, stop };
}

async function readPort(child) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of child.stdout) {
    text += decoder.decode(part, { stream: true });
    const ready = /^ready (\d+)$/m.exec(text);
    if (ready !== null) return Number(ready[1]);
  }
  return null;
}

/** A POST of JSON, or of a text as it is. */
export function post(url, body, headers = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/**
 * Sends bytes as they are, for what no client would send.
 * @returns {Promise<{ status: number, head: string, body: string }>}
 */
export function exchange(port, text) {
  return new Promise((resolve, reject) => {
    const connection = createConnection({ port, host: "127.0.0.1" }, () => connection.write(text, "latin1"));
    let answer = "";
    connection.setEncoding("latin1");
    connection.setTimeout(30_000, () => connection.destroy(new Error("no answer")));
    connection.on("data", (part) => {
      answer += part;
      if (isComplete(answer)) connection.end();
    });
    connection.on("error", (error) => (answer === "" ? reject(error) : resolve(parsed(answer))));
    connection.on("close", () => resolve(parsed(answer)));
  });
}

function isComplete(answer) {
  const { head, body } = parsed(answer);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length !== undefined && body.length >= Number(length);
}

function parsed(answer) {
  const [head, ...rest] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head, body: rest.join("\r\n\r\n") };
}

/** A client of a socket: it collects what arrives. */
export async function socketClient(url, headers = {}) {
  const socket = new WebSocket(url, { headers });
  const messages = [];
  const waiting = [];
  socket.onmessage = ({ data }) => {
    const next = waiting.shift();
    if (next === undefined) messages.push(data);
    else next(data);
  };
  const closed = new Promise((resolve) => (socket.onclose = resolve));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("no connection"));
  });
  atEnd(() => socket.close());
  const receive = () => (messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve)));
  return { socket, receive, messages, closed, send: (data) => socket.send(data) };
}
