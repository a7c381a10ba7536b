// The extension: a thin client of `tova lsp`. Everything about the language is the server's; this wires it to the editor.
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { registerEndpoints } from "./endpoints";
import { registerPreview } from "./preview";
import { Server } from "./server";
import { registerStatus } from "./status";
import { registerTasks } from "./tasks";
import { registerTests } from "./tests";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  server = startedBy(context);
  await server.start();
}

/** The editor waits a few seconds for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

function startedBy(context: vscode.ExtensionContext): Server {
  const server = new Server(context);
  context.subscriptions.push(
    server,
    registerStatus(server),
    registerCommands(server),
    registerPreview(server),
    registerEndpoints(server),
    registerTasks(server),
    registerTests(server),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("tova.server")) {
        void server.restart();
      } else if (event.affectsConfiguration("tova")) {
        void server.configure();
      }
    }),
  );
  return server;
}
