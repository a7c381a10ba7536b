// The test explorer: the `test` blocks of open and saved files.
import * as vscode from "vscode";
import { reason } from "./errors";
import type { Server } from "./server";
import { runTests } from "./test_run";

const declaration = /^[ \t]*test[ \t]+"((?:[^"\\]|\\.)*)"/gm;
const idle = 300; // milliseconds without typing, until a file's tests are read again

export function registerTests(server: Server): vscode.Disposable {
  const controller = vscode.tests.createTestController("tova", "Tova");
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.tova");
  const timers = new Map<string, NodeJS.Timeout>();
  const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken) => runTests(controller, server.program || "tova", request, token);

  function typed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => {
      timers.delete(key);
      readDocument(controller, document);
    }, idle));
  }

  /** A lens asks: one test of a file, or all of them. */
  async function runOne(address: string, name: string | null): Promise<void> {
    const id = vscode.Uri.parse(address).toString();
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === id);
    if (document) {
      await document.save();
      readDocument(controller, document);
    }
    const file = controller.items.get(id);
    const asked = name === null ? file && [file] : [...(file?.children ?? [])].map(([, child]) => child).filter(({ label }) => label === unescaped(name));
    if (!asked?.length) {
      return;
    }
    const source = new vscode.CancellationTokenSource();
    try {
      await run(new vscode.TestRunRequest(asked), source.token);
    } finally {
      source.dispose();
    }
  }

  controller.resolveHandler = async (item) => (item ? undefined : discover(controller));
  controller.refreshHandler = () => discover(controller);
  controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, run, true);
  vscode.workspace.textDocuments.forEach((document) => readDocument(controller, document));
  return vscode.Disposable.from(
    controller,
    watcher,
    { dispose: () => timers.forEach((timer) => clearTimeout(timer)) },
    vscode.commands.registerCommand("tova.runTest", runOne),
    watcher.onDidChange((uri) => void readFile(controller, uri)),
    watcher.onDidCreate((uri) => void readFile(controller, uri)),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
    vscode.workspace.onDidOpenTextDocument((document) => readDocument(controller, document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isSource(document) && typed(document)),
  );
}

function isSource({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "tova" && uri.scheme === "file";
}

async function discover(controller: vscode.TestController): Promise<void> {
  const found = await vscode.workspace.findFiles("**/*.tova", "**/{node_modules,.tova-out,dist}/**", 2000);
  await Promise.all(found.map((uri) => readFile(controller, uri)));
}

function readDocument(controller: vscode.TestController, document: vscode.TextDocument): void {
  if (isSource(document)) {
    read(controller, document.uri, document.getText());
  }
}

/** What is open counts as it is in the editor. */
async function readFile(controller: vscode.TestController, uri: vscode.Uri): Promise<void> {
  if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) {
    return;
  }
  try {
    read(controller, uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch (problem) {
    controller.items.delete(uri.toString()); // it has gone again, or cannot be read
    console.warn(`${uri.fsPath}: ${reason(problem)}`);
  }
}

function read(controller: vscode.TestController, uri: vscode.Uri, text: string): void {
  const found = [...text.matchAll(declaration)];
  if (found.length === 0 || uri.path.includes("/.tova-out/")) {
    controller.items.delete(uri.toString());
    return;
  }
  const file = controller.items.get(uri.toString()) ?? controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
  controller.items.add(file);
  const starts = lineStarts(text);
  const seen = new Map<string, number>();
  file.children.replace(found.map((match) => {
    const name = unescaped(match[1] ?? "");
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    // Names may be the same; ids may not. A test that was there stays the same one, with its results, and for a run that began.
    const id = `${uri}#${number}#${name}`;
    const item = file.children.get(id) ?? controller.createTestItem(id, name, uri);
    const line = lineOf(starts, match.index);
    item.range = new vscode.Range(line, 0, line, match[0].length);
    return item;
  }));
}

/** What the text of a string means, as far as names have such signs. */
function unescaped(name: string): string {
  return name.replace(/\\(.)/g, "$1");
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
}

function lineOf(starts: number[], offset: number): number {
  let line = starts.length - 1;
  while ((starts[line] ?? 0) > offset) {
    line--;
  }
  return line;
}
