// `tova dev` when sources change: what is built, what starts again, and what goes on as it was.
import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { folder, freePorts, pause, replace, until, write } from "../harness/program.mjs";
import { api, app, feed, mistaken, page, shared } from "./sources.mjs";
import { call, startDev } from "./dev_run.mjs";

/** dev with two servers, one file each, and a page. */
async function start(t, files = { "api.tova": shared + api, "feed.tova": feed, "page.tova": page }) {
  const [first, second] = await freePorts(2);
  const cwd = folder(t, files);
  const dev = startDev(t, cwd, { env: { PORT_API: String(first), PORT_FEED: String(second) } });
  await dev.says("process(es) running");
  return { dev, cwd, first, second, save: (name, text) => replace(join(cwd, name), text) };
}

/** The processes of the servers by their names; one that begins or ends at this moment has no name. */
const pids = async (dev) => Object.fromEntries((await dev.servers()).map(({ pid, command }) => [/server\.(\w+)\.js/.exec(command)?.[1], pid]));

test("a change of one server starts that one again and leaves the other", async (t) => {
  const { dev, first, second, save } = await start(t);
  await call(first, "add_note", ["kept in memory"]);
  const before = await pids(dev);
  save("feed.tova", feed.replace('"pong"', '"PONG"'));
  await until("the new answer", async () => (await call(second, "ping")) === "PONG");
  const after = await pids(dev);
  assert.equal(after.api, before.api);
  assert.notEqual(after.feed, before.feed);
  assert.equal((await call(first, "list_notes")).length, 1);
  assert.match(dev.stdout, /^ {2}Rebuilt \S+\.server\.feed\.js \(\d+ ms\)$/m);
});

test("a change of the page starts no server again, and the page gets it", async (t) => {
  const { dev, first, save } = await start(t);
  const before = await pids(dev);
  save("page.tova", page.replace("<ul>", '<ul class="new">'));
  await dev.says(/Rebuilt \S+\.client\.js/);
  assert.deepEqual(await pids(dev), before);
  const html = await (await fetch(`http://127.0.0.1:${first}/`)).text();
  const script = /<script type="module" src="(\/\S+\.client\.js)">/.exec(html)[1];
  assert.match(await (await fetch(`http://127.0.0.1:${first}${script}`)).text(), /class: "new"/);
});

test("an open page is told to load itself again", async (t) => {
  const { first, save } = await start(t);
  const stream = await fetch(`http://127.0.0.1:${first}/__tova/reload`, { signal: AbortSignal.timeout(60_000) });
  const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
  save("page.tova", page.replace("<ul>", '<ul class="new">'));
  let heard = "";
  while (!heard.includes("event: reload")) {
    const { value, done } = await reader.read();
    assert.ok(!done, `the stream ended after ${heard}`);
    heard += value;
  }
  await reader.cancel();
});

test("a change of the shared types starts every server again", async (t) => {
  const { dev, save } = await start(t);
  const before = await pids(dev);
  save("api.tova", shared.replace("text: String", "text: String\n    urgent: Bool = false") + api);
  await dev.says(/Rebuilt .*\.shared\.js/);
  await until("both to be new", async () => {
    const after = await pids(dev);
    return after.api && after.feed && after.api !== before.api && after.feed !== before.feed;
  });
});

test("a module of the runtime that one server begins to use starts that one again and leaves the other", async (t) => {
  const { dev, second, save } = await start(t);
  const before = await pids(dev);
  save("feed.tova", feed.replace('"pong"', 'capitalize("pong")'));
  await until("the new answer", async () => (await call(second, "ping")) === "Pong");
  assert.equal((await pids(dev)).api, before.api);
});

test("the output of a block that is gone is removed, and what others wrote stays", async (t) => {
  const { dev, cwd } = await start(t);
  const out = join(cwd, ".tova-out");
  write(join(out, "mine.server.feed.js"), "// mine\n");
  assert.ok(readdirSync(out).some((name) => /^tova-test-.*\.server\.feed\.js$/.test(name)));
  rmSync(join(cwd, "feed.tova"));
  await dev.says("  Stopping server:feed\n");
  assert.deepEqual(readdirSync(out).filter((name) => /server\.feed/.test(name)), ["mine.server.feed.js"]);
});

test("a change that changes no output starts nothing again", async (t) => {
  const { dev, save, second } = await start(t);
  const before = await pids(dev);
  save("feed.tova", `${feed}\n\n`);
  await pause(600);
  assert.deepEqual(await pids(dev), before);
  assert.equal(await call(second, "ping"), "pong");
});

test("a mistake is told, what runs goes on, and mending it is noticed", async (t) => {
  const { dev, first, second, save } = await start(t);
  await call(first, "add_note", ["kept"]);
  save("api.tova", shared + api.replace("    notes\n", "    nots\n"));
  await dev.says(/^api\.tova:\d+:\d+: error: .*nots/m, "stderr");
  await dev.says("server:api has errors; it runs on as it was", "stderr");
  assert.equal((await call(first, "list_notes")).length, 1);
  assert.equal(await call(second, "ping"), "pong");
  save("api.tova", shared + api);
  await dev.says("  No errors any more\n");
  assert.equal((await call(first, "list_notes")).length, 1, "nothing had changed, so nothing was started again");
});

test("a server that could not start for errors starts when they are mended", async (t) => {
  const { dev, second, save } = await start(t, { "api.tova": shared + api, "feed.tova": feed.replace('"pong"', '"pong'), "page.tova": page });
  assert.match(dev.stdout, /1 server process\(es\) running/);
  save("feed.tova", feed);
  await dev.says(`    -> server:feed: http://localhost:${second}`);
  assert.equal(await call(second, "ping"), "pong");
});

test("a server that failed starts again with the next change", async (t) => {
  const { dev, first, save } = await start(t);
  const { api: pid } = await pids(dev);
  process.kill(pid, "SIGKILL");
  await dev.says("server:api was ended by signal 9", "stderr");
  save("feed.tova", feed.replace('"pong"', '"again"'));
  await until("its answer", async () => (await call(first, "list_notes")).length === 0);
});

test("a server block that is added is started, and one that is removed is stopped", async (t) => {
  const { dev, cwd, second, save } = await start(t, { "api.tova": shared + api, "page.tova": page });
  save("feed.tova", feed);
  await dev.says(`    -> server:feed: http://localhost:${second}`);
  assert.equal(await call(second, "ping"), "pong");
  rmSync(join(cwd, "feed.tova"));
  await dev.says("  Stopping server:feed\n");
  await until("its end", async () => (await dev.servers()).length === 1);
});

test("the page's error does not stop the servers from starting", async (t) => {
  const { dev } = await start(t, { "api.tova": shared + api, "feed.tova": feed, "page.tova": mistaken });
  assert.match(dev.stdout, /2 server process\(es\) running/);
  assert.match(dev.stderr, /page\.tova:\d+:\d+: error: .*list_nots/);
});

test("files that are no sources are no change", async (t) => {
  const { dev, cwd } = await start(t);
  const before = dev.stdout;
  write(join(cwd, "notes.txt"), "x\n");
  write(join(cwd, "deeper", "other.tova"), app);
  await pause(600);
  assert.equal(dev.stdout, before);
});
