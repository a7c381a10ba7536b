// The extension in the real Visual Studio Code: the package of the release, installed in a new profile, in one session after
// the other.
import assert from "node:assert/strict";
import { accessSync, constants, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "../harness/test.mjs";
import { binary, editor } from "./vscode_session.mjs";

const MINUTES = 15;

if (binary) {
  test("VS Code: the package of the release is installed in a new profile", async () => {
    const { home } = await editor();
    const installed = join(home, "extensions", readdirSync(join(home, "extensions")).find((name) => name.startsWith("tova.tova-")));
    const paths = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => relative(installed, join(entry.parentPath ?? entry.path, entry.name)).toLowerCase());
    for (const path of ["bin/tova", "dist/extension.js", "media/icon.png", "readme.md", "changelog.md", "syntaxes/tova.tmlanguage.json"]) {
      assert.ok(paths.includes(path), `${path} is not in ${paths}`);
    }
    accessSync(join(installed, "bin/tova"), constants.X_OK);
    assert.deepEqual(paths.filter((path) => /^(src|node_modules)\/|\.(ts|map|mjs)$/.test(path)), []);
  }, { timeout: MINUTES * 60_000 });
  await import("./vscode_dashboard.mjs");
  await import("./vscode_preview.mjs");
  await import("./vscode_tools.mjs");
  await import("./vscode_limits.mjs");
  test("VS Code: the log of the extension host has no error of the extension", async () => {
    const told = (await editor()).logs().filter(({ path }) => /exthost/.test(path));
    assert.ok(told.length > 0, "there is no log");
    // An entry begins with its time; what is below it belongs to it, and to a failed provider the next one, which says why.
    const entries = told.flatMap(({ path, text }) => text.split(/(?<!provider FAILED)\n(?=\d{4}-\d\d-\d\d )/).map((entry) => ({ path, entry })));
    const errors = entries.filter(({ path, entry }) => /^[^\n]*\[error\]/.test(entry) && /tova\.tova/.test(path + entry)).map(({ entry }) => entry);
    // The daemon that was killed on purpose, and the programs that are none.
    assert.deepEqual(errors.filter((entry) => !/connection.*(closed|got disposed)|write EPIPE|server (crashed|failed)|SIGKILL|\/nowhere\/|\/mine\.sh/i.test(entry)), []);
  });
} else {
  test("Visual Studio Code: the extension", (t) => t.skip("no Visual Studio Code ($TOVA_VSCODE names the server that serves it)"));
}
