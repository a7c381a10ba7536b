// The extension: a thin client of `tova lsp`. Everything about the language is the server's; this wires it to the editor.
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { registerEndpoints } from "./endpoints";
import { registerPreview } from "./preview";
import { Server } from "./server";
import { registerStatus } from "./status";
import { registerTasks } from "./tasks";
import { registerTests } from "./tests";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
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
  await server.start();
}
