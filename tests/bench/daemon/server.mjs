// A language server as a process of its own, spoken to over pipes with real framing. Knows nothing of a server's kind:
// the same for ours and for one that it is compared with. No client library stands between, so that what is measured is
// the server: a message's time of arrival is when its last byte was read, before anything is parsed.
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

const HEADER_END = Buffer.from("\r\n\r\n");

/** An answer that was none: an error of the server's, or nothing in time. */
export class NoAnswer extends Error {
  /** @param {string} message @param {number} [code] of the protocol's error @param {number} [at] when that came */
  constructor(message, code, at) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

export class Server {
  /** @type {Map<number, { resolve: Function, reject: Function }>} requests without an answer */
  #waiting = new Map();
  /** @type {{ method: string, accept: (params: any) => boolean, resolve: Function }[]} */
  #listeners = [];
  /** @type {Buffer[]} bytes that are no whole message yet */
  #chunks = [];
  #size = 0;
  #needed = 0;
  #id = 0;
  stderr = "";

  /**
   * @param {string[]} command
   * @param {string} folder the workspace
   */
  constructor(command, folder) {
    this.folder = folder;
    this.started = performance.now();
    this.child = spawn(command[0], command.slice(1), { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
    this.pid = this.child.pid;
    this.child.stdin.on("error", () => {});
    this.child.stderr.setEncoding("utf8").on("data", (text) => (this.stderr = (this.stderr + text).slice(-4096)));
    this.child.stdout.on("data", (chunk) => this.#take(chunk));
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
    this.child.on("close", (code, signal) => this.#fail(new NoAnswer(`the server ended (${signal ?? code}) ${this.stderr}`)));
    this.child.on("error", (error) => this.#fail(new NoAnswer(error.message)));
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    for (const { reject } of this.#listeners) reject(error);
    this.#waiting.clear();
    this.#listeners = [];
  }

  // ---- reading

  #take(chunk) {
    const at = performance.now();
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= this.#needed && this.#size > 0) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#size);
      this.#chunks = [bytes];
      const header = bytes.indexOf(HEADER_END);
      if (header < 0) {
        this.#needed = this.#size + 1;
        return;
      }
      const begin = header + HEADER_END.length;
      const length = Number(/content-length: *(\d+)/i.exec(bytes.toString("latin1", 0, header))?.[1]);
      if (bytes.length < begin + length) {
        this.#needed = begin + length;
        return;
      }
      this.#chunks = [bytes.subarray(begin + length)];
      this.#size = bytes.length - begin - length;
      this.#needed = 0;
      this.#receive(JSON.parse(bytes.toString("utf8", begin, begin + length)), at);
    }
  }

  #receive(message, at) {
    if (message.method !== undefined && message.id !== undefined) {
      // What a server asks its client: every question is answered with what a plain client would say.
      const result = message.method === "workspace/configuration" ? message.params.items.map(() => null) : null;
      this.#send({ id: message.id, result });
    } else if (message.method !== undefined) {
      const index = this.#listeners.findIndex(({ method, accept }) => method === message.method && accept(message.params));
      if (index >= 0) this.#listeners.splice(index, 1)[0].resolve({ result: message.params, at });
    } else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new NoAnswer(message.error.message, message.error.code, at));
      else waiting?.resolve({ result: message.result, at });
    }
  }

  // ---- writing

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** @returns {Promise<{ result: any, at: number }>} the answer and when it came */
  request(method, params, timeout = 20_000) {
    const id = ++this.#id;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return inTime(answer, timeout, `an answer to ${method}`);
  }

  /** A request that no server knows, as which it is refused; @returns {Promise<number>} when that came */
  async refused(method) {
    try {
      return (await this.request(method)).at;
    } catch (error) {
      if (error.at === undefined) throw error;
      return error.at;
    }
  }

  /** The next notification of a method that is accepted. Listen before you send what causes it. */
  notification(method, accept = () => true, timeout = 20_000) {
    const found = new Promise((resolve, reject) => this.#listeners.push({ method, accept, resolve, reject }));
    return inTime(found, timeout, method);
  }

  // ---- the conversation

  uri(name) {
    return pathToFileURL(`${this.folder}/${name}`).href;
  }

  /** @returns {Promise<number>} milliseconds from the start of the process to the answer */
  async initialize() {
    const { result, at } = await this.request("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(this.folder).href,
      workspaceFolders: [{ uri: pathToFileURL(this.folder).href, name: "bench" }],
      capabilities: {
        general: { positionEncodings: ["utf-16"] },
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          hover: { contentFormat: ["markdown"] },
          completion: {
            completionItem: {
              snippetSupport: true,
              documentationFormat: ["markdown"],
              resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
            },
          },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          semanticTokens: {
            requests: { full: { delta: true }, range: true }, tokenTypes: [], tokenModifiers: [], formats: ["relative"],
          },
        },
      },
    });
    this.capabilities = result.capabilities;
    return at - this.started;
  }

  async start() {
    await this.initialize();
    this.notify("initialized", {});
  }

  async stop() {
    const killer = setTimeout(() => this.child.kill("SIGKILL"), 5000);
    await this.request("shutdown").catch(() => {});
    this.notify("exit");
    await this.ended;
    clearTimeout(killer);
  }
}

function inTime(promise, timeout, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no ${what} in ${timeout / 1000} s`)), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
