// A real Visual Studio Code: served to a headless Chromium, in a new profile with this repository's packaged extension, and
// used as a user does, by keys and by looking at what is on the screen.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { freePorts, root, tova, until, write } from "../harness/program.mjs";

const extension = join(root, "editors/vscode");

/** Packs the extension with the program of the build, into `out`. Its tools are installed when they are missing. */
export function packExtension(out) {
  const npm = (...words) => execFileSync("npm", words, { cwd: extension, stdio: ["ignore", "ignore", "inherit"] });
  if (!existsSync(join(extension, "node_modules/.package-lock.json"))) {
    npm("ci", "--ignore-scripts");
    execFileSync(process.execPath, [join(extension, "node_modules/esbuild/install.js")], { cwd: extension });
  }
  execFileSync(join(extension, "node_modules/.bin/tsc"), ["--noEmit", "-p", extension], { stdio: ["ignore", "inherit", "inherit"] });
  execFileSync(process.execPath, [join(extension, "package.mjs"), "--program", tova, "--out", out], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
}

export class VsCode {
  /**
   * @param {string} binary the server that serves the editor
   * @param {{ workspace: string, vsix: string, settings?: object, path?: string }} options
   */
  static async start(binary, { workspace, vsix, settings = {}, path }) {
    const code = new VsCode();
    code.home = mkdtempSync(join(tmpdir(), "tova-vscode-"));
    code.data = join(code.home, "data");
    const extensions = join(code.home, "extensions");
    write(join(code.data, "User/settings.json"), JSON.stringify({
      "workbench.startupEditor": "none", "telemetry.telemetryLevel": "off", "security.workspace.trust.enabled": false,
      "files.autoSave": "off", "editor.minimap.enabled": false, "window.commandCenter": false, "workbench.tips.enabled": false,
      "extensions.ignoreRecommendations": true, "editor.inlayHints.enabled": "off", "chat.commandCenter.enabled": false, ...settings,
    }));
    const env = { ...process.env, PATH: path ?? `${dirname(process.env.TOVA_BUN ?? "")}${delimiter}${process.env.PATH}`, HOME: code.home };
    execFileSync(binary, ["--install-extension", vsix, "--extensions-dir", extensions, "--user-data-dir", code.data], { env, stdio: "ignore" });
    const [port] = await freePorts(1);
    code.server = spawn(
      binary,
      ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--user-data-dir", code.data, "--extensions-dir", extensions,
        "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", workspace],
      { env, stdio: ["ignore", "pipe", "pipe"], detached: true },
    );
    code.ended = new Promise((resolve) => code.server.once("exit", resolve));
    await until("the editor's server", () => fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false), 30_000);
    code.browser = await chromium.launch({
      executablePath: process.env.TOVA_CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    const context = await code.browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
    code.page = await context.newPage();
    await code.page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
    await code.page.waitForSelector(".monaco-workbench .statusbar", { timeout: 60_000 });
    return code;
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget:not([style*='display: none']) input");
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title.split(": ").at(-1) }).first().waitFor();
    await this.page.keyboard.press("Enter");
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
    await this.page.keyboard.press("Escape");
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

  /** What the extension host has logged about this extension and about errors in it. */
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
      const late = setTimeout(() => process.kill(-this.server.pid, "SIGKILL"), 5000);
      await this.ended;
      clearTimeout(late);
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}
