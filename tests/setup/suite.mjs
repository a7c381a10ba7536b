// ./tova and what it shares with ./test: what they say and do on machines that lack something. Such a
// machine is a folder of stand-ins as the whole PATH.
import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { folder, root, run, tova, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const tools = ["sh", "awk", "cat", "cksum", "dirname", "env", "mkdir", "sleep", "tail", "uname"];

/** A machine with the basic tools and these programs of ours; its PATH, and where it keeps notes. */
function machine(t, programs = {}) {
  const path = folder(t);
  for (const name of tools) {
    const found = process.env.PATH.split(delimiter).map((entry) => join(entry, name)).find(existsSync);
    symlinkSync(found, join(path, name));
  }
  for (const [name, text] of Object.entries(programs)) {
    write(join(path, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return path;
}

/** Runs shell words as ./tova does: with both files sourced, in an empty repository. */
function inRepository(t, path, words) {
  const repository = folder(t);
  const script = `set -eu; root=${repository}; . ${root}/tests/setup/dependencies.sh; . ${root}/tests/setup/build.sh; ${words}`;
  return run("sh", ["-c", script], { cwd: repository, env: { PATH: path, TOVA_BUN: "", TOVA_CHROMIUM: "" } });
}

test("where apt-get is not, everything that is missing is named, and nothing else happens", async (t) => {
  const path = machine(t, { meson: "exit 0", id: "echo 0" });
  const { code, stdout, stderr } = await inRepository(t, path, "need build chromium; echo went on");
  assert.equal(code, 1);
  assert.equal(stdout, "");
  for (const words of ["the program cc  (Debian: gcc)", "the C library libuv  (Debian: libuv1-dev)", "the C header uthash.h", "Chromium"]) {
    assert.ok(stderr.includes(words), `${words} in:\n${stderr}`);
  }
  assert.doesNotMatch(stderr, /the program meson/, "what is there is not named");
  assert.match(stderr, /neither Debian nor Ubuntu/);
});

test("who may not install is told the command", async (t) => {
  const path = machine(t, { id: "echo 1000", "apt-get": 'echo "$0 $*" >>"${0%/*}/called"' });
  const { code, stderr } = await inRepository(t, path, "need valgrind git");
  assert.equal(code, 1);
  assert.match(stderr, /^ {2}apt-get install valgrind git$/m);
  assert.ok(!existsSync(join(path, "called")), "apt-get was not started");
});

test("what is missing is installed once, after a refresh of the lists where the first try fails", async (t) => {
  const aptGet = `
    here=\${0%/*}
    for word; do case $word in install | update) echo "$word" >>"$here/called" ;; esac; done
    case "$(cat "$here/called")" in *update*install) echo "#!/bin/sh" >"$here/valgrind"; chmod +x "$here/valgrind" ;;
      *update) ;;
      *) exit 100 ;;
    esac`;
  const path = machine(t, { id: "echo 0", "apt-get": aptGet });
  symlinkSync("/bin/chmod", join(path, "chmod"));
  const { code, stdout, stderr } = await inRepository(t, path, "need valgrind; need valgrind; echo went on");
  assert.equal(stderr, "tova: installing with apt-get: valgrind\n");
  assert.equal(code, 0);
  assert.equal(stdout, "went on\n");
  assert.equal(readFileSync(join(path, "called"), "utf8"), "install\nupdate\ninstall\n");
});

test("an installation that fails shows the messages and ends", async (t) => {
  const path = machine(t, { id: "echo 0", "apt-get": 'echo "E: no such package" >&2; exit 100' });
  const { code, stderr } = await inRepository(t, path, "need valgrind; echo went on");
  assert.equal(code, 1);
  assert.match(stderr, /E: no such package/);
});

test("a build that fails shows its messages and ends", async (t) => {
  const path = machine(t, { meson: 'mkdir -p "$2"', ninja: 'echo "main.c:1: error: no"; exit 1' });
  const { code, stdout, stderr } = await inRepository(t, path, 'build "$root/build" server/tova; echo went on');
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /main\.c:1: error: no/);
});

test("a build that takes longer says so in one line, on standard error; a short one says nothing", async (t) => {
  const words = 'mkdir -p "$root/build"; : >"$root/build/build.ninja"; build "$root/build" server/tova; echo went on';
  const long = await inRepository(t, machine(t, { ninja: "sleep 6" }), words);
  assert.deepEqual([long.code, long.stdout, long.stderr], [0, "went on\n", "tova: building what has changed into build\n"]);
  const short = await inRepository(t, machine(t, { ninja: "exit 0" }), words);
  assert.deepEqual([short.code, short.stdout, short.stderr], [0, "went on\n", ""]);
});

test("a first build says so at once, and nothing more", async (t) => {
  const path = machine(t, { meson: 'mkdir -p "$2"', ninja: "sleep 3" });
  const { code, stderr } = await inRepository(t, path, 'build "$root/build" server/tova');
  assert.deepEqual([code, stderr], [0, "tova: building for the first time into build, which takes a while\n"]);
});

const launcher = join(root, "tova");

test("./tova installs nothing and says nothing of its own the second time", async (t) => {
  const cwd = folder(t);
  const direct = await run(tova, ["--version"], { cwd });
  const { code, stdout, stderr } = await run(launcher, ["--version"], { cwd, timeout: 300_000 });
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: direct.stdout, stderr: "" });
}, { timeout: 300_000 });

test("./tova works through a link, in the caller's folder, with the caller's input and the program's status", async (t) => {
  const cwd = folder(t, { "bad.tova": "server {\n" });
  symlinkSync(launcher, join(cwd, "link"));
  const { code, stdout } = await run(join(cwd, "link"), ["check", "bad.tova"], { cwd });
  assert.equal(code, 1);
  assert.match(stdout, /^bad\.tova:\d+:\d+: error: /m);
  const input = 'Content-Length: 33\r\n\r\n{"jsonrpc":"2.0","method":"exit"}';
  const daemon = await run(join(cwd, "link"), ["lsp"], { cwd, input });
  assert.deepEqual([daemon.code, daemon.stderr], [1, ""], "exit without shutdown is status 1");
}, { timeout: 300_000 });
