// The language server's process and what is said when it cannot run. Other parts get the running client from here.
import * as vscode from "vscode";
import { LanguageClient, State, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { findProgram, version } from "./program";
import type { ServerStatus } from "./protocol";

/** What the server may ask this editor to run: lenses and code actions name these. */
export const clientCommands = ["tova.copy", "tova.showReferences", "tova.runTest"];

export class Server implements vscode.Disposable {
  #client: LanguageClient | undefined;
  #program = "";
  readonly #output = vscode.window.createOutputChannel("Tova", { log: true });
  readonly #started = new vscode.EventEmitter<LanguageClient>();
  readonly #stopped = new vscode.EventEmitter<void>();
  readonly #status = new vscode.EventEmitter<ServerStatus>();
  readonly #notification = new vscode.EventEmitter<{ method: string; params: unknown }>();

  /** A process is there and has been greeted; again after each restart. */
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

  async start(): Promise<void> {
    const found = findProgram(this.context);
    if (typeof found === "string") {
      return this.#complain(found);
    }
    const answer = await version(found.path);
    if (!answer.ok) {
      return this.#complain(answer.text);
    }
    this.#program = found.path;
    this.#output.info(`${answer.text}, ${found.path}`);
    const client = new LanguageClient("tova", "Tova", this.#serverOptions(found.path), this.#clientOptions());
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        this.#started.fire(client);
        this.#status.fire({ health: "ok", quiescent: true });
      } else if (newState === State.Stopped) {
        this.#stopped.fire();
        this.#status.fire({ health: "error", quiescent: true, message: "The language server is not running." });
      }
    });
    for (const method of ["tova/compiled", "tova/previewChanged", "tova/endpointsChanged", "tova/serverStatus"]) {
      client.onNotification(method, (params) => this.#notification.fire({ method, params }));
    }
    try {
      await client.start();
    } catch (problem) {
      this.#complain(`The language server could not be started: ${problem instanceof Error ? problem.message : problem}`);
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose(3000).catch((problem) => this.#output.warn(String(problem)));
  }

  /** Gives the running server the settings as they are. */
  async configure(): Promise<void> {
    await this.client?.sendNotification("workspace/didChangeConfiguration", { settings: { tova: settings() } });
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
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
      },
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.tova") },
    };
  }

  /** Nothing runs without the program: say what is wrong and offer the ways out. */
  async #complain(what: string): Promise<void> {
    this.#output.error(what);
    this.#status.fire({ health: "error", quiescent: true, message: what });
    const settingsButton = "Open Settings";
    const again = "Try Again";
    const log = "Show Log";
    const answer = await vscode.window.showErrorMessage(
      `${what} Name the program in the settings, or install tova.`, settingsButton, again, log);
    if (answer === settingsButton) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "tova.server.path");
    } else if (answer === again) {
      await this.restart();
    } else if (answer === log) {
      this.showLog();
    }
  }

  dispose(): void {
    void this.stop();
    this.#output.dispose();
  }
}

/** The settings in the server's words. Whether the folder is trusted is no setting of the user's, and goes along. */
function settings(): Record<string, unknown> {
  const section = vscode.workspace.getConfiguration("tova");
  return {
    compileOnSave: section.get("compileOnSave"),
    inlayHints: section.get("inlayHints"),
    trace: section.get("trace.server"),
    trusted: vscode.workspace.isTrusted,
  };
}
