// `meson install` into an empty folder: every file is where the programs that read it look for it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { folder, root } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";

const plugin = "share/nvim/site/pack/tova/start/tova";

const installed = shared(async (t) => {
  const place = folder(t);
  execFileSync("meson", ["install", "-C", join(root, "build"), "--no-rebuild", "--quiet", "--destdir", place], { stdio: "pipe" });
  return join(place, "usr/local");
});

/** What a user who has these files and nothing else has around a program. */
const environment = (prefix, home) => ({
  PATH: `${prefix}/bin:/usr/bin:/bin`, HOME: home, XDG_DATA_DIRS: `${prefix}/share:/usr/local/share:/usr/share`, LC_ALL: "C.UTF-8", TERM: "dumb",
});

test("everything is in its place, and nothing is a link out of it", async () => {
  const prefix = await installed();
  for (const path of [
    "bin/tova", "share/man/man1/tova.1", "share/bash-completion/completions/tova", "share/zsh/site-functions/_tova",
    "share/fish/vendor_completions.d/tova.fish", `${plugin}/plugin/tova.lua`, `${plugin}/lsp/tova.lua`, `${plugin}/grammar/src/parser.c`,
    `${plugin}/grammar/src/tree_sitter/parser.h`, `${plugin}/grammar/queries/neovim-0.7/highlights.scm`, `${plugin}/doc/tags`,
  ]) {
    assert.ok(lstatSync(join(prefix, path)).isFile(), path);
  }
  const queries = join(root, "editors/nvim/queries/tova");
  for (const query of readdirSync(queries)) {
    assert.equal(readFileSync(join(prefix, plugin, "queries/tova", query), "utf8"), readFileSync(join(queries, query), "utf8"));
  }
  for (const entry of readdirSync(prefix, { recursive: true, withFileTypes: true })) {
    assert.ok(!entry.isSymbolicLink(), entry.name);
  }
});

test("the manual page is found by its name", async (t) => {
  if (spawnSync("man", ["--version"]).error) t.skip("man is not on this machine");
  const prefix = await installed();
  const found = execFileSync("man", ["-M", join(prefix, "share/man"), "-w", "tova"], { encoding: "utf8" }).trim();
  assert.equal(found, join(prefix, "share/man/man1/tova.1"));
});

test("Neovim has the plugin, its help and the server without a setting", async (t) => {
  if (spawnSync("nvim", ["--version"]).error) t.skip("nvim is not on this machine");
  const prefix = await installed();
  const home = folder(t, { "work/app.tova": "server {\n  fn get() { missing }\n}\n" });
  const lua = `
    local ok = vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
    vim.cmd("help tova")
    local client = require("tova.server").clients()[1]
    io.stdout:write(vim.fn.json_encode({
      filetype = vim.fn.getbufvar("app.tova", "&filetype"), commands = vim.fn.exists(":TovaPreview"), help = vim.fn.expand("%:p"),
      told = ok and vim.diagnostic.get(vim.fn.bufnr("app.tova"))[1].message or "nothing",
    }))
    vim.cmd("qall!")`;
  const output = execFileSync("nvim", ["--headless", "-n", "-i", "NONE", "app.tova", "-c", `lua ${lua.replace(/\s*\n\s*/g, " ")}`], {
    cwd: join(home, "work"), env: environment(prefix, home), encoding: "utf8", timeout: 120_000, stdio: ["ignore", "pipe", "pipe"],
  });
  const seen = JSON.parse(/\{.*\}/.exec(output)[0]);
  assert.equal(seen.filetype, "tova");
  assert.equal(seen.commands, 2);
  assert.equal(seen.help, join(prefix, plugin, "doc/tova.txt"));
  assert.match(seen.told, /missing/);
  assert.ok(existsSync(join(prefix, plugin, "lua/tova/health.lua")));
});
