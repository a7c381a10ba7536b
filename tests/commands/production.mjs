// `tova build --production`: the folder that it makes, that it runs by itself, and that a failure leaves the older one.
// What a person sees of it is tests/browser/production_pages.mjs.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { test } from "../harness/test.mjs";
import { bun, freePorts, until, write } from "../harness/program.mjs";
import { api, app, mistaken, page, project, shared } from "./sources.mjs";
import { call } from "./dev_run.mjs";

const admin = 'browser "admin" {\n  state notes: [Note] = []\n  effect { notes = server.list_notes() }\n  component App { <b>{len(notes)}</b> }\n}\n';

/** Files below a folder, without the mark. */
const list = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((name) => /\.(js|gz|br)$/.test(name)).sort();

/** Runs a server of a built folder, as its user would; its address. */
async function serve(t, cwd, file, env = {}) {
  const [port] = await freePorts(1);
  const child = spawn(bun, [file], { cwd, env: { ...process.env, PORT: String(port), ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  t.after(() => (child.kill("SIGKILL"), ended));
  const address = `http://127.0.0.1:${port}`;
  await until(`the answer of ${file}`, () => fetch(address));
  return { port, address, child, ended, said: () => output };
}

const scriptOf = async (address, path = "/") => /<script type="module" src="(\/assets\/[^"]+)">/.exec(await (await fetch(address + path)).text())?.[1];

test("a production build holds each server, hashed files of each page, and compressed maps", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app + admin });
  const { code, stdout, stderr } = await tova("build", "--production");
  assert.equal(code, 0, stderr);
  const names = list(join(cwd, "dist"));
  assert.deepEqual(names.filter((name) => !name.includes("/")), [
    "app.server.api.js", "app.server.api.js.map.gz", "app.server.feed.js", "app.server.feed.js.map.gz",
  ]);
  const assets = names.filter((name) => name.startsWith("assets/") && name.endsWith(".js"));
  assert.equal(assets.length, 3, "one for each page, and what they share");
  for (const name of assets) {
    assert.match(name, /^assets\/(app\.client|app\.client\.admin|part)-[0-9a-z]{8}\.js$/);
    const text = readFileSync(join(cwd, "dist", name), "utf8");
    assert.equal(gunzipSync(readFileSync(join(cwd, "dist", `${name}.gz`))).toString(), text);
    assert.doesNotMatch(text, /sourceMappingURL|\.tova-out/);
    assert.ok(stdout.includes(`dist/${name} `));
  }
  const map = JSON.parse(gunzipSync(readFileSync(join(cwd, "dist/app.server.api.js.map.gz"))));
  assert.ok(map.sources.includes("../app.tova"), String(map.sources));
});

test("the built folder runs by itself, and its server gives out what its page loads and nothing else", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build", "--production");
  renameSync(join(cwd, "dist"), join(cwd, "moved"));
  rmSync(join(cwd, ".tova-out"), { recursive: true });
  rmSync(join(cwd, "app.tova"));
  const { port, address } = await serve(t, cwd, "moved/app.server.api.js");
  assert.equal((await call(port, "add_note", ["kept"])).text, "kept");
  const script = await scriptOf(address);
  const plain = await fetch(address + script, { headers: { "accept-encoding": "identity" } });
  assert.equal(plain.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(plain.headers.get("content-encoding"), null);
  assert.match(plain.headers.get("content-type"), /^text\/javascript/);
  for (const encoding of ["gzip", "br"]) {
    const packed = await fetch(address + script, { headers: { "accept-encoding": encoding } });
    assert.equal(packed.headers.get("content-encoding"), encoding);
    assert.equal(packed.headers.get("vary"), "Accept-Encoding");
    if (encoding === "gzip") assert.equal(await packed.text(), await plain.clone().text());
  }
  assert.equal((await fetch(address)).headers.get("cache-control"), "no-cache");
  for (const path of [`${script}.map.gz`, `${script}.gz`, "/app.server.api.js", "/app.client.js", "/assets/../app.server.api.js", "/.tova-production"]) {
    assert.equal((await fetch(address + path)).status, 404, path);
  }
});

test("a page without a server block gets a server in production too", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": 'browser {\n  component App { <h1>"Alone"</h1> }\n}\n' });
  assert.equal((await tova("build", "--production")).code, 0);
  const { address } = await serve(t, cwd, "dist/app.server.js");
  assert.match(await (await fetch(address + (await scriptOf(address)))).text(), /Alone/);
});

test("an error in production is told by its place in the source", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": 'server {\n  fn boom(x: String) -> Int {\n    JSON.parse(x).a.b\n  }\n}\n' });
  await tova("build", "--production");
  const server = await serve(t, cwd, "dist/app.server.js");
  await call(server.port, "boom", ["{}"]);
  await until("the place", () => /at .*app\.tova:3:\d+/.test(server.said()));
});

test("--no-maps leaves the maps out", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build", "--production", "--no-maps", "-o", "out");
  assert.deepEqual(list(join(cwd, "out")).filter((name) => name.includes("map")), []);
});

test("the same sources give the same files, and a change of the page another name", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  const contents = () => list(join(cwd, "dist")).map((name) => [name, readFileSync(join(cwd, "dist", name)).toString("base64")]);
  await tova("build", "--production");
  const first = contents();
  await tova("build", "--production");
  assert.deepEqual(contents(), first);
  write(join(cwd, "app.tova"), app.replace("<ul>", '<ul class="new">'));
  await tova("build", "--production");
  const changed = contents().map(([name]) => name);
  assert.notDeepEqual(changed.filter((name) => name.startsWith("assets")), first.map(([name]) => name).filter((name) => name.startsWith("assets")));
  assert.equal(changed.length, first.length, "the older page is gone");
});

test("a build that fails leaves the older one as it was, whatever fails", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  await tova("build", "--production");
  const before = list(join(cwd, "dist"));
  write(join(cwd, "app.tova"), shared + api + mistaken);
  const mistake = await tova("build", "--production");
  assert.equal(mistake.code, 1);
  assert.match(mistake.stderr, /list_nots.*nothing is built for production/s);
  assert.deepEqual(list(join(cwd, "dist")), before);
  write(join(cwd, "app.tova"), `import { x } from "no-such-package"\n${shared}${api.replace("    notes\n", "    x(notes)\n")}${page}`);
  const missing = await tova("build", "--production");
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /no-such-package.*dist is as it was/s);
  assert.deepEqual(list(join(cwd, "dist")), before);
  assert.deepEqual(readdirSync(cwd).filter((name) => name.includes(".new")), [], "and nothing half made beside it");
});

test("a folder that is somebody's own is not replaced", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  write(join(cwd, "dist/mine.txt"), "mine\n");
  const { code, stderr } = await tova("build", "--production");
  assert.equal(code, 1);
  assert.match(stderr, /dist is no folder that a build for production made/);
  assert.deepEqual(readdirSync(join(cwd, "dist")), ["mine.txt"]);
  mkdirSync(join(cwd, "empty"));
  assert.equal((await tova("build", "--production", "-o", "empty")).code, 0);
});

test("programs are built without what they import, which is inside of them", async (t) => {
  const { cwd, tova } = project(t, { "main.tova": 'import { twice } from "./lib"\nprint(twice(21))\n', "lib.tova": "pub fn twice(x) { x * 2 }\n" });
  assert.equal((await tova("build", "--production")).code, 0);
  assert.deepEqual(list(join(cwd, "dist")), ["main.js", "main.js.map.gz"]);
  const child = spawn(bun, ["dist/main.js"], { cwd });
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  await new Promise((resolve) => child.on("close", resolve));
  assert.equal(text, "42\n");
});

test("packages of several roots have a folder each", async (t) => {
  const { cwd, tova } = project(t, { "one/app.tova": app, "two/app.tova": shared + api + page });
  assert.equal((await tova("build", "--production")).code, 0);
  assert.ok(existsSync(join(cwd, "one/dist/app.server.feed.js")) && existsSync(join(cwd, "two/dist/app.server.api.js")));
  assert.equal((await tova("build", "--production", "-o", "all")).code, 0);
  assert.ok(existsSync(join(cwd, "all/one/app.server.feed.js")) && existsSync(join(cwd, "all/two/app.server.api.js")));
});
