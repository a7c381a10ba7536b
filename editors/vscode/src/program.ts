// Where the program `tova` is: the setting, else the one that the extension carries, else the PATH.
import { execFile } from "node:child_process";
import { accessSync, chmodSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import * as vscode from "vscode";

export interface Program {
  path: string;
  from: "setting" | "extension" | "path";
}

const executableName = process.platform === "win32" ? "tova.exe" : "tova";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A package that was unpacked by other means may have lost the mode of its program. */
function bundled(context: vscode.ExtensionContext): string | undefined {
  const path = context.asAbsolutePath(join("bin", executableName));
  try {
    accessSync(path, constants.R_OK);
    if (!isExecutable(path)) {
      chmodSync(path, 0o755);
    }
    return path;
  } catch {
    return undefined;
  }
}

function onPath(): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, executableName))
    .find(isExecutable);
}

/** A path of the settings: `~` and `${workspaceFolder}` at its beginning stand for what they are, and it counts from the folder. */
function resolved(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  return resolve(folder, path.replace(/^~(?=[/\\]|$)/, homedir()).replace(/^\$\{workspaceFolder\}/, folder));
}

/** The program, or a sentence that says why there is none. */
export function findProgram(context: vscode.ExtensionContext): Program | string {
  const wanted = vscode.workspace.getConfiguration("tova").get<string>("server.path", "").trim();
  if (wanted !== "") {
    const path = resolved(wanted);
    return isExecutable(path)
      ? { path, from: "setting" }
      : `The setting tova.server.path names ${wanted}, which is not a program that can be run.`;
  }
  const own = bundled(context);
  if (own) {
    return { path: own, from: "extension" };
  }
  const path = onPath();
  return path ? { path, from: "path" } : "The program `tova` is neither part of this extension nor on the PATH.";
}

/** What `tova --version` says, or a sentence about what went wrong. */
export function version(program: string): Promise<{ ok: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(program, ["--version"], { timeout: 20_000 }, (problem, stdout) => {
      const text = stdout.trim();
      if (problem || !/^tova \d/.test(text)) {
        resolve({ ok: false, text: `${program} does not answer \`--version\` as tova does${problem ? ` (${problem.message.split("\n")[0]})` : ""}.` });
      } else {
        resolve({ ok: true, text });
      }
    });
  });
}
