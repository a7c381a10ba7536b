// `tova`, `tova help`, `tova version`, and words that are no command.
import assert from "node:assert/strict";
import { test } from "../harness/test.mjs";
import { root } from "../harness/program.mjs";
import { tovaIn } from "./sources.mjs";

const commands = ["dev", "build", "check", "run", "explain", "preview", "lsp", "replay", "demo", "help", "version"];

test("tova alone shows what it is and every command, and succeeds", async () => {
  const { code, stdout, stderr } = await tovaIn(root);
  assert.equal(code, 0);
  assert.equal(stderr, "");
  for (const command of commands) {
    assert.match(stdout, new RegExp(`^  ${command} +\\S`, "m"));
  }
});

test("tova help and tova --help show the same", async () => {
  const alone = await tovaIn(root);
  for (const word of ["help", "--help", "-h"]) {
    assert.deepEqual(await tovaIn(root, word), alone, word);
  }
});

for (const command of commands) {
  test(`tova help ${command} and tova ${command} --help show how it is used`, async () => {
    const asked = await tovaIn(root, "help", command);
    assert.equal(asked.code, 0);
    assert.match(asked.stdout, new RegExp(`^usage: tova ${command}`, "m"));
    assert.deepEqual(await tovaIn(root, command, "--help"), asked);
  });
}

test("tova help directives lists what a server block may say, each with its options", async () => {
  const { code, stdout } = await tovaIn(root, "help", "directives");
  assert.equal(code, 0);
  for (const word of ["cors", "session", "rate_limit", "auth", "static", "health", "on_error", "ws", "db", "discover", "middleware"]) {
    assert.match(stdout, new RegExp(`^  ${word}( |$)`, "m"), word);
  }
  assert.match(stdout, /^  rate_limit\n {6}max \(needed\): Int\n {6}window: Int\n/m);
  assert.match(stdout, /^  max_body Int$/m);
  assert.match((await tovaIn(root, "help")).stdout, /tova help directives/);
});

test("tova --version and tova version give one line with the version", async () => {
  for (const word of ["--version", "version", "-V"]) {
    const { code, stdout } = await tovaIn(root, word);
    assert.equal(code, 0);
    assert.match(stdout, /^tova \d+\.\d+\.\d+\n$/);
  }
});

test("a mistyped command is answered with the one that was meant, and status 2", async () => {
  const { code, stdout, stderr } = await tovaIn(root, "biuld");
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /no command `biuld`\. Did you mean `build`\?/);
});

test("a word that is like no command gets no guess", async () => {
  const { code, stderr } = await tovaIn(root, "frobnicate");
  assert.equal(code, 2);
  assert.doesNotMatch(stderr, /mean/);
  assert.match(stderr, /tova help/);
});

test("an unknown option is named, and the status is 2", async () => {
  for (const [words, told] of [
    [["build", "--minify"], /tova build: there is no option --minify/],
    [["check", "-x"], /tova check: there is no option -x/],
    [["dev", "--port"], /tova dev: --port needs a value/],
    [["build", "--quiet=yes"], /tova build: --quiet takes no value/],
    [["preview"], /tova preview: it takes one FILE/],
    [["run"], /tova run: it needs the FILE/],
    [["--frob"], /no option `--frob`/],
  ]) {
    const { code, stdout, stderr } = await tovaIn(root, ...words);
    assert.equal(code, 2, words.join(" "));
    assert.equal(stdout, "", words.join(" "));
    assert.match(stderr, told);
  }
});

test("what the commands do stands in one column", async () => {
  const { stdout } = await tovaIn(root, "help");
  const rows = [...stdout.matchAll(/^ {2}([a-z]+)( +)\S/gm)].map(([, name, gap]) => ({ name, column: name.length + gap.length }));
  assert.ok(rows.length > 15);
  assert.deepEqual(rows.filter(({ column }) => column !== rows[0].column), []);
});
