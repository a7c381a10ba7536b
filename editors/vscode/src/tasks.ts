// Tasks: build, check, test and the development server, each with its problem matcher; and the two commands of the latter.
import { dirname } from "node:path";
import * as vscode from "vscode";
import { mayRun } from "./errors";
import type { Server } from "./server";

interface TovaTask extends vscode.TaskDefinition {
  command: "build" | "check" | "dev" | "test";
  path?: string;
  arguments?: string[];
}

const commands: { command: TovaTask["command"]; group?: vscode.TaskGroup; matcher: string }[] = [
  { command: "build", group: vscode.TaskGroup.Build, matcher: "$tova" },
  { command: "check", matcher: "$tova" },
  { command: "test", group: vscode.TaskGroup.Test, matcher: "$tova" },
  { command: "dev", matcher: "$tova-watch" },
];

function make(program: string, definition: TovaTask, folder: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
  const row = commands.find(({ command }) => command === definition.command);
  const words = [definition.command, ...(definition.path ? [definition.path] : []), ...(definition.arguments ?? [])];
  const task = new vscode.Task(definition, folder, definition.command, "tova", new vscode.ProcessExecution(program, words), row?.matcher ?? "$tova");
  if (row?.group) {
    task.group = row.group;
  }
  task.isBackground = definition.command === "dev";
  task.presentationOptions = { reveal: definition.command === "dev" ? vscode.TaskRevealKind.Always : vscode.TaskRevealKind.Silent, panel: vscode.TaskPanelKind.Dedicated };
  return task;
}

export function registerTasks(server: Server): vscode.Disposable {
  const program = () => server.program || "tova";
  const provider: vscode.TaskProvider = {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? []).flatMap((folder) =>
        commands.map(({ command }) => make(program(), { type: "tova", command }, folder))),
    resolveTask: (task) => make(program(), task.definition as TovaTask, task.scope as vscode.WorkspaceFolder ?? vscode.TaskScope.Workspace),
  };
  const isDev = (task: vscode.Task) => task.definition.type === "tova" && task.definition["command"] === "dev";
  const tell = () =>
    void vscode.commands.executeCommand("setContext", "tova.devRunning", vscode.tasks.taskExecutions.some(({ task }) => isDev(task)));
  return vscode.Disposable.from(
    vscode.tasks.registerTaskProvider("tova", provider),
    vscode.tasks.onDidStartTask(tell),
    vscode.tasks.onDidEndTask(tell),
    vscode.commands.registerCommand("tova.dev.start", () => startDev(program())),
    vscode.commands.registerCommand("tova.dev.stop", () => {
      for (const execution of vscode.tasks.taskExecutions) {
        if (isDev(execution.task)) {
          execution.terminate();
        }
      }
    }),
  );
}

/** Starts it for the application of the active editor, else for the workspace. */
async function startDev(program: string): Promise<void> {
  if (!mayRun()) {
    return;
  }
  const document = vscode.window.activeTextEditor?.document;
  const own = document?.languageId === "tova" && document.uri.scheme === "file" ? dirname(document.uri.fsPath) : undefined;
  const folder = (document && vscode.workspace.getWorkspaceFolder(document.uri)) ?? vscode.workspace.workspaceFolders?.[0];
  const port = vscode.workspace.getConfiguration("tova").get("dev.port", 0);
  const definition: TovaTask = { type: "tova", command: "dev", ...(own ? { path: own } : {}), ...(port ? { arguments: ["--port", String(port)] } : {}) };
  await vscode.tasks.executeTask(make(program, definition, folder ?? vscode.TaskScope.Workspace));
}
