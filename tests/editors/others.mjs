// The files of editors/ for editors that are not driven here: each is what its editor can read, and names what is there.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "../harness/test.mjs";
import { bun, folder, freePorts, root, run, tova, until, write } from "../harness/program.mjs";

const editors = join(root, "editors");
const read = (name) => readFileSync(join(editors, name), "utf8");

/** TOML by Bun's own reader. */
function toml(name) {
  const code = `console.log(JSON.stringify(Bun.TOML.parse(await Bun.file(process.argv[1]).text())))`;
  return JSON.parse(execFileSync(bun, ["-e", code, join(editors, name)], { encoding: "utf8" }));
}

test("Helix: the language names the server that it defines", () => {
  const { language, grammar, "language-server": servers } = toml("helix/languages.toml");
  assert.deepEqual(language[0]["file-types"], ["tova"]);
  assert.deepEqual(language[0]["language-servers"], Object.keys(servers));
  assert.deepEqual([servers.tova.command, ...servers.tova.args], ["tova", "lsp"]);
  assert.equal(grammar[0].name, language[0].name);
});

test("Zed: the extension and its language are read, and their queries are there", () => {
  const extension = toml("zed/extension.toml");
  const language = toml("zed/languages/tova/config.toml");
  assert.ok(language.grammar in extension.grammars);
  assert.ok(existsSync(join(root, extension.grammars.tova.path, "src/parser.c")));
  for (const query of ["highlights", "injections", "indents", "outline"]) {
    assert.ok(read(`zed/languages/tova/${query}.scm`).includes("@"), query);
  }
});

test("VS Code: the problem matcher reads what `tova check` prints", async (t) => {
  const { contributes } = JSON.parse(read("vscode/package.json"));
  const [pattern] = contributes.problemPatterns;
  const path = join(folder(t, { "a.tova": "fn f() {\n  missing(1)\n}\n" }), "a.tova");
  const { stderr, stdout } = await run(tova, ["check", path]);
  const found = `${stdout}${stderr}`.split("\n").map((line) => new RegExp(pattern.regexp).exec(line)).find(Boolean);
  const parts = ["file", "line", "column", "severity", "code"].map((part) => found?.[pattern[part]]);
  assert.deepEqual(parts, [path, "2", "3", "error", "E101"]);
  assert.match(found[pattern.message], /`missing` is not defined/);
});

test("VS Code: the watching matcher sees the development server begin, find a mistake, and end", async (t) => {
  const { contributes } = JSON.parse(read("vscode/package.json"));
  const { background } = contributes.problemMatchers.find(({ name }) => name === "tova-watch");
  const mistake = new RegExp(contributes.problemPatterns[0].regexp);
  const here = folder(t, { "app.tova": 'server {\n  fn hello() -> String { "hello" }\n}\n' });
  const [port] = await freePorts(1);
  const child = spawn(tova, ["dev", here, "--port", String(port)], { env: { ...process.env, PATH: `${dirname(bun)}:${process.env.PATH}` } });
  t.after(() => new Promise((ended) => child.once("exit", ended).kill()));
  const lines = [];
  let rest = "";
  const take = (text) => {
    const all = (rest + text).split("\n");
    rest = all.pop();
    lines.push(...all);
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  const seen = async (what, pattern) => {
    const at = await until(what, () => [...lines, rest].findIndex((line) => pattern.test(line)) + 1);
    lines.splice(0, at);
  };
  await seen("its beginning", new RegExp(background.beginsPattern));
  await seen("its end", new RegExp(background.endsPattern));
  write(join(here, "app.tova"), "server {\n  fn hello() { missing(1) }\n}\n");
  await seen("the mistake", mistake);
  write(join(here, "app.tova"), 'server {\n  fn hello() -> String { "hello again" }\n}\n');
  await seen("the end behind the mistake", new RegExp(background.endsPattern));
});

test("VS Code: the syntax of what a snippet inserts is right", async (t) => {
  const snippets = JSON.parse(read("vscode/snippets/tova.json"));
  const inside = { State: "browser", Effect: "browser", Component: "browser", Route: "server", Model: "server" };
  const inserted = ({ body }) => body.join("\n").replace(/\$\{\d+\|([^,|]*)[^}]*\}|\$\{\d+:([^}]*)\}|\$\d+/g, (_, choice, text) => choice ?? text ?? "");
  const files = {};
  for (const [name, snippet] of Object.entries(snippets)) {
    const block = inside[name];
    files[`${name.replaceAll(" ", "_")}.tova`] = `${block ? `${block} {\n${inserted(snippet)}\n}` : inserted(snippet)}\n`;
  }
  const here = folder(t, files);
  for (const name of Object.keys(files)) {
    const { stdout, stderr } = await run(tova, ["check", join(here, name)]);
    // What stands for the user's own is not defined; the syntax (E0) is right.
    const told = `${stdout}${stderr}`.split("\n").filter((line) => /: error: .* \[E0\d+\]$/.test(line));
    assert.deepEqual(told, [], `${name}:\n${files[name]}`);
  }
});

test("Sublime Text and Kate: their settings are JSON and start the server", () => {
  assert.deepEqual(JSON.parse(read("sublime/LSP-tova.sublime-settings")).command, ["tova", "lsp"]);
  assert.deepEqual(JSON.parse(read("kate/settings.json")).servers.tova.command, ["tova", "lsp"]);
});

test("Kate: every context and style that the syntax names is defined", () => {
  const xml = read("kate/tova.xml");
  const all = (pattern) => new Set([...xml.matchAll(pattern)].map((match) => match[1]));
  const contexts = all(/<context name="(\w+)"/g);
  const styles = all(/<itemData name="(\w+)"/g);
  for (const context of all(/ context="(\w+)"/g)) assert.ok(contexts.has(context), context);
  for (const style of all(/ attribute="(\w+)"/g)) assert.ok(styles.has(style), style);
});

test("Emacs: the brackets of the mode close, and it provides what it is called", () => {
  const code = read("emacs/tova-mode.el").replace(/"(?:[^"\\]|\\[^])*"/g, "").replace(/\?\\?./g, "").replace(/;.*/g, "");
  let depth = 0;
  for (const character of code) {
    depth += "([".includes(character) ? 1 : ")]".includes(character) ? -1 : 0;
    assert.ok(depth >= 0, "a bracket closes that was not open");
  }
  assert.equal(depth, 0);
  assert.match(code, /\(provide 'tova-mode\)/);
});

test("every link below editors/ leads to a file", () => {
  const visit = (folder) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name === "node_modules" || name === "dist") continue;
      if (lstatSync(path).isDirectory()) visit(path);
      else assert.ok(existsSync(path), path);
    }
  };
  visit(editors);
});
