// The daemon and `tova check` find the same: on the examples, and on every marked source.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";

const SEVERITIES = ["", "error", "warning", "information", "hint"];

/** A marked text without its marks; they may be nested. */
function unmarked(text) {
  let before;
  let clean = text;
  do {
    before = clean;
    clean = clean.replace(/«([^«»¦]*)(?:¦[^«»]*)?»/g, "$1");
  } while (clean !== before);
  return clean;
}

/** The files of all cases, each case in a folder of its own. */
function markedSources() {
  const files = {};
  const folder = join(root, "tests/markers/analysis");
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".txt"))) {
    const cases = readFileSync(join(folder, name), "utf8").split(/^=== .*\n/m).slice(1);
    cases.forEach((text, i) => {
      const parts = text.split(/^-- (.+) --\n/m);
      for (let part = 1; part + 1 < parts.length; part += 2) {
        if (parts[part].endsWith(".tova")) files[join(`${name.slice(0, -4)}${i}`, parts[part])] = unmarked(parts[part + 1]);
      }
    });
  }
  return files;
}

function exampleSources() {
  const files = {};
  for (const name of readdirSync(join(root, "examples"), { recursive: true })) {
    if (name.endsWith(".tova")) files[name] = readFileSync(join(root, "examples", name), "utf8");
  }
  return files;
}

async function compare(t, files) {
  const editor = await startEditor(t, files);
  const names = Object.keys(files).sort();
  for (const name of names) await editor.open(name);
  const told = [];
  for (const name of names) {
    for (const { range, severity, code, message } of await editor.diagnostics(name)) {
      told.push({ name, range, severity: SEVERITIES[severity], code, message });
    }
  }
  const { stdout } = await run(tova, ["check", "--format=json"], { cwd: editor.workspace });
  const found = JSON.parse(stdout).diagnostics.map(({ path, range, severity, code, message }) => ({
    name: path.slice(editor.workspace.length + 1), range, severity, code, message,
  }));
  // What only emission can tell is told by commands, and by the preview.
  const shown = (each) => JSON.stringify(each);
  const checked = found.filter((each) => each.code !== "E402" || told.some((other) => shown(other) === shown(each)));
  const rest = new Set(checked.map(shown));
  assert.deepEqual(told.map(shown).filter((each) => !rest.delete(each)), [], "told by the daemon alone");
  return [...rest];
}

test("the daemon and the command find the same in the examples", async (t) => {
  assert.deepEqual(await compare(t, exampleSources()), []);
});

test("the daemon and the command find the same in every marked source", async (t) => {
  const files = markedSources();
  assert.ok(Object.keys(files).length > 200);
  assert.deepEqual(await compare(t, files), []);
}, { timeout: 300_000 });

const chain = {
  "shop/api.tova": "server {\n  fn amount() -> Int { 3 }\n}\nbrowser {\n  fn one() { server.amount() }\n  fn plus(n) { n + 1 }\n}\n",
  "shop/between.tova": "browser {\n  fn two() { one() }\n  fn three() { plus(1) }\n}\n",
  "shop/page.tova": `browser {
  fn four() { two() }
  component App {
    <p class={two()} id={one()} title={three()} on:click={four()}>
      {two()} {three()} {if four() == 1 { "x" } else { "y" }} {[2, 1] |> sorted(fn(n) two())} {[2, 1] |> sorted(fn(n) three())}
    </p>
  }
}
`,
};

/** What the daemon answers of closed files to a client that asks for the whole workspace. */
async function surveyed(t, files) {
  const capabilities = { textDocument: { diagnostic: {} } };
  const editor = await startEditor(t, files, { capabilities });
  const { items } = await editor.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
  return items.flatMap((report) => report.items.map(({ range, severity, code, message }) => ({
    name: decodeURIComponent(report.uri).slice(`file://${editor.workspace}/`.length), range, severity: SEVERITIES[severity], code, message,
  })));
}

test("what is told of closed files is what is told of open ones", async (t) => {
  const files = { ...markedSources(), ...chain };
  const editor = await startEditor(t, files);
  const told = [];
  for (const name of Object.keys(files)) await editor.open(name);
  for (const name of Object.keys(files)) {
    for (const { range, severity, code, message } of await editor.diagnostics(name)) {
      told.push({ name, range, severity: SEVERITIES[severity], code, message });
    }
  }
  const lines = (all) => all.map((each) => JSON.stringify(each)).sort();
  assert.deepEqual(lines(await surveyed(t, files)), lines(told));
}, { timeout: 300_000 });

test("calls that wait in vain by way of other files are found by both", async (t) => {
  const editor = await startEditor(t, chain);
  await editor.open("shop/page.tova");
  const told = await editor.diagnostics("shop/page.tova");
  const { stdout } = await run(tova, ["check", "--format=json"], { cwd: editor.workspace });
  const plain = ({ range, code, message }) => ({ range, code, message });
  assert.deepEqual(told.map(plain), JSON.parse(stdout).diagnostics.map(plain));
  const lines = chain["shop/page.tova"].split("\n");
  const underlined = ({ range: { start, end } }) => lines[start.line].slice(start.character, end.character);
  assert.deepEqual(told.map((each) => `${each.code} ${underlined(each)}`), [
    "E402 two()", "E402 one()", "E402 four()", "E402 four()", "E402 [2, 1] |> sorted(fn(n) two())",
  ]);
});

test("what waits by way of another file follows that file, though its surface stays", async (t) => {
  const editor = await startEditor(t, chain);
  await editor.open("shop/page.tova");
  await editor.open("shop/api.tova");
  await editor.diagnosticsWhere("shop/page.tova", (all) => all.length === 5);
  await editor.edit("shop/api.tova", "{ server.amount() }", "{ 4 }");
  await editor.diagnosticsWhere("shop/page.tova", (all) => all.length === 0);
  await editor.edit("shop/api.tova", "{ 4 }", "{ server.amount() }");
  await editor.diagnosticsWhere("shop/page.tova", (all) => all.length === 5);
});
