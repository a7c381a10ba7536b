// What the package of the extension for Visual Studio Code declares is what its code, its README and the server have.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const extension = join(root, "editors/vscode");
const read = (path) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("editors/vscode/package.json"));
const { contributes } = manifest;
const code = readdirSync(join(extension, "src")).map((name) => read(`editors/vscode/src/${name}`)).join("\n");
const all = (text, pattern) => new Set([...text.matchAll(pattern)].map((match) => match[1]));
const sorted = (names) => [...names].sort();

/** What the Language Server Protocol names itself, and every client knows. */
const standard = {
  TYPES: "namespace type class enum interface struct typeParameter parameter variable property enumMember event function method macro " +
    "keyword modifier comment string number regexp operator decorator label",
  MODIFIERS: "declaration definition readonly static deprecated abstract async modification documentation defaultLibrary",
};

/** The names of one table of the server's legend. */
function legend(table) {
  const text = read("server/features/token_kinds.def");
  const start = text.indexOf(`#define TOKEN_${table}(`);
  assert.ok(start >= 0, table);
  const names = all(text.slice(start).split("\n\n")[0], /(?:FIRST|NEXT)\(\w+, "(\w+)"\)/g);
  assert.ok(names.size > 5, `${table}: ${names.size} names`);
  return names;
}

test("VS Code: semantic tokens of the server's own are declared, and each has a scope for themes without them", () => {
  const own = (table) => sorted([...legend(table)].filter((name) => !standard[table].split(" ").includes(name)));
  assert.deepEqual(sorted(contributes.semanticTokenTypes.map(({ id }) => id)), own("TYPES"));
  assert.deepEqual(sorted(contributes.semanticTokenModifiers.map(({ id }) => id)), own("MODIFIERS"));
  const selectors = Object.keys(contributes.semanticTokenScopes[0].scopes).map((selector) => selector.split("."));
  for (const [type, ...modifiers] of selectors) {
    assert.ok(type === "*" || legend("TYPES").has(type), type);
    modifiers.forEach((modifier) => assert.ok(legend("MODIFIERS").has(modifier), modifier));
  }
  for (const name of [...own("TYPES"), ...own("MODIFIERS")]) {
    assert.ok(selectors.some((parts) => parts.includes(name)), `${name} has no scope`);
  }
});

test("VS Code: every command that is declared is there, and menus, keys and pictures name those", () => {
  const declared = new Set(contributes.commands.map(({ command }) => command));
  const registered = new Set([...all(code, /registerCommand\("([\w.]+)"/g), ...all(code, /^ {4}"(tova\.[\w.]+)": /gm)]);
  const forServer = all(/clientCommands = \[(.*?)\]/.exec(code)[1], /"([\w.]+)"/g);
  assert.deepEqual(sorted(registered), sorted([...declared, ...forServer]));
  assert.deepEqual(sorted(forServer), sorted(all(read("PROTOCOL.md"), /^\| `(tova\.\w+)` \|/gm)));
  const named = all(JSON.stringify([contributes.menus, contributes.keybindings, contributes.walkthroughs]), /(?:"command":"|command:)(tova\.[\w.]+)/g);
  assert.ok(named.size > 8);
  for (const command of named) assert.ok(declared.has(command), command);
});

test("VS Code: the settings that are declared are those that are read and those of the README", () => {
  const declared = Object.keys(contributes.configuration.properties);
  // The client library reads this one by the name of the client.
  const got = [...all(code, /\.get(?:<[^>]*>)?\("([\w.]+)"/g), "trace.server"].map((name) => `tova.${name}`);
  for (const name of got) assert.ok(declared.some((other) => other === name || other.startsWith(`${name}.`)), `${name} is read`);
  for (const name of declared) assert.ok(got.some((other) => other === name || name.startsWith(`${other}.`)), `${name} is declared`);
  const told = all(read("editors/vscode/README.md"), /^\| `(tova\.[\w.*]+)` \|/gm);
  assert.deepEqual(sorted(told), sorted(new Set(declared.map((name) => name.replace(/(?<=inlayHints\.).*/, "*")))));
  for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) assert.ok(declared.includes(name), name);
});

test("VS Code: the tasks that are declared are those that are provided", () => {
  const [{ properties }] = contributes.taskDefinitions;
  assert.deepEqual(sorted(properties.command.enum), sorted(all(code, /\{ command: "(\w+)",.* matcher: /g)));
  const matchers = new Set(contributes.problemMatchers.map(({ name }) => `$${name}`));
  assert.deepEqual(sorted(all(code, /matcher: "(\$[\w-]+)"/g)), sorted(matchers));
});

test("VS Code: what the extension asks and listens to is in PROTOCOL.md", () => {
  const methods = all(code, /"(tova\/\w+)"/g);
  assert.ok(methods.size > 8);
  for (const method of methods) assert.ok(read("PROTOCOL.md").includes(`\`${method}\``), method);
});

test("VS Code: the files that the package names are there, and the README's and the CHANGELOG's", () => {
  const files = new Set([
    manifest.icon, ...all(JSON.stringify(contributes), /"((?:\.\/)?(?:media|syntaxes|snippets)\/[^"]+|\.\/[^"]+\.json)"/g),
    ...all(read("editors/vscode/README.md"), /!\[[^\]]*\]\(([^)]+)\)/g),
  ]);
  assert.ok(files.size > 8);
  for (const file of files) assert.ok(existsSync(join(extension, file)), file);
  assert.ok(read("editors/vscode/CHANGELOG.md").includes(`## ${manifest.version}`), manifest.version);
  assert.equal(manifest.version, /version: '(.*?)'/.exec(read("meson.build"))[1]);
});

/** Where Enter puts what stands behind the cursor `¦`, by the rules of the language: columns of the new line and of the rest. */
function enter(source) {
  const { indentationRules: rules, onEnterRules } = JSON.parse(read("editors/vscode/language-configuration.json"));
  const [before, after] = source.split("¦");
  const column = /^ */.exec(before)[0].length;
  const fits = (pattern, text) => new RegExp(pattern).test(text);
  const rule = onEnterRules.find(({ beforeText, afterText = "" }) => fits(beforeText, before) && fits(afterText, after));
  if (rule?.action.indent === "indentOutdent") return [column + 2, column];
  if (rule) return [column, column];
  const deeper = column + (fits(rules.increaseIndentPattern, before) ? 2 : 0);
  const place = fits(rules.decreaseIndentPattern, after) ? Math.max(0, deeper - 2) : deeper;
  return [place, place];
}

test("VS Code: Enter in brackets and tags indents, whatever stands behind the opening one", () => {
  const cases = [
    ["fn f() {¦}", 2, 0], ["  type Room { id: Int,¦}", 4, 2], ["x = [1,¦]", 2, 0], ["foo(1, [2], \"(\",¦)", 2, 0],
    ["fn f(e) { e.x()¦}", 2, 0], ["fn f() -> Int { // don't¦", 2, 2], ["x = [ // list¦]", 2, 0], ["  list.map(fn(x) {¦})", 4, 2],
    ["a = fn(x) =>¦", 2, 2], ["  <a href=\"/x\">¦</a>", 4, 2], ["  <li on:click={() => go()}>¦", 4, 4], ["  <li class=\"a\"¦", 4, 4],
    ["  <Card title={f({ a: 1 })}>¦", 4, 4],
    ["fn f() -> Int { x }¦", 0, 0], ["  foo(1, [2])¦", 2, 2], ["  print(\"a (b\")¦", 2, 2], ["  // a {¦", 2, 2],
    ["  <br />¦", 2, 2], ["  <img src={x} />¦", 2, 2], ["  <p>text</p>¦", 2, 2], ["  if a > b¦", 2, 2], ["  /// says {¦", 2, 2],
  ];
  for (const [source, line, rest] of cases) assert.deepEqual(enter(source), [line, rest], source);
});

test("VS Code: programs that are typed from top to bottom come out as they are written", () => {
  const { indentationRules: rules } = JSON.parse(read("editors/vscode/language-configuration.json"));
  const [opens, closes] = [new RegExp(rules.increaseIndentPattern), new RegExp(rules.decreaseIndentPattern)];
  const column = (line) => /^ */.exec(line)[0].length;
  for (const path of ["examples/blog/posts.tova", "examples/shop/desk.tova", "examples/shop/page.tova", "examples/snake/rules.tova"]) {
    const lines = read(path).split("\n").filter((line) => line.trim() !== "");
    lines.slice(1).forEach((line, index) => {
      const placed = column(lines[index]) + (opens.test(lines[index]) ? 2 : 0) - (closes.test(line) ? 2 : 0);
      assert.equal(placed, column(line), `${path}: ${line}`);
    });
  }
});
