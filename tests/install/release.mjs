// The release that .ci/release makes: what its tarball holds, and that its program runs where there is nothing else.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, root } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";

const MINUTES = 15;

/** The unpacked tarball, or why there is none. The first build takes minutes, later ones use its objects. */
const release = shared(async (t) => {
  const made = spawnSync(join(root, ".ci/release"), ["--no-vsix"], { encoding: "utf8", timeout: MINUTES * 60_000 });
  if (made.stderr.includes("no sources of cJSON")) return { reason: made.stderr.trim().split("\n").at(-1) };
  assert.equal(made.status, 0, made.stderr);
  const tarball = made.stdout.trim().split("\n").at(-1);
  const place = folder(t);
  execFileSync("tar", ["-xzf", tarball, "-C", place]);
  return { tarball, folder: join(place, readdirSync(place)[0]) };
});

function released(name, body) {
  test(name, async (t) => {
    const made = await release();
    if (made.reason) t.skip(made.reason);
    await body(made, t);
  }, { timeout: MINUTES * 60_000 });
}

/** Runs the released program with no environment at all. */
function bare(made, words, options = {}) {
  return spawnSync("env", ["-i", join(made.folder, "bin/tova"), ...words], { encoding: "utf8", timeout: 60_000, ...options });
}

released("the tarball is named after its version and platform, and has everything", (made) => {
  const version = readFileSync(join(root, "meson.build"), "utf8").match(/version: '(.*?)'/)[1];
  assert.match(made.tarball, new RegExp(`/tova-${version}-linux-(x64|arm64)\\.tar\\.gz$`));
  for (const path of [
    "bin/tova", "share/doc/tova/LICENSE", "share/doc/tova/README.md", "share/man/man1/tova.1", "share/bash-completion/completions/tova", "share/zsh/site-functions/_tova",
    "share/fish/vendor_completions.d/tova.fish", "share/nvim/site/pack/tova/start/tova/plugin/tova.lua",
    "share/nvim/site/pack/tova/start/tova/grammar/src/parser.c",
  ]) {
    assert.ok(existsSync(join(made.folder, path)), path);
  }
});

released("the program is one file: it needs the C library alone, and is stripped", (made) => {
  const program = join(made.folder, "bin/tova");
  const needed = [...execFileSync("readelf", ["-d", program], { encoding: "utf8" }).matchAll(/NEEDED.*\[(.*)\]/g)].map(([, name]) => name);
  assert.deepEqual(needed.filter((name) => !/^(libc|libm|libpthread|libdl|librt|ld-linux-[\w-]+)\.so/.test(name)), []);
  assert.doesNotMatch(execFileSync("readelf", ["-S", program], { encoding: "utf8" }), /\.symtab/);
});

released("--version, check and build work in an empty environment", (made, t) => {
  const here = folder(t, { "right/app.tova": 'server {\n  fn greet(name: String) -> String { "hi {name}" }\n}\n', "wrong/app.tova": "x = (1\n" });
  assert.match(bare(made, ["--version"]).stdout, /^tova \d+\.\d+\.\d+\n$/);
  assert.equal(bare(made, ["check", join(here, "right/app.tova")]).status, 0);
  assert.equal(bare(made, ["check", join(here, "wrong/app.tova")]).status, 1);
  const built = bare(made, ["build", join(here, "right/app.tova"), "-o", join(here, "out")]);
  assert.equal(built.status, 0, built.stderr);
  assert.ok(readdirSync(join(here, "out")).some((name) => name.endsWith(".server.js")));
});

released("lsp answers in an empty environment", (made) => {
  const frame = (message) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
  const input = [
    { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
    { method: "initialized", params: {} }, { id: 2, method: "shutdown" }, { method: "exit" },
  ].map(frame).join("");
  const { status, stdout } = bare(made, ["lsp"], { input });
  assert.equal(status, 0);
  assert.match(stdout, /"serverInfo":\{"name":"tova/);
  assert.match(stdout, /"id":2,"result":null/);
});
