// A real Visual Studio Code: served to a headless Chromium, in a new profile with this repository's packaged extension, and
// used as a user does, by keys and by looking at what is on the screen.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { freePorts, remove, root, tova, until, write } from "../harness/program.mjs";

const quiet = {
  "workbench.startupEditor": "none", "telemetry.telemetryLevel": "off", "security.workspace.trust.enabled": false,
  "files.autoSave": "off", "editor.minimap.enabled": false, "window.commandCenter": false, "workbench.tips.enabled": false,
  "extensions.ignoreRecommendations": true, "editor.inlayHints.enabled": "off", "chat.commandCenter.enabled": false,
  "terminal.integrated.gpuAcceleration": "off",
};

/**
 * Puts into `out` the package that .ci/release makes; where a release cannot be made, one of the program of the build. In both
 * cases editors/vscode/package.mjs is what packs it.
 */
export function packExtension(out) {
  const made = spawnSync(join(root, ".ci/release"), { encoding: "utf8" });
  if (made.status === 0) {
    cpSync(made.stdout.trim().split("\n").at(-1), out);
  } else if (made.stderr.includes("no sources of cJSON")) {
    execFileSync(process.execPath, [join(root, "editors/vscode/package.mjs"), "--program", tova, "--out", out], { stdio: "ignore" });
  } else {
    throw new Error(`.ci/release: ${made.stderr}`);
  }
  return out;
}

/** The program of the editor and a browser, with one window after the other. */
export class VsCode {
  /**
   * @param {string} binary the server that serves the editor
   * @param {string} vsix the package of the extension
   */
  static async start(binary, vsix) {
    const code = new VsCode();
    code.home = mkdtempSync(join(tmpdir(), "tova-vscode-"));
    code.data = join(code.home, "data");
    const extensions = join(code.home, "extensions");
    code.configure({});
    const env = { ...process.env, PATH: `${dirname(process.env.TOVA_BUN ?? "")}${delimiter}${process.env.PATH}`, HOME: code.home };
    execFileSync(binary, ["--install-extension", vsix, "--extensions-dir", extensions, "--user-data-dir", code.data], { env, stdio: "ignore" });
    const [port] = await freePorts(1);
    code.address = `http://127.0.0.1:${port}/`;
    code.server = spawn(
      binary,
      ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--user-data-dir", code.data, "--extensions-dir", extensions,
        "--disable-telemetry", "--disable-update-check"],
      { env, stdio: ["ignore", "ignore", "ignore"], detached: true },
    );
    code.ended = new Promise((resolve) => code.server.once("exit", resolve));
    await until("the editor's server", () => fetch(`${code.address}healthz`).then((answer) => answer.ok, () => false), 120_000);
    code.browser = await chromium.launch({
      executablePath: process.env.TOVA_CHROMIUM,
      timeout: 90_000,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    code.context = await code.browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
    return code;
  }

  /** The settings of the user, of windows that are opened behind it. */
  configure(settings) {
    write(join(this.data, "User/settings.json"), JSON.stringify({ ...quiet, ...settings }));
  }

  /** A window with a folder, and with settings of the user; the one before is closed. */
  async window(workspace, settings = {}) {
    await this.page?.close();
    this.configure(settings);
    const page = await this.context.newPage();
    this.page = page;
    await page.goto(`${this.address}?folder=${encodeURIComponent(workspace)}`);
    await page.waitForSelector(".monaco-workbench .statusbar", { timeout: 180_000 });
    return new Window(page, workspace);
  }

  /** What was logged by the editor and by its extensions. */
  logs() {
    const found = [];
    const visit = (folder) => {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) {
          visit(path);
        } else if (name.endsWith(".log")) {
          found.push({ path, text: readFileSync(path, "utf8") });
        }
      }
    };
    visit(join(this.data, "logs"));
    return found;
  }

  async stop() {
    await this.browser?.close();
    if (this.server?.exitCode === null) {
      process.kill(-this.server.pid, "SIGTERM");
      const late = setTimeout(() => process.kill(-this.server.pid, "SIGKILL"), 20_000);
      await this.ended;
      clearTimeout(late);
      this.#endGroup();
    }
    remove(this.home);
  }

  /** Ends what the server has started, and not ended with itself. */
  #endGroup() {
    try {
      process.kill(-this.server.pid, "SIGKILL");
    } catch {
      // There is none left.
    }
  }
}

/** Milliseconds after which what is looked for is not expected to appear any more. */
const LONG = 60_000;

/** One window with a folder. */
export class Window {
  constructor(page, workspace) {
    page.setDefaultTimeout(LONG);
    this.page = page;
    this.workspace = workspace;
  }

  /** Waits for something to be there, with a text in it. */
  async see(selector, text, timeout = LONG) {
    const found = this.page.locator(selector, text === undefined ? {} : { hasText: text }).first();
    await found.waitFor({ timeout });
    return found;
  }

  async gone(selector, text) {
    await this.page.locator(selector, text === undefined ? {} : { hasText: text }).first().waitFor({ state: "detached", timeout: LONG });
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget:not([style*='display: none']) input");
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.pick(title);
  }

  /**
   * Takes the row of the open list that begins with a text; behind it are a comma and what else the editor says. A list that
   * is still being filled may swallow the click.
   */
  async pick(title) {
    const list = ".quick-input-list .monaco-list-row";
    const row = this.page.locator(`${list}[aria-label="${title}"], ${list}[aria-label^="${title}, "]`).first();
    await row.waitFor();
    await until(`${title} to be taken`, async () => {
      await row.click({ timeout: 500 }).catch(() => undefined);
      return row.waitFor({ state: "hidden", timeout: 500 }).then(() => true);
    });
  }

  /** Opens a file of the workspace. */
  async open(name) {
    await this.page.keyboard.press("Control+P");
    const input = this.page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(name);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
  }

  /** Puts the cursor behind the first place of a text in the active editor, by the editor's own search. */
  async find(text) {
    await this.page.keyboard.press("Control+Home");
    await this.page.keyboard.press("Control+F");
    const input = this.page.locator(".editor-group-container.active .find-widget.visible textarea[title='Find'], .editor-group-container.active .find-widget.visible .find-part textarea").first();
    await input.waitFor();
    await input.fill(text);
    await this.page.keyboard.press("Enter");
    await until("the search to close", async () => {
      if (await this.page.evaluate(() => Boolean(document.activeElement?.closest(".find-widget")))) {
        await this.page.keyboard.press("Escape");
      }
      return input.waitFor({ state: "hidden", timeout: 500 }).then(() => true, () => false);
    });
    await this.page.keyboard.press("ArrowRight");
  }

  /** What the n-th visible group shows, line by line; only what is on the screen. */
  lines(group) {
    return this.page.locator(".editor-group-container").nth(group).locator(".monaco-editor .view-lines").first().evaluate((lines) =>
      [...lines.querySelectorAll(".view-line")]
        .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
        .map((line) => line.textContent.replaceAll("\u00a0", " ")));
  }

  /** The line on which the extension's mark stands in the n-th group, or null. */
  marked(group) {
    return this.page.locator(".editor-group-container").nth(group).evaluate((element) => {
      const mark = element.querySelector(".view-overlays .cdr[class*='TextEditorDecorationType']")?.parentElement;
      const line = mark && [...element.querySelectorAll(".view-line")].find((other) => other.style.top === mark.style.top);
      return line ? line.textContent.replaceAll("\u00a0", " ") : null;
    });
  }

  /** How many letters wide the extension's mark in the n-th group is; 0 where there is none. */
  markWidth(group) {
    return this.page.locator(".editor-group-container").nth(group).evaluate((element) => {
      const mark = element.querySelector(".view-overlays .cdr[class*='TextEditorDecorationType']");
      const line = [...element.querySelectorAll(".view-line > span")].find((other) => other.textContent.length > 10);
      const letter = line ? line.getBoundingClientRect().width / line.textContent.length : 0;
      return mark && letter > 0 ? Math.round(mark.getBoundingClientRect().width / letter) : 0;
    });
  }

  /** The whole text of the active editor, by way of the clipboard. */
  async text() {
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Control+C");
    const text = await this.page.evaluate(() => navigator.clipboard.readText());
    await this.page.keyboard.press("ArrowLeft");
    return text;
  }

  async screenshot(path) {
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }
}
