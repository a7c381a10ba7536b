// The packaged extension in the real Visual Studio Code: one session through the dashboard example, as a user would have it,
// and what happens when the program is missing or dies. What it looks like is kept in build/screenshots; ./test --update
// puts those pictures into the extension.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shared, test } from "../harness/test.mjs";
import { folder, freePorts, root, until } from "../harness/program.mjs";
import { renamed } from "./dashboard.mjs";
import { packExtension, VsCode } from "./vscode_window.mjs";

const binary = process.env.TOVA_VSCODE;
const pictures = join(root, "build/screenshots");

if (!binary) {
  test("Visual Studio Code: the extension", (t) => t.skip("no Visual Studio Code ($TOVA_VSCODE names the server that serves it)"));
} else {
  declare();
}

function declare() {
  const packed = shared(async (t) => {
    const home = mkdtempSync(join(tmpdir(), "tova-vsix-"));
    t.after(() => rmSync(home, { recursive: true, force: true }));
    return packExtension(join(home, "tova.vsix"));
  });

  const session = shared(async (t) => {
    const workspace = join(folder(t), "dashboard");
    cpSync(join(root, "examples/dashboard"), workspace, { recursive: true });
    const [port] = await freePorts(1);
    const code = await VsCode.start(binary, { workspace, vsix: await packed(), settings: { "tova.dev.port": port } });
    t.after(() => code.stop());
    return { code, page: code.page, workspace, port };
  });

  const step = (words, body) => test(`VS Code: ${words}`, async (t) => {
    const given = await session();
    try {
      await body(given, t);
    } catch (problem) {
      await given.code.screenshot(join(pictures, "failed.png"));
      throw problem;
    }
  }, { timeout: 120_000 });

  /** Keeps a picture, and with --update puts it into the extension. */
  async function picture(code, name) {
    await code.screenshot(join(pictures, `${name}.png`));
    if (process.env.TOVA_UPDATE) {
      const kept = join(root, "editors/vscode/media/walkthrough");
      mkdirSync(kept, { recursive: true });
      copyFileSync(join(pictures, `${name}.png`), join(kept, `${name}.png`));
    }
  }

  const see = (page, selector, text) =>
    page.locator(selector, text === undefined ? {} : { hasText: text }).first().waitFor({ timeout: 20_000 });
  const gone = (page, selector) => page.locator(selector).first().waitFor({ state: "detached", timeout: 20_000 });

  step("the extension starts from its package in a new profile, and its item says that all is well", async ({ code, page }) => {
    await code.open("dashboard.tova");
    await see(page, "[id='tova.tova.tova.status']:has(.codicon-check)", "Tova");
  });

  step("diagnostics appear while typing, and go", async ({ code, page }) => {
    await code.find("server.list_");
    await page.keyboard.type("x");
    await see(page, ".squiggly-error");
    await picture(code, "diagnostics");
    await page.keyboard.press("Control+Z");
    await gone(page, ".squiggly-error");
  });

  step("completion behind `server.` has the functions of both servers", async ({ code, page }) => {
    await code.find("tickets = server.list_tickets()");
    await page.keyboard.press("Enter");
    await page.keyboard.type("server.");
    await see(page, ".suggest-widget.visible .monaco-list-row", "open_ticket");
    const labels = await page.locator(".suggest-widget.visible .monaco-list-row .label-name").allTextContents();
    for (const name of ["close_ticket", "list_tickets", "open_ticket"]) {
      assert.ok(labels.some((label) => label.startsWith(name)), `${name} is not in ${labels}`);
    }
    await picture(code, "completion");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+Z");
  });

  step("F12 on a server function leads into the other file", async ({ code, page }) => {
    await code.find("server.list_");
    await page.keyboard.press("F12");
    await see(page, ".tab.active[data-resource-name='api.tova']");
    await until("the cursor at the declaration", async () =>
      (await page.locator("[id='status.editor.selection']").textContent()).includes(`Ln ${declarationLine("api.tova", "fn list_tickets")}`));
  });

  const declarationLine = (file, words) =>
    readFileSync(join(root, "examples/dashboard", file), "utf8").split("\n").findIndex((line) => line.includes(words)) + 1;

  step("renaming a server function changes its declaration, its route and its calls in every file", async ({ code, page, workspace }) => {
    const texts = () => ["api.tova", "dashboard.tova", "events.tova", "theme.tova"].map((name) => readFileSync(join(workspace, name), "utf8"));
    const before = texts();
    const rename = async (from, to) => {
      await code.open("dashboard.tova");
      await code.find(`server.${from.slice(0, 4)}`);
      await page.keyboard.press("F2");
      await page.locator(".rename-box input").waitFor();
      await page.locator(".rename-box input").fill(to);
      await page.keyboard.press("Enter");
      await until("the new name in the editor", async () => (await code.lines(0)).some((line) => line.includes(`server.${to}`)));
      await code.command("File: Save All Files");
      await until("the files to be saved", () => texts()[0].includes(to) && texts()[1].includes(to));
    };
    await rename("list_tickets", "all_tickets");
    assert.deepEqual(texts(), before.map((text) => renamed(text, "list_tickets", "all_tickets")));
    await rename("all_tickets", "list_tickets");
    assert.deepEqual(texts(), before);
  });

  step("the emitted JavaScript stands beside the source and changes while typing", async ({ code, page }) => {
    await code.open("dashboard.tova");
    await code.find("fn feed_url");
    await code.command("Tova: Open Emitted JavaScript to the Side");
    await see(page, ".tab[data-resource-name$='.client.js']");
    await until("the emitted function", async () => (await code.lines(1)).some((line) => line.includes("feed_url")));
    await page.keyboard.type("_typed");
    await until("the typed name on the other side", async () => (await code.lines(1)).some((line) => line.includes("feed_url_typed")));
    for (let i = 0; i < "_typed".length; i++) {
      await page.keyboard.press("Backspace");
    }
    await until("the old name", async () => !(await code.lines(1)).some((line) => line.includes("feed_url_typed")));
  });

  step("the other side follows the cursor, moved by the keyboard, in both directions", async ({ code, page }) => {
    await code.find("fn listen");
    await page.keyboard.press("ArrowLeft");
    await until("the mark in the output", async () => /listen/.test((await code.marked(1)) ?? ""));
    await picture(code, "preview");
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+ArrowRight");
    await page.locator(".editor-group-container.active").nth(0).waitFor();
    await code.find("function feed_url");
    await page.keyboard.press("ArrowLeft");
    await until("the mark in the source", async () => /feed_url/.test((await code.marked(0)) ?? ""));
    await page.locator(".tab[data-resource-name$='.client.js'] .codicon-close").click();
    await gone(page, ".tab[data-resource-name$='.client.js']");
  });

  step("saving writes the output that has changed", async ({ code, page, workspace }) => {
    const output = join(workspace, ".tova-out");
    const source = () => readFileSync(join(workspace, "dashboard.tova"), "utf8");
    const before = source();
    await code.open("dashboard.tova");
    await code.find("/// The address of the feed");
    await page.keyboard.press("Home");
    await page.keyboard.type("fn saved_by_test() { 41 + 1 }\n");
    await page.keyboard.press("Control+S");
    const holds = () => execFileSync("grep", ["-rl", "saved_by_test", output], { encoding: "utf8" }).trim();
    await until("the output to hold the function", () => existsSync(output) && holds());
    await code.find("fn saved_by_test");
    await page.keyboard.press("Home");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+S");
    await until("the text of before", () => source() === before);
  });

  step("the tree shows the endpoints of both servers, and leads to them", async ({ code, page }) => {
    await code.command("Tova: Show Endpoints");
    const tree = ".pane-body .monaco-list-row";
    await see(page, tree, "open_ticket");
    const rows = await page.locator(tree).allTextContents();
    assert.ok(rows.some((row) => /GET \/api\/tickets\b/.test(row)), rows.join("\n"));
    assert.ok(rows.some((row) => /events/.test(row) && /port/.test(row)), rows.join("\n"));
    await picture(code, "endpoints");
    await page.locator(tree, { hasText: "open_ticket" }).first().click();
    await see(page, ".tab.active[data-resource-name='api.tova']");
  });

  step("the development server runs as a task, and the page loads", async ({ code, page, port }) => {
    await code.open("dashboard.tova");
    await code.command("Tova: Start Development Server");
    let text = "";
    await until("the page", async () => {
      text = await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), () => "");
      return text.includes("<script");
    }, 30_000);
    const tab = await page.context().newPage();
    await tab.goto(`http://127.0.0.1:${port}/`);
    await tab.locator("h1, h2, main").first().waitFor();
    await tab.close();
    await picture(code, "dev");
    await code.command("Tova: Stop Development Server");
    await until("the end of the servers", () => fetch(`http://127.0.0.1:${port}/`).then(() => false, () => true), 20_000);
  });

  step("a daemon that is killed is started again, and nothing typed is lost", async ({ code, page }) => {
    await code.open("dashboard.tova");
    await code.find("server.list_");
    await page.keyboard.type("x");
    await see(page, ".squiggly-error");
    execFileSync("pkill", ["-KILL", "-f", `${code.home}/extensions/.*/bin/tova lsp`]);
    await page.keyboard.type("yz");
    await until("the diagnostic of the new daemon", async () => (await page.locator(".squiggly-error").count()) > 0, 20_000);
    assert.ok((await code.lines(0)).some((line) => line.includes("server.list_xyztickets")));
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("Backspace");
    }
    await gone(page, ".squiggly-error");
  });

  step("the log of the extension host has no error of the extension", async ({ code }) => {
    const told = code.logs().filter(({ path }) => /exthost/.test(path));
    assert.ok(told.length > 0, "there is no log");
    const errors = told.flatMap(({ path, text }) =>
      text.split("\n").filter((line) => /\[error\]/.test(line) && (/tova/i.test(line) || /tova\.tova/.test(path))));
    // The one that was killed on purpose.
    assert.deepEqual(errors.filter((line) => !/connection.*(closed|got disposed)|write EPIPE|server crashed|SIGKILL/i.test(line)), []);
  });

  test("VS Code: a wrong program gives a message with the way out, and editing works", async (t) => {
    const workspace = folder(t, { "app.tova": "x = 1\n" });
    const code = await VsCode.start(binary, { workspace, vsix: await packed(), settings: { "tova.server.path": "/nowhere/tova" } });
    t.after(() => code.stop());
    await code.open("app.tova");
    await see(code.page, ".notification-toast", "/nowhere/tova");
    await see(code.page, ".notification-toast .monaco-button", "Open Settings");
    await code.screenshot(join(pictures, "wrong-program.png"));
    await code.page.locator(".notification-toast .monaco-button", { hasText: "Open Settings" }).click();
    await see(code.page, ".settings-editor, .settings-tree-container");
  }, { timeout: 120_000 });
}
