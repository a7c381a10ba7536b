// A Tova application under `tova dev`, as a person would start it: in its folder, with ports from
// the environment. Ended by SIGTERM, which must end its servers too.
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { freePorts, tova, until } from "./program.mjs";

/**
 * Starts `tova dev .` and waits until every server answers.
 * @param {{ after(cleanup: () => unknown): void }} t stops the application when over
 * @param {string} cwd the application's folder
 * @param {string[]} servers names of its named servers, or none for the unnamed one
 * @param {{ words?: string[], env?: Record<string, string>, ports?: number[] }} [options] `ports` are
 *   those that `words` lead to, instead of free ones told by the environment
 */
export async function startApplication(t, cwd, servers = [], { words = [], env = {}, ports: given } = {}) {
  const names = servers.length > 0 ? servers : [""];
  const chosen = given ?? (await freePorts(names.length));
  const ports = Object.fromEntries(names.map((name, index) => [name, chosen[index]]));
  const variables = given ? {} : Object.fromEntries(names.map((name) => [variable(name), String(ports[name])]));

  const child = spawn(tova, ["dev", ".", ...words], {
    cwd,
    env: { ...process.env, ...variables, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const application = new Application(child, ports);
  t.after(() => application.stop());
  const answering = names.map((name) =>
    until(`server ${name || "(unnamed)"} on port ${ports[name]}`, () => application.answers(name)),
  );
  const ended = application.ended.then(({ code }) => {
    throw new Error(`tova dev ended with status ${code}`);
  });
  await Promise.race([Promise.all(answering), ended]).catch((error) => {
    throw new Error(`${error.message}\n${application.output}`);
  });
  return application;
}

/** The variable that sets a server's port: PORT for the unnamed server, PORT_API for "api". */
function variable(name) {
  return name === "" ? "PORT" : `PORT_${name.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}`;
}

class Application {
  /** Everything that `tova dev` printed so far. */
  output = "";

  constructor(child, ports) {
    this.child = child;
    this.ports = ports;
    this.ended = new Promise((resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal }));
      child.on("error", (error) => {
        this.output += error.message;
        resolve({ code: null, signal: null });
      });
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.output += text));
    }
  }

  /** The address of a server, "" being the unnamed one. */
  url(path = "/", server = Object.keys(this.ports)[0]) {
    return `http://localhost:${this.ports[server]}${path}`;
  }

  async answers(server) {
    await fetch(this.url("/", server), { signal: AbortSignal.timeout(10_000) });
    return true;
  }

  /** A request, and what came back: status, headers, and the body as JSON where it is JSON. */
  async request(method, path, { server, body, headers = {} } = {}) {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(this.url(path, server), {
      method,
      headers: { ...(text === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: text,
      signal: AbortSignal.timeout(60_000),
    });
    const answer = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answer) : answer };
  }

  /** A remote procedure call as the generated client sends it: its arguments as an array. */
  call(name, args = [], options = {}) {
    return this.request("POST", `/rpc/${name}`, { ...options, body: args.length > 0 ? { __args: args } : {} });
  }

  /** Ends the application as Ctrl-C's relative does, and gives its exit status. */
  async stop(signal = "SIGTERM") {
    if (this.child.pid && this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      const late = setTimeout(() => this.child.kill("SIGKILL"), 30_000);
      const how = await this.ended;
      clearTimeout(late);
      if (how.signal === "SIGKILL") {
        throw new Error(`tova dev did not end on ${signal}\n${this.output}`);
      }
    }
    return this.ended;
  }
}

/** The child processes of a process that have not ended, with their command lines (from /proc, so on Linux). */
export async function childProcesses(pid) {
  const children = [];
  for (const task of await readdir(`/proc/${pid}/task`)) {
    const pids = await readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "");
    for (const child of pids.split(" ").filter(Boolean)) {
      const words = await readFile(`/proc/${child}/cmdline`, "utf8").catch(() => "");
      if (words !== "") children.push({ pid: Number(child), command: words.replaceAll("\0", " ").trim() });
    }
  }
  return children;
}
