// `tova check`: what it prints about mistakes, as text and as JSON, and what it returns.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { api, app, mistaken, page, project, shared } from "./sources.mjs";

test("check of a correct program says so and writes nothing", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  const { code, stdout, stderr } = await tova("check");
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "No problems in 1 file.\n", stderr: "" });
  assert.ok(!existsSync(join(cwd, ".tova-out")));
});

test("check shows place, message, code, the line and a marker below the mistake", async (t) => {
  const { tova } = project(t, { "app.tova": shared + api + mistaken });
  const { code, stdout } = await tova("check", ".");
  assert.equal(code, 1);
  const lines = stdout.split("\n");
  const line = (shared + api + mistaken).split("\n").findIndex((text) => text.includes("list_nots")) + 1;
  assert.match(lines[0], new RegExp(`^app\\.tova:${line}:20: error: .*list_nots.*list_notes.* \\[E301\\]$`));
  assert.equal(lines[1], `${String(line).padStart(5)} |     notes = server.list_nots()`);
  assert.equal(lines[2], "      |                    ^~~~~~~~~");
  assert.equal(stdout.trim().split("\n").at(-1), "1 error in 1 file.");
});

test("check colours its text only where colours are wanted", async (t) => {
  const { tova } = project(t, { "app.tova": shared + api + mistaken });
  assert.doesNotMatch((await tova("check")).stdout, /\u001b/);
});

test("files of a folder see each other, whichever of them is checked", async (t) => {
  const { tova } = project(t, { "a.tova": api, "b.tova": shared, "c.tova": page });
  for (const words of [[], ["."], ["c.tova"], ["a.tova", "c.tova"]]) {
    const { code, stdout } = await tova("check", ...words);
    assert.equal(code, 0, stdout);
  }
});

test("only what was asked for is reported", async (t) => {
  const { tova } = project(t, { "a.tova": shared + api, "c.tova": mistaken });
  assert.equal((await tova("check", "a.tova")).code, 0);
  assert.equal((await tova("check", "c.tova")).code, 1);
});

test("folders are checked with all packages below them", async (t) => {
  const { tova } = project(t, { "one/app.tova": app, "two/deep/app.tova": shared + api + mistaken });
  const { code, stdout } = await tova("check");
  assert.equal(code, 1);
  assert.match(stdout, /^two\/deep\/app\.tova:\d+:\d+: error: /);
  assert.match(stdout, /1 error in 2 files\.\n$/);
});

test("--format=json gives ranges as editors count, and the same mistakes", async (t) => {
  const text = `${shared}${api}${mistaken.replace("<li>", '<li title="ä😀">')}`;
  const { cwd, tova } = project(t, { "app.tova": text });
  const { code, stdout } = await tova("check", "--format=json");
  assert.equal(code, 1);
  const { files, errors, warnings, diagnostics } = JSON.parse(stdout);
  assert.deepEqual({ files, errors, warnings }, { files: 1, errors: 1, warnings: 0 });
  const [{ path, range, severity, code: name, message }] = diagnostics;
  const line = text.split("\n").findIndex((each) => each.includes("list_nots"));
  assert.equal(path, join(cwd, "app.tova"));
  assert.deepEqual(range, { start: { line, character: 19 }, end: { line, character: 28 } });
  assert.deepEqual([severity, name], ["error", "E301"]);
  assert.match(message, /list_notes/);
});

test("--format=json of a program of which there is nothing to say is an empty list", async (t) => {
  const { tova } = project(t, { "app.tova": app.replace("fn add_note", "fn _add_note").replace("fn ping", "fn _ping") });
  const { code, stdout } = await tova("check", "--format=json");
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { files: 1, errors: 0, warnings: 0, diagnostics: [] });
});

test("--format=json has hints too, which are no problems", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const { code, stdout } = await tova("check", "--format=json");
  assert.equal(code, 0);
  const { diagnostics, ...counts } = JSON.parse(stdout);
  assert.deepEqual(counts, { files: 1, errors: 0, warnings: 0 });
  assert.deepEqual(diagnostics.map(({ code: name, severity }) => [name, severity]), [["H307", "hint"], ["H307", "hint"]]);
  assert.match(diagnostics[0].message, /`add_note`/);
  assert.match(diagnostics[1].message, /`ping`/);
});

test("--strict makes errors of values that are not what is declared, and not of a lost fraction", async (t) => {
  const source = 'n: Int = "x"\nm: Int = 1.5\nprint(n, m, "a" - 1)\n';
  const { tova } = project(t, { "app.tova": source });
  const severities = async (...words) => {
    const { code, stdout } = await tova("check", "--format=json", ...words);
    return [code, ...JSON.parse(stdout).diagnostics.map((each) => `${each.code} ${each.severity}`)];
  };
  assert.deepEqual(await severities(), [0, "W207 warning", "W208 warning", "W209 warning"]);
  assert.deepEqual(await severities("--strict"), [1, "W207 error", "W208 warning", "W209 error"]);
  assert.equal((await tova("build")).code, 0);
  assert.equal((await tova("build", "--strict")).code, 1);
});

test("--syntax leaves out what is not syntax", async (t) => {
  const { tova } = project(t, { "app.tova": shared + api + mistaken });
  assert.equal((await tova("check", "--syntax")).code, 0);
});

test("--syntax tells syntax errors", async (t) => {
  const { tova } = project(t, { "app.tova": 'server {\n  fn f() {\n    x = "open\n  }\n}\n' });
  const { code, stdout } = await tova("check", "--syntax");
  assert.equal(code, 1);
  assert.match(stdout, /^app\.tova:3:9: error: .* \[E005\]$/m);
});

test("a path without Tova files is named, and the status is 1", async (t) => {
  const { tova } = project(t, { "readme.txt": "nothing" });
  for (const words of [[], ["missing"], ["readme.txt"]]) {
    const { code, stderr } = await tova("check", ...words);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`no \\.tova file at ${words[0] ?? "\\."}`));
  }
});

test("an unknown format is refused with those that there are", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const { code, stderr } = await tova("check", "--format=xml");
  assert.equal(code, 2);
  assert.match(stderr, /"xml".*text, json, sarif and github/);
});

test("what cannot be compiled is told by check and by build, and breaks only its own block", async (t) => {
  const odd = `server {
  fn load() { 1 }
}
browser {
  component Row({ title }) { <p>{title}</p> }
  component App { <p>"hello"</p> }
}
`;
  const { cwd, tova } = project(t, { "app.tova": odd });
  for (const command of ["check", "build"]) {
    const { code, stdout, stderr } = await tova(command);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /app\.tova:5:17: error: This cannot be compiled: .*\[E402\]/);
  }
  assert.ok(existsSync(join(cwd, ".tova-out/app.server.js")));
  assert.ok(!existsSync(join(cwd, ".tova-out/app.client.js")));
});

/* Nothing but the compiler says that these are wrong; the last ones are right, or wrong for other reasons. */
const odd_sources = [
  "fn f() { try { 1 } }\n",
  "type N = Int\nx = N\n",
  "type F = (Int) -> Int\nfn f(a) { a is F }\n",
  "fn f(a) { a |> where(.name()) }\n",
  "shared {\n  a = 1\n  export { a }\n}\nserver { fn f() { 1 } }\n",
  'fn f(x) { match x { "a{x}" ++ r => r, _ => 2 } }\n',
  "server { fn l() { 1 } }\nbrowser {\n  computed s = server.l()\n  component App { <p>{s}</p> }\n}\n",
  'server {\n  db { url: "a" }\n  db { url: "b" }\n}\n',
  "fn f(a: Int) -> Int { a + 1 }\n",
  "fn f(a) { a + nothing }\nfn g(b) { b.c() }\n",
];

test("check says what build says", async (t) => {
  for (const source of odd_sources) {
    const { tova } = project(t, { "app.tova": source });
    const told = [];
    for (const command of ["check", "build"]) {
      const { stdout, stderr } = await tova(command);
      told.push((stdout + stderr).split("\n").filter((line) => /^app\.tova:\d+:\d+: /.test(line)));
    }
    assert.deepEqual(told[0], told[1], source);
    assert.equal(told[0].length > 0, !source.includes("+ 1"), source);
  }
});

test("what cannot be compiled in a default that another program calls by is told where it stands", async (t) => {
  const { tova } = project(t, {
    "lib/ask.tova": "pub fn ask(a, b = fn(x) { try { x } }) { a }\n",
    "main.tova": 'import { ask } from "./lib/ask.tova"\nprint(ask(1))\n',
  });
  for (const command of ["check", "build"]) {
    const { code, stdout, stderr } = await tova(command);
    assert.equal(code, 1);
    assert.deepEqual(
      (stdout + stderr).split("\n").filter((line) => /: error: /.test(line)).map((line) => line.replace(/error: .* \[/, "[")),
      ["lib/ask.tova:1:27: [E402]"],
    );
  }
});

/** @returns {string} a page whose component has this markup and whose functions call the server */
const shown = (markup) => `server {
  fn inc(n: Int) -> Int { n + 1 }
  fn list() -> [Int] { [1] }
}
browser {
  fn label(n: Int) -> String { "no. {server.inc(n)}" }
  component App {
    <div>
${markup}
    </div>
  }
}
`;

test("markup that would have to wait is an error, wherever it stands", async (t) => {
  const lost = [
    `<p>{"n = {server.inc(1)}"}</p>`,
    `<p>if server.inc(1) > 1 { <b>"x"</b> }</p>`,
    `<p>for x in server.list() { <b>{x}</b> }</p>`,
    `<p class={label(1)}>"x"</p>`,
    `<p>"t {label(1)}"</p>`,
    `<p>{match label(1) { "a" => 1, _ => 2 }}</p>`,
    `<p>{server.inc(1) + 1}</p>`,
    `<button on:click={print(label(1))}>"x"</button>`,
  ];
  const { tova } = project(t, { "app.tova": shown(lost.join("\n")) });
  const { code, stdout, stderr } = await tova("check");
  const lines = [...(stdout + stderr).matchAll(/app\.tova:(\d+):\d+: error: This cannot be compiled: .*\[E402\]/g)];
  assert.equal(code, 1);
  assert.deepEqual(lines.map((line) => Number(line[1])), lost.map((_, i) => 9 + i));
  assert.match(stdout + stderr, /call it in an effect and keep the answer in a state/);
  assert.match(stdout + stderr, /write a function: `fn\(\) …`/);
});
