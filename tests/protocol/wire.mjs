// The daemon as bytes: whatever is to be sent is sent as it is, and what comes back is kept as text too. For what a client
// library would never do; everything else is in tests/lsp_client.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, patience, remove, tova, until } from "../harness/program.mjs";

/** The bytes of a message. */
export function frame(body) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

export class Wire {
  /** @type {{ text: string, message: any }[]} everything that was received, in order */
  received = [];
  lastId = 0;
  stderr = "";
  #input = Buffer.alloc(0);
  /** @type {Map<unknown, (message: any) => void>} */
  #waiting = new Map();

  /** A daemon in a new folder of these files, or in the folder `at`; it ends with the test. */
  constructor(t, { files = {}, words = [], at = folder(t, files) } = {}) {
    this.folder = at;
    // Reports of crashes of other daemons, which a new one tells of, are not the test's.
    const cache = `${at}-cache`;
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    this.child = spawn(tova, ["lsp", ...words], { cwd: this.folder, stdio: ["pipe", "pipe", "pipe"], env });
    this.child.stdin.on("error", () => {});
    this.child.stdout.on("data", (data) => this.#take(data));
    this.child.stderr.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    this.ended = new Promise((resolve) => this.child.on("close", (code, signal) => resolve({ code, signal })));
    this.ended.then((how) => (this.how = how));
    const gone = new Promise((resolve) => this.child.on("exit", resolve));
    t.after(async () => {
      this.child.kill("SIGKILL");
      await gone;
      remove(cache);
    });
  }

  #take(data) {
    this.#input = this.#input.length === 0 ? data : Buffer.concat([this.#input, data]);
    for (;;) {
      const head = this.#input.indexOf("\r\n\r\n");
      const size = head < 0 ? NaN : Number(/Content-Length: (\d+)/.exec(this.#input.toString("latin1", 0, head))[1]);
      if (Number.isNaN(size) || this.#input.length < head + 4 + size) {
        return;
      }
      const text = new TextDecoder("utf-8", { fatal: true }).decode(this.#input.subarray(head + 4, head + 4 + size));
      const message = JSON.parse(text);
      this.received.push({ text, message });
      if (isAnswer(message)) {
        this.#waiting.get(message.id)?.(message);
      }
      this.#input = this.#input.subarray(head + 4 + size);
    }
  }

  uri(name) {
    return pathToFileURL(join(this.folder, name)).href;
  }

  /** Writes bytes, or frames an object or text as a message. */
  write(...bodies) {
    this.child.stdin.write(Buffer.concat(bodies.map((body) => (Buffer.isBuffer(body) ? body : frame(body)))));
  }

  notify(method, params) {
    this.write({ jsonrpc: "2.0", method, params });
  }

  /** A request as a message; its id is `lastId` then. */
  request(method, params) {
    return { jsonrpc: "2.0", id: (this.lastId += 1), method, params };
  }

  /** The one answer to a request. */
  answer(id, timeout = 60_000) {
    const found = this.received.find(({ message }) => isAnswer(message) && message.id === id);
    return found
      ? Promise.resolve(found.message)
      : new Promise((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`no answer to ${id} from a daemon that ${this.how ? `ended: ${JSON.stringify(this.how)}` : "lives"}\n${this.stderr}`)), timeout * patience);
          this.#waiting.set(id, (message) => {
            clearTimeout(timer);
            this.#waiting.delete(id);
            resolve(message);
          });
        });
  }

  async ask(method, params) {
    this.write(this.request(method, params));
    return this.answer(this.lastId);
  }

  async initialize(capabilities = {}, more = {}) {
    const uri = pathToFileURL(this.folder).href;
    const { result } = await this.ask("initialize", {
      processId: null,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "folder" }],
      capabilities,
      ...more,
    });
    this.notify("initialized", {});
    return result;
  }

  open(name, text, version = 1) {
    this.notify("textDocument/didOpen", { textDocument: { uri: this.uri(name), languageId: "tova", version, text } });
  }

  change(name, version, ...contentChanges) {
    this.notify("textDocument/didChange", { textDocument: { uri: this.uri(name), version }, contentChanges });
  }

  /** The names of the top symbols of a document: a short way to ask what text the daemon has. */
  async symbols(name) {
    const { result } = await this.ask("textDocument/documentSymbol", { textDocument: { uri: this.uri(name) } });
    return result.map((symbol) => symbol.name);
  }

  /** Is it alive, in its right mind, and has it answered each request once? */
  async lives() {
    const { error } = await this.ask("tova/there-is-none", {});
    assert.equal(error.code, -32601);
    const ids = this.received.filter(({ message }) => isAnswer(message) && message.id !== null).map(({ message }) => message.id);
    assert.equal(new Set(ids).size, ids.length, "no request is answered twice");
  }

  /** Waits until the daemon has nothing to do any more: each of its threads sleeps, and goes on sleeping. */
  async rests() {
    const sleeps = (thread) => /\) S /.test(readFileSync(`/proc/${this.child.pid}/task/${thread}/stat`, "latin1"));
    let seen = 0;
    await until("the daemon to rest", () => {
      seen = readdirSync(`/proc/${this.child.pid}/task`).every(sleeps) ? seen + 1 : 0;
      return seen === 3;
    });
  }

  /** Ends the conversation as the protocol says. */
  async end() {
    await this.ask("shutdown");
    this.notify("exit");
    assert.deepEqual(await this.ended, { code: 0, signal: null }, this.stderr);
  }

  /** Kilobytes of memory in use. */
  memory() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, "utf8"))[1]);
  }
}

const isAnswer = (message) => message.method === undefined;
