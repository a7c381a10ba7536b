// Several servers of one program as processes of their own, as they would run in production: built
// once, each started by Bun, ports told by the environment.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { bun, folder, freePorts, run, tova, until } from "../harness/program.mjs";

/** The variable that sets a server's port. */
const variable = (name) => `PORT_${name.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}`;

/**
 * Builds a program and starts all of its servers.
 * @param {{ after(cleanup: () => unknown): void }} t
 * @param {string} source
 * @param {string[]} names of its servers
 * @param {Record<string, string>} [env]
 */
export async function startServers(t, source, names, env = {}) {
  const cwd = folder(t, { "app.tova": source });
  const built = await run(tova, ["build", ".", "-o", "out"], { cwd, env: { NO_COLOR: "1" } });
  assert.equal(built.code, 0, built.stdout + built.stderr);
  const ports = await freePorts(names.length);
  const variables = Object.fromEntries(names.map((name, index) => [variable(name), String(ports[index])]));
  const servers = Object.fromEntries(names.map((name, index) => [
    name, new Server(name, `out/app.server.${name}.js`, ports[index], { cwd, env: { TOVA_HOST: "127.0.0.1", ...variables, ...env } }),
  ]));
  t.after(() => Promise.all(Object.values(servers).map((server) => server.stop())));
  await Promise.all(Object.values(servers).map((server) => server.start()));
  return { cwd, servers };
}

class Server {
  /** What it has written, over all of its lives. */
  output = "";
  #child = null;
  #ended = Promise.resolve();

  constructor(name, file, port, { cwd, env }) {
    Object.assign(this, { name, file, port, cwd, env });
  }

  async start() {
    const child = spawn(bun, [this.file], { cwd: this.cwd, env: { ...process.env, ...this.env }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (this.output += text));
    this.#child = child;
    this.#ended = new Promise((resolve) => child.on("close", resolve));
    await until(`server ${this.name}`, () => fetch(this.url("/")).then(() => true)).catch((error) => {
      throw new Error(`${error.message}\n${this.output}`);
    });
  }

  /** Ends it; without a word by SIGKILL. */
  async stop(signal = "SIGTERM") {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    await this.#ended;
  }

  url(path) {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** @returns {Promise<{ status: number, body: any, headers: Headers }>} */
  async post(path, body, headers = {}) {
    const response = await fetch(this.url(path), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) };
  }

  /** The result of a call; an answer that is not OK throws. */
  async call(name, ...args) {
    const { status, body } = await this.post(`/rpc/${name}`, { __args: args });
    assert.equal(status, 200, JSON.stringify(body));
    return body.result;
  }
}
