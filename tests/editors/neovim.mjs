// A real Neovim without a screen, driven over its own protocol (MessagePack-RPC on standard input and output): keys go in
// as a user types them, and what is on the buffers and in its Lua comes back.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { decodeMultiStream, encode } from "@msgpack/msgpack";
import { test } from "../harness/test.mjs";
import { remove, root, tova, write } from "../harness/program.mjs";

const REQUEST = 0;
const RESPONSE = 1;

function version(binary) {
  try {
    return /NVIM v(\d+\.\d+)/.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }))?.[1] ?? null;
  } catch {
    return null;
  }
}

/**
 * Declares tests for every Neovim of this machine: TOVA_NEOVIM names them, separated by colons; else the one on the PATH.
 * @param {string} subject what is skipped where there is none
 * @param {(binary: string, label: string) => void} declare
 */
export function inEachNeovim(subject, declare) {
  for (const binary of (process.env.TOVA_NEOVIM ?? "nvim").split(":").filter(Boolean)) {
    const name = version(binary);
    if (name === null) {
      test(`${binary}: ${subject}`, (t) => t.skip(`no Neovim is called ${binary} ($TOVA_NEOVIM names some)`));
    } else {
      declare(binary, `Neovim ${name}`);
    }
  }
}

export class Neovim {
  #child;
  #waiting = new Map();
  #next = 1;
  #said = "";

  /**
   * Starts it with an init.lua that has nothing but this repository's plugin.
   * @param {string} binary
   * @param {{ cwd: string, path?: string, init?: string }} options
   *   path   the PATH, by default with the `tova` of the build in front
   *   init   Lua that runs before the plugin, as an init.lua does
   */
  constructor(binary, { cwd, path, init = "" }) {
    this.home = mkdtempSync(join(tmpdir(), "tova-neovim-"));
    const folder = (name) => {
      const made = join(this.home, name);
      mkdirSync(made, { recursive: true });
      return made;
    };
    const config = folder("config");
    write(join(config, "nvim/init.lua"), `${init}\nvim.opt.runtimepath:prepend(${JSON.stringify(join(root, "editors/nvim"))})\n`);
    this.#child = spawn(
      binary,
      ["--embed", "--headless", "-n", "-i", "NONE", "-c", "set columns=160 lines=40"],
      {
        cwd,
        env: {
          ...process.env,
          PATH: path ?? `${dirname(tova)}${delimiter}${process.env.PATH}`,
          XDG_DATA_HOME: folder("data"), XDG_CONFIG_HOME: config, XDG_STATE_HOME: folder("state"),
          XDG_CACHE_HOME: folder("cache"), NVIM_LOG_FILE: join(this.home, "nvim.log"),
        },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    this.exited = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stderr.on("data", (data) => (this.#said += data));
    this.#child.stdin.on("error", () => {});
    this.#listen();
  }

  async #listen() {
    try {
      for await (const message of decodeMultiStream(this.#child.stdout)) {
        if (message[0] === RESPONSE) {
          const [, id, problem, result] = message;
          const { resolve, reject } = this.#waiting.get(id);
          this.#waiting.delete(id);
          problem ? reject(new Error(`Neovim: ${problem[1]}`)) : resolve(result);
        }
      }
    } catch {
      // It has gone, which the requests that wait are told below.
    }
    for (const { reject } of this.#waiting.values()) {
      reject(new Error(`Neovim has gone. ${this.#said}`));
    }
  }

  /** Calls a function of Neovim's API. */
  request(method, ...parameters) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin.write(encode([REQUEST, id, method, parameters]));
    });
  }

  /** Runs Lua; its `...` is `parameters`, and what it returns comes back. */
  lua(code, ...parameters) {
    return this.request("nvim_exec_lua", code, parameters);
  }

  command(line) {
    return this.request("nvim_command", line);
  }

  /** Types keys, in the notation of mappings. */
  keys(text) {
    return this.request("nvim_input", text);
  }

  /** The lines of a buffer (0: the current one), joined. */
  async text(buffer = 0) {
    return (await this.request("nvim_buf_get_lines", buffer, 0, -1, false)).join("\n");
  }

  /** Waits until Lua gives something that is neither false nor nil, and returns it; says `what` was awaited otherwise. */
  async until(what, code, parameters = [], limit = 60_000) {
    const end = Date.now() + limit;
    for (;;) {
      const value = await this.lua(code, ...parameters);
      if (value !== null && value !== false) {
        return value;
      }
      if (Date.now() > end) {
        throw new Error(`waited in vain for ${what}; messages: ${await this.lua("return vim.fn.execute('messages')")} ${this.#said}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Ends it; what it made for itself is removed. */
  async quit() {
    this.request("nvim_command", "qall!").catch(() => {});
    const late = setTimeout(() => this.#child.kill("SIGKILL"), 20_000);
    await this.exited;
    clearTimeout(late);
    remove(this.home);
  }
}
