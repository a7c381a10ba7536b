// What is said when something cannot be done, with the way out where there is one.
import * as vscode from "vscode";

/** Why something failed, in words. */
export function reason(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}

/** Whether something of the folder may be written or run; says so, and how to change it, when not. */
export function mayRun(): boolean {
  if (!vscode.workspace.isTrusted) {
    void complainOfTrust();
  }
  return vscode.workspace.isTrusted;
}

async function complainOfTrust(): Promise<void> {
  const trust = "Manage Workspace Trust";
  const answer = await vscode.window.showWarningMessage("This folder is not trusted, so nothing of it is written or run.", trust);
  if (answer === trust) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}
