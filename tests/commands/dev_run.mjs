// `tova dev` as a child of the tests: its lines, its processes, its end.
import { spawn } from "node:child_process";
import { tova, until } from "../harness/program.mjs";
import { childProcesses } from "../harness/application.mjs";

/**
 * Starts `tova dev` and gives what it says and does; it is ended with the test.
 * @param {{ after(cleanup: () => unknown): void }} t
 * @param {string} cwd
 * @param {{ words?: string[], env?: Record<string, string> }} [options]
 */
export function startDev(t, cwd, { words = ["."], env = {} } = {}) {
  const child = spawn(tova, ["dev", ...words], {
    cwd,
    env: { ...process.env, PORT: undefined, NO_COLOR: "1", FORCE_COLOR: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const dev = new Dev(child);
  t.after(() => dev.end());
  return dev;
}

class Dev {
  stdout = "";
  stderr = "";

  constructor(child) {
    this.child = child;
    this.ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8").on("data", (text) => (this[name] += text));
    }
  }

  /** Waits until standard output (or the stream that is named) holds what is looked for. */
  says(what, stream = "stdout") {
    const holds = () => (typeof what === "string" ? this[stream].includes(what) : what.test(this[stream]));
    return until(`${what} on ${stream}`, () => holds() || this.#isGone()).then(
      () => {
        if (!holds()) throw new Error(`tova dev ended without ${what}\n${this.stdout}${this.stderr}`);
      },
      (error) => {
        throw new Error(`${error.message}\n${this.stdout}${this.stderr}`);
      },
    );
  }

  #isGone() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The servers that run, as { pid, command }. */
  servers() {
    return childProcesses(this.child.pid);
  }

  async end(signal = "SIGTERM") {
    if (!this.#isGone()) this.child.kill(signal);
    const late = setTimeout(() => this.child.kill("SIGKILL"), 30_000);
    const how = await this.ended;
    clearTimeout(late);
    return how;
  }
}

/** Calls a function of a server; its result. */
export async function call(port, name, args = []) {
  const response = await fetch(`http://127.0.0.1:${port}/rpc/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(args.length > 0 ? { __args: args } : {}),
    signal: AbortSignal.timeout(60_000),
  });
  return (await response.json()).result;
}

/** Is there a process of this number? */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
