// The smaller commands: compile, restart, log, version, memory, syntax tree, and what lenses and actions ask for.
import * as vscode from "vscode";
import type { Location, Position as LspPosition } from "vscode-languageclient";
import { mayRun } from "./errors";
import { version } from "./program";
import type { Compiled, MemoryNode } from "./protocol";
import type { Server } from "./server";
import { describe } from "./status";

const scheme = "tova-report";

/** Texts that commands show; read-only documents. */
class Reports implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? "";
  }

  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${name}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function bytes(count: number): string {
  return count >= 1 << 20 ? `${(count / (1 << 20)).toFixed(1)} MB` : `${(count / 1024).toFixed(1)} kB`;
}

function memoryLines(node: MemoryNode, depth = 0): string[] {
  const line = `${"  ".repeat(depth)}${node.name}`.padEnd(48) + bytes(node.bytes).padStart(12);
  return [line, ...(node.children ?? []).flatMap((child) => memoryLines(child, depth + 1))];
}

export function registerCommands(server: Server): vscode.Disposable {
  const reports = new Reports();
  const source = () => {
    const active = vscode.window.activeTextEditor?.document;
    return active?.languageId === "tova" ? { textDocument: { uri: active.uri.toString() } } : undefined;
  };

  const rows: Record<string, (...words: never[]) => unknown> = {
    "tova.restart": () => server.restart(),
    "tova.showLog": () => server.showLog(),
    "tova.compile": async () => {
      const report = mayRun() && (await server.ask<Compiled>("tova/compile", source() ?? {}));
      if (report) {
        vscode.window.setStatusBarMessage(`Tova: ${describe(report)}`, 5000);
      }
    },
    "tova.showVersion": async () => {
      const said = server.program ? (await version(server.program)).text : "No program was found.";
      void vscode.window.showInformationMessage(server.program ? `${said} (${server.program})` : said);
    },
    "tova.showMemory": async () => {
      const tree = await server.ask<MemoryNode>("tova/memory", {});
      if (tree) {
        await reports.show("Tova memory.txt", memoryLines(tree).join("\n") + "\n");
      }
    },
    "tova.showSyntaxTree": async () => {
      const document = source();
      if (!document) {
        void vscode.window.showInformationMessage("Open a Tova file first.");
        return;
      }
      const answer = await server.ask<{ text: string }>("tova/syntaxTree", document);
      if (answer) {
        await reports.show("Tova syntax tree.scm", answer.text);
      }
    },
    "tova.menu": () => vscode.commands.executeCommand("workbench.action.quickOpen", ">Tova: "),
    "tova.copy": async (text: string, what: string) => {
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(`Copied ${what}`, 4000);
    },
    "tova.showReferences": (uri: string, position: LspPosition, locations: Location[]) => {
      const convert = server.client?.protocol2CodeConverter;
      if (convert) {
        return vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(uri), convert.asPosition(position), locations.map(convert.asLocation));
      }
      return undefined;
    },
  };
  return vscode.Disposable.from(
    reports,
    vscode.workspace.registerTextDocumentContentProvider(scheme, reports),
    ...Object.entries(rows).map(([name, body]) => vscode.commands.registerCommand(name, body)),
  );
}
