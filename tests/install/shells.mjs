// The completions of editors/shell in the real shells, and the manual page: they have the commands and options of `tova help`.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder, root, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { commands, optionsOf } from "./commands.mjs";

const script = (name) => join(root, "editors/shell", name);
const page = join(root, "server/commands/tova.1");
const environment = { ...process.env, PATH: `${dirname(tova)}:${process.env.PATH}`, LC_ALL: "C.UTF-8" };

/** Is the program there? Skips the test otherwise. */
function need(t, program) {
  if (spawnSync(program, ["--version"]).error) t.skip(`${program} is not on this machine`);
}

/** What bash offers for the last of some words, which may be empty; sorted. */
function bashOffers(words, cwd = root) {
  const code = `source "$1"; shift
    compopt() { :; }
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tova; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["-uc", code, "bash", script("tova.bash"), "tova", ...words], { cwd, env: environment, encoding: "utf8" });
  return output.split("\n").filter(Boolean).sort();
}

test("bash offers every command, and each of its options", () => {
  const all = commands();
  assert.deepEqual(bashOffers([""]).filter((word) => !word.startsWith("-")), all.map(({ name }) => name).sort());
  for (const { name, options } of all) {
    assert.deepEqual(bashOffers([name, "-"]), [...options, "--help"].sort(), name);
  }
});

test("bash offers sources and folders, values of options, codes and commands to explain", (t) => {
  const here = folder(t, { "app.tova": "", "notes.txt": "", "pages/home.tova": "" });
  assert.deepEqual(bashOffers(["check", ""], here), ["app.tova", "pages"]);
  assert.deepEqual(bashOffers(["check", "--syntax", "pages/"], here), ["pages/home.tova"]);
  assert.deepEqual(bashOffers(["build", "-o", ""], here), ["pages"]);
  assert.deepEqual(bashOffers(["lsp", "--log", "n"], here), ["notes.txt"]);
  assert.deepEqual(bashOffers(["check", "--format", "=", "s"]), ["sarif"]);
  assert.deepEqual(bashOffers(["check", "--format", "="]), ["github", "json", "sarif", "text"]);
  assert.deepEqual(bashOffers(["lsp", "--log-level", "d"]), ["debug"]);
  assert.ok(bashOffers(["explain", "E1"]).includes("E101"));
  assert.deepEqual(bashOffers(["help", "d"]), ["definition", "demo", "dev", "directives"]);
  assert.deepEqual(bashOffers(["bui"]), ["build"]);
});

test("bash takes the script as its completion of tova", () => {
  assert.match(execFileSync("bash", ["-c", `source "$1"; complete -p tova`, "bash", script("tova.bash")], { encoding: "utf8" }), /-F _tova tova/);
});

test("fish offers every command, each of its options, and sources", (t) => {
  need(t, "fish");
  const here = folder(t, { "app.tova": "", "notes.txt": "" });
  const all = commands();
  const lines = ["", ...all.map(({ name }) => `${name} -`), "check ", "check --format=s"];
  const asked = lines.map((line) => `echo "=== ${line}"; complete -C "tova ${line}"`).join("\n");
  const output = execFileSync("fish", ["--no-config", "-c", `source ${script("tova.fish")}\n${asked}`], { cwd: here, env: { ...environment, HOME: here }, encoding: "utf8" });
  const offers = new Map(output.split("=== ").slice(1).map((part) => {
    const [line, ...rows] = part.trimEnd().split("\n");
    return [line, rows.map((row) => row.split("\t")[0].replace(/=$/, "")).sort()];
  }));
  assert.deepEqual(offers.get("").filter((word) => !word.startsWith("-")), all.map(({ name }) => name).sort());
  for (const { name, options } of all) {
    assert.deepEqual(offers.get(`${name} -`), [...options, "--help"].sort(), name);
  }
  assert.deepEqual(offers.get("check "), ["app.tova"]);
  assert.deepEqual(offers.get("check --format=s"), ["--format=sarif"]);
});

test("zsh reads its completion, which has every command and option", (t) => {
  const text = readFileSync(script("_tova"), "utf8");
  assert.deepEqual([...text.matchAll(/^ {4}'([a-z]+):/gm)].map(([, name]) => name), commands().map(({ name }) => name));
  for (const { name, options } of commands()) {
    const row = new RegExp(`^ {4}(?:[a-z|]*\\|)?${name}(?:\\|[a-z|]*)?\\) ?([^]*?);;`, "m").exec(text)?.[1] ?? "";
    const offered = [...row.matchAll(/'(--?[a-z][a-z-]*)=?\[/g)].map(([, option]) => option);
    assert.deepEqual(offered.filter((option) => option !== "--help").sort(), options, name);
  }
  need(t, "zsh");
  execFileSync("zsh", ["-fn", script("_tova")]);
});

test("zsh completes a command and an option as it is typed", (t) => {
  need(t, "zsh");
  // A shell in a terminal of zsh's own. What is typed ends with a key that prints the line as it has become.
  const lines = { "tova prev": "tova preview ", "tova build --prod": "tova build --production ", "tova lsp --log-level wa": "tova lsp --log-level warning " };
  const typed = Object.keys(lines).map((line) => `zpty -w -n shell $'${line}\\t\\C-x'; zpty -r shell said '*<tova *>*'; print -r -- $said`);
  const code = `
    zmodload zsh/zpty; zpty shell zsh -f -i
    zpty -w shell 'PS1=; fpath=(${join(root, "editors/shell")} $fpath); autoload -Uz compinit; compinit -D -u'
    zpty -w shell 'show() { print -r -- "<$BUFFER>"; BUFFER= }; zle -N show; bindkey "^X" show; zle-line-init() { print at""tends }; zle -N zle-line-init; :'
    zpty -r shell said '*attends*'
    ${typed.join("\n")}
    zpty -d shell`;
  const result = spawnSync("zsh", ["-fc", code], { env: { ...environment, TERM: "dumb" }, encoding: "utf8", timeout: 60_000 });
  for (const line of Object.values(lines)) assert.ok(result.stdout.includes(`<${line}>`), `${line}: ${result.stdout}${result.stderr}`);
});

test("the manual page has the usage of every command, and each of its options", (t) => {
  need(t, "man");
  const shown = spawnSync("man", ["--warnings", "-l", page], { env: { ...environment, MANWIDTH: "200", MANPAGER: "cat" }, encoding: "utf8" });
  assert.equal(shown.stderr, "");
  const sections = new Map([...shown.stdout.matchAll(/^ {3}(tova ([a-z]+).*)\n([^]*?)(?=^ {0,3}\S)/gm)].map(([, usage, name, text]) => [name, { usage, text }]));
  assert.deepEqual([...sections.keys()], commands().map(({ name }) => name));
  for (const { name, usage, options } of commands()) {
    const section = sections.get(name);
    assert.equal(section.usage, usage);
    const described = [...section.text.matchAll(/^ {7}(--?[a-z][a-z-]*)/gm)].map(([, option]) => option);
    assert.deepEqual(optionsOf("", described), options, name);
  }
});
