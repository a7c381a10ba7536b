// `tova build`: which files it writes, leaves alone and keeps, and what it says about it.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { write } from "../harness/program.mjs";
import { api, app, feed, mistaken, page, project, shared } from "./sources.mjs";

const outputs = ["app.client.js", "app.server.api.js", "app.server.feed.js", "app.shared.js"];

/** The JavaScript files directly in a folder. */
const scripts = (folder) => readdirSync(folder).filter((name) => name.endsWith(".js")).sort();

/** Every output below a folder with its text and time of change; what the build keeps for itself is none. */
function snapshot(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => ![".manifest", ".lock"].includes(name) && statSync(join(folder, name)).isFile());
  return Object.fromEntries(
    names.sort().map((name) => {
      const path = join(folder, name);
      return [name, [readFileSync(path, "utf8"), statSync(path).mtimeMs, statSync(path).ino]];
    }),
  );
}

test("build writes an output for each block, its map, and the runtime, and says which", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  const { code, stdout, stderr } = await tova("build", ".");
  assert.equal(code, 0, stderr);
  const out = join(cwd, ".tova-out");
  assert.deepEqual(scripts(out), outputs);
  for (const name of outputs) {
    assert.match(stdout, new RegExp(`^  \\.tova-out/${name.replaceAll(".", "\\.")}$`, "m"));
    assert.match(readFileSync(join(out, name), "utf8"), new RegExp(`//# sourceMappingURL=${name}\\.map\\n$`));
    assert.equal(JSON.parse(readFileSync(join(out, `${name}.map`), "utf8")).version, 3);
  }
  assert.ok(existsSync(join(out, "runtime", "server.js")));
  assert.match(stdout, /^Wrote \d+ files, 0 unchanged \(\d+ ms\)\.\n$/m);
});

test("a second build touches nothing and says so", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build");
  const before = snapshot(join(cwd, ".tova-out"));
  const { code, stdout } = await tova("build");
  assert.equal(code, 0);
  assert.match(stdout, /^Nothing to write: \d+ unchanged \(\d+ ms\)\.\n$/);
  assert.deepEqual(snapshot(join(cwd, ".tova-out")), before);
});

test("a change writes only the outputs that it changes", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build");
  write(join(cwd, "app.tova"), app.replace('"pong"', '"PONG"'));
  const { stdout } = await tova("build");
  assert.match(stdout, /app\.server\.feed\.js/);
  assert.doesNotMatch(stdout, /app\.server\.api\.js|app\.shared\.js|runtime/);
});

test("two builds of the same source give the same bytes", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build");
  const texts = (tree) => Object.fromEntries(Object.entries(tree).map(([name, [text]]) => [name, text]));
  const first = texts(snapshot(join(cwd, ".tova-out")));
  rmSync(join(cwd, ".tova-out"), { recursive: true });
  await tova("build");
  assert.deepEqual(texts(snapshot(join(cwd, ".tova-out"))), first);
});

test("errors keep the last good output, say so, and give status 1", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build");
  const before = snapshot(join(cwd, ".tova-out"));
  write(join(cwd, "app.tova"), shared + api + feed + mistaken);
  const { code, stderr } = await tova("build");
  assert.equal(code, 1);
  assert.match(stderr, /^app\.tova:\d+:\d+: error: .*list_nots/m);
  assert.match(stderr, /\.tova-out\/app\.client\.js has errors: the last good one stays\./);
  assert.deepEqual(snapshot(join(cwd, ".tova-out"))["app.client.js"], before["app.client.js"]);
});

test("a block with errors keeps back no output of another file", async (t) => {
  const { cwd, tova } = project(t, { "a.tova": shared + api, "b.tova": mistaken });
  const { code, stderr } = await tova("build", ".", "-o", "out");
  assert.equal(code, 1);
  const names = scripts(join(cwd, "out"));
  assert.ok(names.some((name) => name.endsWith(".server.api.js")), names.join(" "));
  assert.ok(!names.some((name) => name.endsWith(".client.js")), names.join(" "));
  assert.match(stderr, /\.client\.js has errors: it is not written\./);
});

test("the output of a deleted block is removed, and nothing else is", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build");
  const out = join(cwd, ".tova-out");
  const others = ["app.server.js.txt", "other.server.feed.js", "app.notes.js", "applet.server.feed.js"];
  for (const name of others) write(join(out, name), "not ours\n");
  write(join(cwd, "app.tova"), shared + api + page);
  const { code, stdout } = await tova("build");
  assert.equal(code, 0);
  assert.match(stdout, /removed \.tova-out\/app\.server\.feed\.js/);
  assert.match(stdout, /, 2 removed \(/);
  for (const name of ["app.server.feed.js", "app.server.feed.js.map"]) assert.ok(!existsSync(join(out, name)), name);
  for (const name of [...others, "app.server.api.js", "app.client.js"]) assert.ok(existsSync(join(out, name)), name);
});

test("the output of a block that cannot be read is not removed", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": shared + api + page, "feed.tova": feed });
  await tova("build");
  const out = join(cwd, ".tova-out");
  const name = readdirSync(out).find((each) => each.endsWith(".server.feed.js"));
  write(join(cwd, "feed.tova"), feed.replace('server "feed" {', 'srver "feed" {'));
  assert.equal((await tova("build")).code, 1);
  assert.ok(existsSync(join(out, name)));
});

test("-o writes into another folder, making it, and nothing beside it", async (t) => {
  const { cwd, tova } = project(t, { "src/app.tova": app });
  const { code, stdout } = await tova("build", "src", "-o", "a/b/out");
  assert.equal(code, 0);
  assert.deepEqual(scripts(join(cwd, "a/b/out")), outputs);
  assert.match(stdout, /^ {2}a\/b\/out\/app\.client\.js$/m);
  assert.ok(!existsSync(join(cwd, "src/.tova-out")));
  assert.equal((await tova("build", "src", "-o", "a/b/out")).stdout.startsWith("Nothing to write"), true);
});

test("a folder of applications is built with each in its own place", async (t) => {
  const { cwd, tova } = project(t, { "one/app.tova": app, "two/app.tova": shared + api + page });
  assert.equal((await tova("build")).code, 0);
  assert.deepEqual(scripts(join(cwd, "one/.tova-out")), outputs);
  assert.deepEqual(scripts(join(cwd, "two/.tova-out")), outputs.filter((name) => !name.includes("feed")));
  assert.equal((await tova("build", "-o", "all")).code, 0);
  assert.deepEqual(scripts(join(cwd, "all/one")), outputs);
});

test("a tova.toml above gathers the outputs of all packages below it", async (t) => {
  const { cwd, tova } = project(t, { "tova.toml": "", "one/app.tova": app });
  assert.equal((await tova("build")).code, 0);
  assert.deepEqual(scripts(join(cwd, ".tova-out/one")), outputs);
});

test("several files of a folder become outputs named after the folder", async (t) => {
  const { cwd, tova } = project(t, { "desk/a.tova": shared + api, "desk/b.tova": page });
  assert.equal((await tova("build", "desk")).code, 0);
  assert.deepEqual(scripts(join(cwd, "desk/.tova-out")), ["desk.client.js", "desk.server.api.js", "desk.shared.js"]);
});

test("--quiet prints nothing unless there are errors", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  const { code, stdout, stderr } = await tova("build", "--quiet");
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
  write(join(cwd, "app.tova"), shared + api + mistaken);
  const broken = await tova("build", "--quiet");
  assert.equal(broken.code, 1);
  assert.equal(broken.stdout, "");
  assert.match(broken.stderr, /list_nots/);
});

test("a folder that cannot be written is named", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  write(join(cwd, "out"), "a file, not a folder\n");
  const { code, stderr } = await tova("build", "-o", "out");
  assert.equal(code, 1);
  assert.match(stderr, /out: /);
});

/** Long enough ago for a build to trust the time of a file. */
function settle(cwd, ...names) {
  const before = new Date(Date.now() - 60_000);
  for (const name of names) utimesSync(join(cwd, name), before, before);
}

test("what has changed is told by sizes and times, to the nanosecond", async (t) => {
  const { cwd, tova } = project(t, { "a.tova": "pub one = 1\n", "b.tova": "pub two = 2\n" });
  settle(cwd, "a.tova", "b.tova");
  await tova("build");
  assert.match((await tova("build")).stdout, /^Nothing to write/);
  write(join(cwd, "b.tova"), "pub two = 3\n"); // as long as before
  assert.match((await tova("build")).stdout, /^ {2}\.tova-out\/b\.js\nWrote 2 files/);
  rmSync(join(cwd, ".tova-out/a.js"));
  assert.match((await tova("build")).stdout, /^ {2}\.tova-out\/a\.js\n/);
  write(join(cwd, ".tova-out/a.js"), "changed by hand\n");
  assert.match((await tova("build")).stdout, /^ {2}\.tova-out\/a\.js\n/);
});

test("warnings are told again by a build that has nothing to do", async (t) => {
  const { cwd, tova } = project(t, { "a.tova": "fn f() {\n  return 1\n  2\n}\nprint(f())\n" });
  settle(cwd, "a.tova");
  const first = await tova("build");
  assert.match(first.stderr, /warning/);
  assert.equal((await tova("build")).stderr, first.stderr);
});

test("the output of a deleted source is removed when this program wrote it, and only then", async (t) => {
  const { cwd, tova } = project(t, { "a.tova": "pub one = 1\n", "b.tova": "pub two = 2\n" });
  await tova("build");
  write(join(cwd, ".tova-out/c.js"), "// mine\n");
  rmSync(join(cwd, "b.tova"));
  const { stdout } = await tova("build");
  assert.match(stdout, /removed \.tova-out\/b\.js/);
  assert.deepEqual(scripts(join(cwd, ".tova-out")), ["a.js", "c.js"]);
});

test("modules that become an application leave no outputs behind", async (t) => {
  const { cwd, tova } = project(t, { "web/a.tova": "pub one = 1\n", "web/b.tova": "pub two = 2\n" });
  await tova("build");
  write(join(cwd, "web/b.tova"), "server {\n  fn f() { one }\n}\n");
  await tova("build");
  assert.deepEqual(scripts(join(cwd, "web/.tova-out")), ["web.server.js", "web.shared.js"]);
});

test("what a manifest says of files outside of the output folder is not believed", async (t) => {
  const { cwd, tova } = project(t, { "web/a.tova": "pub one = 1\n", "keep.txt": "mine\n" });
  await tova("build");
  const manifest = join(cwd, "web/.tova-out/.manifest");
  write(manifest, `${readFileSync(manifest, "utf8")}u gone\ni 1 1 0 gone.tova\no 1 1 0 ../../keep.txt\n`);
  await tova("build");
  assert.ok(existsSync(join(cwd, "keep.txt")));
});

test("one build of many modules gives the bytes that one by one gives", async (t) => {
  const files = { "tova.toml": "" };
  for (let i = 0; i < 40; i++) {
    const before = i === 0 ? "" : `import { f${i - 1} } from "./m${i - 1}"\n`;
    files[`m${i}.tova`] = `${before}pub fn f${i}(x) {\n  ${i === 0 ? "sleep(x)" : `f${i - 1}(x)`}\n}\n`;
  }
  const { cwd, tova } = project(t, files);
  await tova("build");
  const texts = () => Object.fromEntries(Object.entries(snapshot(join(cwd, ".tova-out"))).map(([name, [text]]) => [name, text]));
  const together = texts();
  rmSync(join(cwd, ".tova-out"), { recursive: true });
  for (let i = 0; i < 40; i++) await tova("build", `m${i}.tova`);
  assert.deepEqual(texts(), together);
  assert.match(together["m39.js"], /async function f39/);
});
