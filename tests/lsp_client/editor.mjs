// An editor as the daemon sees one: a real client library over the daemon's standard streams, open
// buffers with versions, and the diagnostics that were last published for each file.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { folder, tova, until, write } from "../harness/program.mjs";

/**
 * Starts the daemon on a new workspace with these files and greets it.
 * @param {{ after(cleanup: () => unknown): void }} t ends the daemon, which must then end well
 * @param {Record<string, string>} files
 * @param {{ positionEncodings?: string[], options?: object, capabilities?: object }} [settings]
 */
export async function startEditor(t, files = {}, settings = {}) {
  const editor = new Editor(folder(t, files));
  t.after(() => editor.stop());
  await editor.initialize(settings);
  return editor;
}

/** A daemon to which nothing was said. */
export function startDaemon(t, cwd = folder(t)) {
  const editor = new Editor(cwd);
  t.after(() => editor.kill());
  return editor;
}

export class Editor {
  encoding = "utf-16";
  /** @type {Map<string, { text: string, version: number }>} open buffers by file name */
  buffers = new Map();
  /** @type {Map<string, object>} the last published diagnostics by URI */
  published = new Map();
  /** @type {{ method: string, params: any }[]} what the daemon told beside diagnostics */
  notifications = [];
  stderr = "";

  /**
   * @param {string} workspace
   * @param {string[]} [words] more of the command line
   * @param {Record<string, string>} [environment]
   */
  constructor(workspace, words = [], environment = {}) {
    this.workspace = workspace;
    // Reports of crashes stay out of the user's own folder of caches.
    const env = { ...process.env, XDG_CACHE_HOME: `${workspace}-cache`, ...environment };
    this.child = spawn(tova, ["lsp", ...words], { cwd: workspace, stdio: ["pipe", "pipe", "pipe"], env });
    this.child.stderr.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    this.child.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        this.connection.dispose(); // nobody answers any more: what waits fails
        resolve({ code, signal });
      });
      this.child.on("error", (error) => resolve({ code: null, signal: error.message }));
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.set(params.uri, params);
    });
    this.connection.onNotification((method, params) => this.notifications.push({ method, params }));
    this.connection.onError(() => {});
    this.connection.listen();
  }

  async initialize({ positionEncodings, options, capabilities = {} } = {}) {
    this.initialized = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      clientInfo: { name: "tests" },
      rootUri: pathToFileURL(this.workspace).href,
      workspaceFolders: [{ uri: pathToFileURL(this.workspace).href, name: "workspace" }],
      initializationOptions: options,
      capabilities: {
        ...capabilities,
        general: { positionEncodings },
        textDocument: {
          publishDiagnostics: { versionSupport: true, relatedInformation: true },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          hover: { contentFormat: ["markdown"] },
          ...capabilities.textDocument,
        },
      },
    });
    this.encoding = this.initialized.capabilities.positionEncoding ?? "utf-16";
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  uri(name) {
    return pathToFileURL(join(this.workspace, name)).href;
  }

  /** The name in the workspace of a URI that the daemon gave. */
  nameOf(uri) {
    return fileURLToPath(uri).slice(this.workspace.length + 1);
  }

  /** Opens a buffer: with the file's text, or with a text that is not on disk. */
  async open(name, text = readFileSync(join(this.workspace, name), "utf8")) {
    this.buffers.set(name, { text, version: 1 });
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name), languageId: "tova", version: 1, text },
    });
  }

  /** Replaces `length` characters (UTF-16 units) at `start` of a buffer: an incremental change. */
  async replace(name, start, length, insert) {
    const buffer = this.buffers.get(name);
    const range = { start: this.position(buffer.text, start), end: this.position(buffer.text, start + length) };
    buffer.text = buffer.text.slice(0, start) + insert + buffer.text.slice(start + length);
    buffer.version += 1;
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name), version: buffer.version },
      contentChanges: [{ range, text: insert }],
    });
  }

  /** Replaces the one occurrence of `from` in a buffer. */
  async edit(name, from, to) {
    await this.replace(name, onlyIndex(this.buffers.get(name).text, from), from.length, to);
  }

  /** Writes the buffer to disk and says so. */
  async save(name) {
    const { text } = this.buffers.get(name);
    write(join(this.workspace, name), text);
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name) },
      text,
    });
  }

  async close(name) {
    this.buffers.delete(name);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name) },
    });
  }

  /** The diagnostics of a buffer's newest version, waiting for them. */
  async diagnostics(name) {
    const { version } = this.buffers.get(name);
    const params = await until(`diagnostics of ${name} at version ${version}`, () => {
      const last = this.published.get(this.uri(name));
      return last && (last.version ?? version) >= version && last;
    });
    return params.diagnostics;
  }

  /** Waits until the published diagnostics of a file satisfy `accept`, and gives them. */
  async diagnosticsWhere(name, accept) {
    try {
      return await until(`diagnostics of ${name} that ${accept}`, () => {
        const last = this.published.get(this.uri(name))?.diagnostics;
        return last && accept(last) && last;
      });
    } catch (error) {
      throw new Error(`${error.message}; last: ${JSON.stringify(this.published.get(this.uri(name)))}`);
    }
  }

  /** Waits for the next notification of a method that was not taken yet. */
  async notification(method) {
    const index = await until(`the notification ${method}`, () => {
      const found = this.notifications.findIndex((message) => message.method === method);
      return found + 1;
    });
    return this.notifications.splice(index - 1, 1)[0].params;
  }

  /** A request about a place: where `marker` stands in the buffer, plus `offset` characters. */
  at(type, name, marker, offset = 0, more = {}) {
    const { text } = this.buffers.get(name);
    const position = this.position(text, onlyIndex(text, marker) + offset);
    return this.connection.sendRequest(type, { textDocument: { uri: this.uri(name) }, position, ...more });
  }

  request(type, name, more = {}) {
    return this.connection.sendRequest(type, { textDocument: { uri: this.uri(name) }, ...more });
  }

  /** The range of the one occurrence of `marker` in a text, as the daemon must give it. */
  rangeOf(text, marker) {
    const start = onlyIndex(text, marker);
    return { start: this.position(text, start), end: this.position(text, start + marker.length) };
  }

  /** A place in the negotiated encoding. */
  position(text, index) {
    const before = text.slice(0, index).split("\n");
    const last = before.at(-1);
    return { line: before.length - 1, character: columns(last, this.encoding) };
  }

  /** Ends the daemon in the order that the protocol wants; anything but status 0 is a failure. */
  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await this.connection.sendRequest(ShutdownRequest.type);
      await this.connection.sendNotification(ExitNotification.type);
    }
    const { code, signal } = await this.ended;
    this.connection.dispose();
    if (code !== 0) {
      throw new Error(`the daemon ended with ${signal ?? `status ${code}`}\n${this.stderr}`);
    }
  }

  kill() {
    this.connection.dispose();
    this.child.kill("SIGKILL");
    return this.ended;
  }
}

/** Where `marker` stands in `text`; it must stand there once. */
export function onlyIndex(text, marker) {
  const index = text.indexOf(marker);
  if (index < 0 || text.indexOf(marker, index + 1) >= 0) {
    throw new Error(`"${marker}" does not stand exactly once in the text`);
  }
  return index;
}

/** The length of a text in the units of an encoding. */
function columns(text, encoding) {
  return encoding === "utf-8" ? Buffer.byteLength(text) : encoding === "utf-32" ? [...text].length : text.length;
}
