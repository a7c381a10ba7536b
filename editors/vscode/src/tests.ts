// The test explorer: the `test` blocks of open and saved files, run by `tova test`.
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import * as vscode from "vscode";
import type { Server } from "./server";

const declaration = /^[ \t]*test[ \t]+"((?:[^"\\]|\\.)*)"/gm;

export function registerTests(server: Server): vscode.Disposable {
  const controller = vscode.tests.createTestController("tova", "Tova");

  function read(uri: vscode.Uri, text: string): void {
    const found = [...text.matchAll(declaration)];
    if (found.length === 0 || uri.path.includes("/.tova-out/")) {
      controller.items.delete(uri.toString());
      return;
    }
    const file = controller.items.get(uri.toString()) ?? controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    controller.items.add(file);
    const starts = lineStarts(text);
    file.children.replace(found.map((match) => {
      const item = controller.createTestItem(`${uri}#${match[1]}`, match[1] ?? "", uri);
      const line = lineOf(starts, match.index ?? 0);
      item.range = new vscode.Range(line, 0, line, match[0].length);
      return item;
    }));
  }

  async function discover(): Promise<void> {
    for (const uri of await vscode.workspace.findFiles("**/*.tova", "**/{node_modules,.tova-out,dist}/**", 2000)) {
      read(uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    }
  }

  controller.resolveHandler = async (item) => (item ? undefined : discover());
  controller.refreshHandler = discover;
  controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, (request, token) => runTests(controller, server.program || "tova", request, token), true);

  const watcher = vscode.workspace.createFileSystemWatcher("**/*.tova");
  const reread = async (uri: vscode.Uri) => read(uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  for (const document of vscode.workspace.textDocuments) {
    if (document.languageId === "tova") {
      read(document.uri, document.getText());
    }
  }
  /** A lens asks: one test of a file, or all of them. */
  async function runOne(address: string, name: string | null): Promise<void> {
    const file = controller.items.get(vscode.Uri.parse(address).toString());
    const item = name === null ? file : [...(file?.children ?? [])].map(([, child]) => child).find(({ label }) => label === name);
    if (item) {
      await runTests(controller, server.program || "tova", new vscode.TestRunRequest([item]), new vscode.CancellationTokenSource().token);
    }
  }

  return vscode.Disposable.from(
    controller,
    watcher,
    vscode.commands.registerCommand("tova.runTest", runOne),
    watcher.onDidChange(reread),
    watcher.onDidCreate(reread),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
    vscode.workspace.onDidOpenTextDocument((document) => document.languageId === "tova" && read(document.uri, document.getText())),
    vscode.workspace.onDidChangeTextDocument(({ document }) => document.languageId === "tova" && read(document.uri, document.getText())),
  );
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((match) => (match.index ?? 0) + 1)];
}

function lineOf(starts: number[], offset: number): number {
  let line = starts.length - 1;
  while ((starts[line] ?? 0) > offset) {
    line--;
  }
  return line;
}

/** The files of what was asked for, with the tests of each that are to run. */
function chosen(controller: vscode.TestController, request: vscode.TestRunRequest): Map<vscode.TestItem, vscode.TestItem[]> {
  const files = new Map<vscode.TestItem, vscode.TestItem[]>();
  const add = (item: vscode.TestItem) => {
    const file = item.parent ?? item;
    const tests = item.parent ? [item] : [...item.children].map(([, child]) => child);
    files.set(file, [...(files.get(file) ?? []), ...tests.filter((test) => !request.exclude?.includes(test))]);
  };
  (request.include ?? [...controller.items].map(([, item]) => item)).forEach(add);
  return files;
}

async function runTests(controller: vscode.TestController, program: string, request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
  const run = controller.createTestRun(request);
  for (const [file, tests] of chosen(controller, request)) {
    if (token.isCancellationRequested) {
      break;
    }
    tests.forEach((test) => run.started(test));
    const filter = tests.length === 1 && tests[0] ? ["--filter", tests[0].label] : [];
    const path = file.uri?.fsPath ?? "";
    const text = await output(program, ["test", path, ...filter], dirname(path), token);
    run.appendOutput(text.replace(/\r?\n/g, "\r\n"));
    report(run, tests, text);
  }
  run.end();
}

function output(program: string, words: string[], cwd: string, token: vscode.CancellationToken): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd, env: { ...process.env, NO_COLOR: "1" } });
    let text = "";
    child.stdout.on("data", (data) => (text += data));
    child.stderr.on("data", (data) => (text += data));
    child.on("error", (problem) => resolve(`${program}: ${problem.message}\n`));
    child.on("close", () => resolve(text));
    token.onCancellationRequested(() => child.kill());
  });
}

/** Reads "(pass) name" and "(fail) name"; what stands before a failure, since the result before it, says why. */
function report(run: vscode.TestRun, tests: vscode.TestItem[], text: string): void {
  const results = new Map<string, { passed: boolean; ms: number; why: string }>();
  let why: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^\((pass|fail)\) (.*?)(?: \[([\d.]+)ms\])?$/.exec(line);
    if (match?.[2] !== undefined) {
      results.set(match[2], { passed: match[1] === "pass", ms: Number(match[3] ?? 0), why: why.join("\n").trim() });
      why = [];
    } else {
      why.push(line);
    }
  }
  for (const test of tests) {
    const result = results.get(test.label) ?? [...results].find(([name]) => name.endsWith(test.label))?.[1];
    if (!result) {
      run.errored(test, new vscode.TestMessage(text.trim() || "`tova test` said nothing about this test."));
    } else if (result.passed) {
      run.passed(test, result.ms);
    } else {
      run.failed(test, failure(test, result.why), result.ms);
    }
  }
}

function failure(test: vscode.TestItem, why: string): vscode.TestMessage {
  const message = new vscode.TestMessage(why);
  const place = /\((.+\.tova):(\d+):(\d+)\)|at (.+\.tova):(\d+):(\d+)/.exec(why);
  const path = place?.[1] ?? place?.[4];
  if (path && test.uri) {
    const line = Number(place?.[2] ?? place?.[5]) - 1;
    const column = Number(place?.[3] ?? place?.[6]) - 1;
    message.location = new vscode.Location(vscode.Uri.file(path), new vscode.Position(line, column));
  }
  return message;
}
