// The item of the status bar: is the server well, what does it do, and the way to the commands.
import * as vscode from "vscode";
import type { Compiled, ServerStatus } from "./protocol";
import type { Server } from "./server";

const icons = { ok: "$(check)", warning: "$(warning)", error: "$(error)" };

export function registerStatus(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("tova.status", vscode.StatusBarAlignment.Right, 100);
  item.name = "Tova";
  item.command = "tova.menu";
  let compiled = "";

  function show({ health, quiescent, message }: ServerStatus): void {
    item.text = quiescent ? `${icons[health]} Tova` : "$(loading~spin) Tova";
    item.backgroundColor = health === "ok" ? undefined : new vscode.ThemeColor(`statusBarItem.${health}Background`);
    const words = [message || "The language server is running.", compiled].filter(Boolean);
    item.tooltip = words.join("\n");
    item.accessibilityInformation = { label: `Tova: ${words.join(" ")}`, role: "button" };
    item.show();
  }

  let last: ServerStatus = { health: "ok", quiescent: false, message: "The language server is starting." };
  show(last);
  const keep = (status: ServerStatus) => {
    last = status;
    show(status);
  };
  return vscode.Disposable.from(
    item,
    server.onStatus(keep),
    server.on<ServerStatus>("tova/serverStatus", keep),
    server.on<Compiled>("tova/compiled", (report) => {
      compiled = describe(report);
      show(last);
    }),
  );
}

/** One line about a compilation. */
export function describe(report: Compiled): string {
  if (report.errors > 0) {
    return `${report.errors} error${report.errors === 1 ? "" : "s"}${report.kept.length > 0 ? "; the last good output stays" : ""}`;
  }
  const written = report.written.filter((name) => !name.endsWith(".map"));
  if (written.length === 0) {
    return "Nothing has changed.";
  }
  return `Wrote ${written.length <= 3 ? written.join(", ") : `${written.length} files`} in ${report.milliseconds} ms.`;
}
