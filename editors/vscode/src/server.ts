// The language server's process and what is said when it cannot run. Other parts get the running client from here.
import * as vscode from "vscode";
import {
  ErrorCodes, LanguageClient, ResponseError, State,
  type LanguageClientOptions, type MessageSignature, type ServerOptions,
} from "vscode-languageclient/node";
import { reason } from "./errors";
import { findProgram, version } from "./program";
import type { ServerStatus } from "./protocol";

/** What the server may ask this editor to run: lenses and code actions name these. */
export const clientCommands = ["tova.copy", "tova.showReferences", "tova.runTest"];

/** What writes a call and stops in its first argument shows the parameters at once; functions without any do not stop there. */
function showHints(item: vscode.CompletionItem): void {
  if (item.insertText instanceof vscode.SnippetString && /\(\$(1|\{1)/.test(item.insertText.value)) {
    item.command ??= { title: "Show parameters", command: "editor.action.triggerParameterHints" };
  }
}

/**
 * A question of the editor's own that comes too late, behind a change that took its place away or behind the end of the
 * server, has no answer and is no error: the editor asks again. A renaming is the user's, who is told.
 */
class Client extends LanguageClient {
  override handleFailedRequest<T>(type: MessageSignature, token: vscode.CancellationToken | undefined, error: unknown, defaultValue: T, showNotification?: boolean): T {
    const late = this.state !== State.Running || (error instanceof ResponseError && error.code === ErrorCodes.InvalidParams);
    return late && type.method !== "textDocument/rename"
      ? defaultValue
      : super.handleFailedRequest(type, token, error, defaultValue, showNotification);
  }
}

export class Server implements vscode.Disposable {
  #client: LanguageClient | undefined;
  #program = "";
  /** Starts and stops come one after the other. */
  #work: Promise<void> = Promise.resolve();
  readonly #output = vscode.window.createOutputChannel("Tova", { log: true });
  readonly #started = new vscode.EventEmitter<LanguageClient>();
  readonly #stopped = new vscode.EventEmitter<void>();
  readonly #status = new vscode.EventEmitter<ServerStatus>();
  readonly #notification = new vscode.EventEmitter<{ method: string; params: unknown }>();

  /** A process is there, and knows the open documents; again after each restart. */
  readonly onStarted = this.#started.event;
  readonly onStopped = this.#stopped.event;
  readonly onStatus = this.#status.event;

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** The running client; undefined while there is none. */
  get client(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  /** The program that was started; empty when none was found. */
  get program(): string {
    return this.#program;
  }

  /** Calls back for a notification of the server, over restarts. */
  on<T>(method: string, callback: (params: T) => void): vscode.Disposable {
    return this.#notification.event((told) => {
      if (told.method === method) {
        callback(told.params as T);
      }
    });
  }

  /** Asks the server, once it is there; says why when there is no answer. */
  async ask<T>(method: string, params: object): Promise<T | undefined> {
    await this.#work;
    try {
      if (!this.client) {
        throw new Error("The language server is not running.");
      }
      return await this.client.sendRequest<T>(method, params);
    } catch (problem) {
      void this.#offer(vscode.window.showWarningMessage, `Tova: ${reason(problem)}`, this.client ? ["Show Log"] : ["Restart", "Show Log"]);
      return undefined;
    }
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#stop());
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  #inTurn(body: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(body).catch((problem) => this.#output.error(reason(problem)));
    return this.#work;
  }

  async #start(): Promise<void> {
    const found = findProgram(this.context);
    if (typeof found === "string") {
      this.#complain(found);
      return;
    }
    const answer = await version(found.path);
    if (!answer.ok) {
      this.#complain(answer.text);
      return;
    }
    this.#program = found.path;
    this.#output.info(`${answer.text}, ${found.path}`);
    const client = new Client("tova", "Tova", this.#serverOptions(found.path), this.#clientOptions());
    this.#client = client;
    this.#status.fire({ health: "ok", quiescent: false, message: "The language server is starting." });
    client.onDidChangeState(({ newState }) => {
      if (client !== this.#client) {
        return; // it has been stopped for another one
      }
      if (newState === State.Running) {
        this.#status.fire({ health: "ok", quiescent: true });
        void this.#greeted(client);
      } else if (newState === State.Stopped) {
        this.#stopped.fire();
        this.#status.fire({ health: "error", quiescent: true, message: "The language server is not running; a click leads to Restart Language Server." });
      }
    });
    for (const method of ["tova/compiled", "tova/previewChanged", "tova/endpointsChanged", "tova/serverStatus"]) {
      client.onNotification(method, (params) => this.#notification.fire({ method, params }));
    }
    try {
      await client.start();
    } catch (problem) {
      this.#complain(`The language server could not be started: ${reason(problem)}.`);
    }
  }

  /** A client that runs has not told the server of the open documents yet, of which others ask. */
  async #greeted(client: LanguageClient): Promise<void> {
    try {
      await client.start();
    } catch {
      return; // whoever started it says so
    }
    if (client === this.client) {
      this.#started.fire(client);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      if (client?.state === State.Starting) {
        await client.start(); // after a crash the client starts by itself, and cannot be stopped before it has
      }
      await client?.dispose(3000);
    } catch (problem) {
      this.#output.warn(reason(problem));
    }
    this.#stopped.fire();
  }

  /** Gives the running server the settings as they are. */
  async configure(): Promise<void> {
    await this.client?.sendNotification("workspace/didChangeConfiguration", { settings: { tova: settings() } });
  }

  showLog(): void {
    this.#output.show(true);
  }

  #serverOptions(command: string): ServerOptions {
    const words = vscode.workspace.getConfiguration("tova").get<string[]>("server.arguments", ["lsp"]);
    return { command, args: words, options: { env: process.env } };
  }

  #clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "tova" },
        { scheme: "untitled", language: "tova" },
      ],
      outputChannel: this.#output,
      initializationOptions: {
        ...settings(),
        commands: clientCommands,
        serverStatus: true,
      },
      middleware: {
        workspace: {
          configuration: ({ items }) => items.map(({ section }) => (section === "tova" ? settings() : null)),
        },
        provideCompletionItem: async (document, position, context, token, next) => {
          const found = await next(document, position, context, token);
          (Array.isArray(found) ? found : found?.items)?.forEach(showHints);
          return found;
        },
        resolveCompletionItem: async (item, token, next) => {
          const found = await next(item, token);
          if (found) showHints(found);
          return found;
        },
      },
    };
  }

  /** Nothing runs without the program: says what is wrong and offers the ways out. Waits for no answer. */
  #complain(what: string): void {
    this.#output.error(what);
    this.#status.fire({ health: "error", quiescent: true, message: what });
    void this.#offer(vscode.window.showErrorMessage, `${what} Name the program in the settings, or install tova.`, ["Open Settings", "Try Again", "Show Log"]);
  }

  async #offer(show: typeof vscode.window.showErrorMessage, what: string, ways: Way[]): Promise<void> {
    const rows: Record<Way, () => unknown> = {
      "Open Settings": () => vscode.commands.executeCommand("workbench.action.openSettings", "tova.server.path"),
      "Try Again": () => this.restart(),
      "Restart": () => this.restart(),
      "Show Log": () => this.showLog(),
    };
    const answer = await show(what, ...ways);
    if (answer) {
      await rows[answer]();
    }
  }

  dispose(): void {
    void this.stop().then(() => this.#output.dispose());
    vscode.Disposable.from(this.#started, this.#stopped, this.#status, this.#notification).dispose();
  }
}

type Way = "Open Settings" | "Try Again" | "Restart" | "Show Log";

/** The settings in the server's words. Whether the folder is trusted is no setting of the user's, and goes along. */
function settings(): Record<string, unknown> {
  const section = vscode.workspace.getConfiguration("tova");
  return {
    compileOnSave: section.get("compileOnSave"),
    inlayHints: section.get("inlayHints"),
    dev: section.get("dev"),
    trusted: vscode.workspace.isTrusted,
  };
}
