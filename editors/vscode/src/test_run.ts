// Running tests: `tova test` once a file, and what it prints as results with the places of what has failed.
import { spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import * as vscode from "vscode";
import { mayRun } from "./errors";

interface Result {
  passed: boolean;
  milliseconds: number;
  why: string;
}

export async function runTests(controller: vscode.TestController, program: string, request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
  if (!mayRun()) {
    return;
  }
  const run = controller.createTestRun(request);
  try {
    for (const [file, tests] of chosen(controller, request)) {
      if (token.isCancellationRequested) {
        break;
      }
      tests.forEach((test) => run.started(test));
      const path = file.uri?.fsPath ?? "";
      const filter = tests.length === 1 && tests[0] ? ["--filter", tests[0].label] : [];
      const text = await output(program, ["test", path, ...filter], dirname(path), token);
      run.appendOutput(text.replace(/\r?\n/g, "\r\n"));
      if (!token.isCancellationRequested) {
        report(run, tests, text, dirname(path));
      }
    }
  } finally {
    run.end();
  }
}

/** The files of what was asked for, with the tests of each that are to run, in their order. */
function chosen(controller: vscode.TestController, request: vscode.TestRunRequest): Map<vscode.TestItem, vscode.TestItem[]> {
  const excluded = new Set(request.exclude);
  const files = new Map<vscode.TestItem, vscode.TestItem[]>();
  for (const item of request.include ?? [...controller.items].map(([, file]) => file)) {
    const file = item.parent ?? item;
    const tests = new Set([...(files.get(file) ?? []), ...(item.parent ? [item] : [...item.children].map(([, child]) => child))]);
    const wanted = [...file.children].map(([, child]) => child).filter((test) => tests.has(test) && !excluded.has(test));
    if (wanted.length > 0 && !excluded.has(file)) {
      files.set(file, wanted);
    }
  }
  return files;
}

/** What the program prints; why it could not be started, when it could not. */
function output(program: string, words: string[], cwd: string, token: vscode.CancellationToken): Promise<string> {
  return new Promise((done) => {
    const child = spawn(program, words, { cwd, env: { ...process.env, NO_COLOR: "1" } });
    const cancelling = token.onCancellationRequested(() => child.kill());
    const end = (text: string) => {
      cancelling.dispose();
      done(text);
    };
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (data) => (text += data));
    child.stderr.setEncoding("utf8").on("data", (data) => (text += data));
    child.on("error", (problem) => end(`${program}: ${problem.message}\n`));
    child.on("close", () => end(text));
  });
}

/** Reads "(pass) name" and "(fail) name"; what stands between an "error:" and a failure says why. Names may occur again. */
function results(text: string): Map<string, Result[]> {
  const found = new Map<string, Result[]>();
  let why: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^\((pass|fail)\) (.*?)(?: \[([\d.]+)ms\])?$/.exec(line);
    if (match?.[2] === undefined) {
      why.push(line);
      continue;
    }
    const reasons = why.slice(Math.max(why.findIndex((other) => /^\w*error:/i.test(other)), 0));
    const result = { passed: match[1] === "pass", milliseconds: Number(match[3] ?? 0), why: reasons.join("\n").trim() };
    found.set(match[2], [...(found.get(match[2]) ?? []), result]);
    why = [];
  }
  return found;
}

function report(run: vscode.TestRun, tests: vscode.TestItem[], text: string, cwd: string): void {
  const found = results(text);
  for (const test of tests) {
    const result = found.get(test.label)?.shift();
    if (!result) {
      run.errored(test, new vscode.TestMessage(text.trim() || "`tova test` said nothing about this test."));
    } else if (result.passed) {
      run.passed(test, result.milliseconds);
    } else {
      run.failed(test, failure(test, result.why, cwd), result.milliseconds);
    }
  }
}

/** The message of a failure: at the place that it names, and with both values where it compares. */
function failure(test: vscode.TestItem, why: string, cwd: string): vscode.TestMessage {
  const [, actual, expected] = /values differ: got (.*), expected (.*)/.exec(why) ?? [];
  const message = actual === undefined || expected === undefined ? new vscode.TestMessage(why) : vscode.TestMessage.diff(why, expected, actual);
  const [, path, line, column] = /(?:\(|at )([^()\n]+\.tova):(\d+):(\d+)/.exec(why) ?? [];
  if (path !== undefined && test.uri) {
    message.location = new vscode.Location(vscode.Uri.file(resolve(cwd, path)), new vscode.Position(Number(line) - 1, Number(column) - 1));
  } else if (test.uri && test.range) {
    message.location = new vscode.Location(test.uri, test.range);
  }
  return message;
}
