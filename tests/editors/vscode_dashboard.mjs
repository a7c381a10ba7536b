// The extension in the dashboard example, as a user would have it for the first time: from the first mistake to the page, and
// what happens when the daemon dies.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts, root, until } from "../harness/program.mjs";
import { renamed } from "./dashboard.mjs";
import { picture, session } from "./vscode_session.mjs";

const step = session(async (workspace) => {
  cpSync(join(root, "examples/dashboard"), workspace, { recursive: true });
  // In pictures it is the port that everybody has.
  const port = process.env.TOVA_UPDATE ? 3000 : (await freePorts(1))[0];
  return { port, settings: { "tova.dev.port": port } };
}, "dashboard");

step("the extension starts from its package in a new profile, and its item says that all is well", async ({ window, page }) => {
  await window.open("dashboard.tova");
  await window.see("[id='tova.tova.tova.status']:has(.codicon-check)", "Tova");
});

step("diagnostics appear while typing, and go", async ({ window, page }) => {
  await window.find("server.list_");
  await page.keyboard.type("x");
  await window.see(".squiggly-error");
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  await window.see(".monaco-hover", "Did you mean");
  await picture(page, "diagnostics", { x: 348, y: 85, width: 1040, height: 480 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Z");
  await window.gone(".squiggly-error");
});

step("completion behind `server.` has the functions of both servers", async ({ window, page }) => {
  await window.find("tickets = server.list_tickets()");
  await page.keyboard.press("Enter");
  await page.keyboard.type("server.");
  for (const name of ["close_ticket", "list_tickets", "open_ticket"]) {
    await window.see(".suggest-widget.visible .monaco-list-row .label-name", name);
  }
  await picture(page, "completion", { x: 348, y: 250, width: 760, height: 400 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+Z");
});

step("a call that a completion writes shows its parameters, and one without any does not", async ({ window, page }) => {
  const accept = async (words, label) => {
    await page.keyboard.type(words);
    await window.see(".suggest-widget.visible .monaco-list-row.focused", label);
    await page.keyboard.press("Enter");
  };
  await window.find("tickets = server.list_tickets()");
  await page.keyboard.press("Enter");
  await accept("server.open_t", "open_ticket");
  await window.see(".parameter-hints-widget.visible", "open_ticket");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await accept("server.list_t", "list_tickets");
  await until("the call", async () => (await window.lines(0)).some((line) => line.trim() === "server.list_tickets()"));
  assert.equal(await page.locator(".parameter-hints-widget.visible").count(), 0);
  await window.command("File: Revert File");
});

step("F12 on a server function leads into the other file", async ({ window, page }) => {
  await window.find("server.list_");
  await page.keyboard.press("F12");
  await window.see(".tab.active[data-resource-name='api.tova']");
  await until("the cursor at the declaration", async () =>
    (await page.locator("[id='status.editor.selection']").textContent()).includes(`Ln ${declarationLine("api.tova", "fn list_tickets")}`));
});

const declarationLine = (file, words) =>
  readFileSync(join(root, "examples/dashboard", file), "utf8").split("\n").findIndex((line) => line.includes(words)) + 1;

step("renaming a server function changes its declaration, its route and its calls in every file", async ({ window, page, workspace }) => {
  const texts = () => ["api.tova", "dashboard.tova", "events.tova", "theme.tova"].map((name) => readFileSync(join(workspace, name), "utf8"));
  const before = texts();
  const rename = async (from, to) => {
    await window.open("dashboard.tova");
    await window.find(`server.${from.slice(0, 4)}`);
    await page.keyboard.press("F2");
    await page.locator(".rename-box input").waitFor();
    await page.locator(".rename-box input").fill(to);
    await page.keyboard.press("Enter");
    await until("the new name in the editor", async () => (await window.lines(0)).some((line) => line.includes(`server.${to}`)));
    await window.command("File: Save All Files");
  };
  const saved = (expected) => until("the files to be saved", () => (assert.deepEqual(texts(), expected), true));
  await rename("list_tickets", "all_tickets");
  await saved(before.map((text) => renamed(text, "list_tickets", "all_tickets")));
  await rename("all_tickets", "list_tickets");
  await saved(before);
});

step("the emitted JavaScript stands beside the source and changes while typing", async ({ window, page }) => {
  await window.open("dashboard.tova");
  await window.find("fn feed_url");
  await window.command("Tova: Open Emitted JavaScript to the Side");
  await window.see(".tab[data-resource-name$='.client.js']");
  await until("the emitted function", async () => (await window.lines(1)).some((line) => line.includes("feed_url")));
  await until("the mark at it", async () => /function feed_url/.test((await window.marked(1)) ?? "") && (await window.markWidth(1)) === "feed_url".length);
  await page.keyboard.type("_typed");
  await until("the typed name on the other side", async () => (await window.lines(1)).some((line) => line.includes("feed_url_typed")));
  await until("the mark at the typed name alone", async () => (await window.markWidth(1)) === "feed_url_typed".length);
  for (let i = 0; i < "_typed".length; i++) {
    await page.keyboard.press("Backspace");
  }
  await until("the old name", async () => !(await window.lines(1)).some((line) => line.includes("feed_url_typed")));
});

step("the other side follows the cursor, moved by the keyboard, in both directions", async ({ window, page }) => {
  await window.find("fn listen");
  await page.keyboard.press("ArrowLeft");
  await until("the mark in the output", async () => /listen/.test((await window.marked(1)) ?? ""));
  await picture(page, "preview", { x: 348, y: 35, width: 1092, height: 682 });
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+ArrowRight");
  await page.waitForFunction(() => document.querySelectorAll(".editor-group-container")[1].contains(document.activeElement));
  await window.find("function feed_url");
  await page.keyboard.press("ArrowLeft");
  await until("the mark in the source", async () => /feed_url/.test((await window.marked(0)) ?? ""));
  await page.locator(".tab[data-resource-name$='.client.js'] .codicon-close").click();
  await window.gone(".tab[data-resource-name$='.client.js']");
});

step("saving writes the output that has changed", async ({ window, page, workspace }) => {
  const output = join(workspace, ".tova-out");
  const source = () => readFileSync(join(workspace, "dashboard.tova"), "utf8");
  const before = source();
  await window.open("dashboard.tova");
  await window.find("/// The address of the feed");
  await page.keyboard.press("Home");
  await page.keyboard.type("fn saved_by_test() { 41 + 1 }\n");
  await page.keyboard.press("Control+S");
  const holds = () => execFileSync("grep", ["-rl", "saved_by_test", output], { encoding: "utf8" }).trim();
  await until("the output to hold the function", () => existsSync(output) && holds());
  await window.find("fn saved_by_test");
  await page.keyboard.press("Home");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+S");
  await until("the text of before", () => source() === before);
});

step("the tree shows the endpoints of both servers, and leads to them", async ({ window, page }) => {
  await window.command("Tova: Show Endpoints");
  const tree = ".pane-body .monaco-list-row";
  await window.see(tree, "open_ticket");
  await window.see(tree, /GET \/api\/tickets\b/);
  await window.see(tree, /events.*port/s);
  await picture(page, "endpoints", { x: 0, y: 30, width: 760, height: 400 });
  await page.locator(tree, { hasText: "open_ticket" }).first().click();
  await window.see(".tab.active[data-resource-name='api.tova']");
});

step("the development server runs as a task, and the page loads", async ({ window, page, port }) => {
  await window.open("dashboard.tova");
  await window.command("Tova: Start Development Server");
  let text = "";
  await until("the page", async () => {
    text = await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), () => "");
    return text.includes("<script");
  });
  const tab = await page.context().newPage();
  await tab.goto(`http://127.0.0.1:${port}/`);
  await tab.setViewportSize({ width: 960, height: 420 });
  for (const title of ["The printer prints in blue only", "New chairs for the meeting room"]) {
    await tab.getByPlaceholder("What is wrong?").fill(title);
    await tab.getByRole("button", { name: "Open ticket" }).click();
    await tab.locator(".ticket", { hasText: title }).waitFor();
  }
  await picture(tab, "dev");
  await tab.close();
  await window.command("Tova: Stop Development Server");
  await until("the end of the servers", () => fetch(`http://127.0.0.1:${port}/`).then(() => false, () => true));
});

step("a daemon that is killed is started again, and nothing typed is lost", async ({ code, window, page }) => {
  await window.open("dashboard.tova");
  await window.find("server.list_");
  await page.keyboard.type("x");
  await window.see(".squiggly-error");
  execFileSync("pkill", ["-KILL", "-f", `${code.home}/extensions/.*/bin/tova lsp`]);
  await page.keyboard.type("yz");
  await until("the diagnostic of the new daemon", async () => (await page.locator(".squiggly-error").count()) > 0);
  await until("what was typed", async () => (await window.lines(0)).some((line) => line.includes("server.list_xyztickets")));
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press("Backspace");
  }
  await window.gone(".squiggly-error");
});
