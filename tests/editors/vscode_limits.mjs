// The extension in Visual Studio Code where it may not do everything: a folder that nobody trusts, a program that is none.
import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pause, until, write } from "../harness/program.mjs";
import { session } from "./vscode_session.mjs";

const status = "[id='tova.tova.tova.status']";

const untrusted = session(async (workspace) => {
  write(join(workspace, "app.tova"), 'fn f() {\n  missing(1)\n}\n\ntest "one" {\n  assert_eq(1, 1)\n}\n');
  write(join(workspace, ".vscode/settings.json"), JSON.stringify({ "tova.server.path": "mine.sh" }));
  write(join(workspace, "mine.sh"), '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n');
  chmodSync(join(workspace, "mine.sh"), 0o755);
  return { settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" } };
});

untrusted("in a folder that is not trusted the program of the package reads, and the folder's own is not run", async ({ window, page, workspace }) => {
  await window.see(`${status}:has(.codicon-check)`, "Tova");
  await window.open("app.tova");
  await window.see(".squiggly-error");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("// saved\n");
  await page.keyboard.press("Control+S");
  await until("the file to be saved", () => readFileSync(join(workspace, "app.tova"), "utf8").includes("// saved"));
  await pause(1000);
  assert.deepEqual(readdirSync(workspace).sort(), [".vscode", "app.tova", "mine.sh"]);
});

untrusted("what would write or run there says why not", async ({ window, page, workspace }) => {
  const refused = async (act) => {
    await act();
    await window.see(".notification-toast", "This folder is not trusted");
    await page.locator(".notification-toast", { hasText: "This folder is not trusted" }).first().hover();
    await page.locator(".notification-toast .codicon-notifications-clear").first().click();
    await window.gone(".notification-toast");
  };
  await refused(() => window.command("Tova: Compile"));
  await refused(() => window.command("Tova: Start Development Server"));
  await refused(() => page.locator(".codelens-decoration a", { hasText: "run the test" }).first().click());
  assert.deepEqual(readdirSync(workspace).sort(), [".vscode", "app.tova", "mine.sh"]);
});

untrusted("trusting it by the button gives the folder's settings their meaning", async ({ window, page, workspace }) => {
  await window.command("Tova: Compile");
  await page.locator(".notification-toast .monaco-button", { hasText: "Manage Workspace Trust" }).first().click();
  await page.locator(".workspace-trust-buttons-row .monaco-button", { hasText: "Trust" }).first().click();
  await window.see(".notification-toast", "mine.sh does not answer");
  assert.ok(existsSync(join(workspace, "ran")));
});

const wrong = session(async (workspace) => {
  write(join(workspace, "app.tova"), "x = 1\n");
  write(join(workspace, ".vscode/settings.json"), JSON.stringify({ "tova.server.path": "/nowhere/tova" }));
  return {};
});

wrong("a wrong program gives a message with the way out, and a status that says so", async ({ window, page }) => {
  await window.see(".notification-toast", "/nowhere/tova");
  await window.see(`${status}:has(.codicon-error)`);
  await window.see(".notification-toast .monaco-button", "Open Settings");
  await window.open("app.tova");
  await page.keyboard.type("y");
  await until("what was typed", async () => (await window.lines(0))[0].startsWith("yx = 1"));
});

wrong("commands say that the server does not run, and a mended setting starts it", async ({ window, page, workspace }) => {
  await page.locator(".notification-toast").first().hover();
  await page.locator(".notification-toast .codicon-notifications-clear").first().click();
  await window.command("Tova: Show Memory");
  await window.see(".notification-toast", "The language server is not running.");
  await window.see(".notification-toast .monaco-button", "Restart");
  write(join(workspace, ".vscode/settings.json"), "{}");
  await window.see(`${status}:has(.codicon-check)`);
});
