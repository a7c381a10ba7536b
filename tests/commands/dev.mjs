// `tova dev`: what it prints, what it starts, and that nothing outlives it.
import assert from "node:assert/strict";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { folder, freePorts, pause, run, tova, until } from "../harness/program.mjs";
import { app, counter, feed } from "./sources.mjs";
import { call, isAlive, startDev } from "./dev_run.mjs";

/** PORT_API and PORT_FEED with free ports. */
async function twoPorts() {
  const [first, second] = await freePorts(2);
  return { first, second, env: { PORT_API: String(first), PORT_FEED: String(second) } };
}

test("dev prints which server runs where, and nothing else", async (t) => {
  const { first, second, env } = await twoPorts();
  const dev = startDev(t, folder(t, { "app.tova": app }), { env });
  await dev.says(`server:feed: http://localhost:${second}\n`);
  assert.equal(
    dev.stdout,
    `  Starting server:api on port ${first}
  Starting server:feed on port ${second}

  2 server process(es) running
    -> server:api: http://localhost:${first}
    -> server:feed: http://localhost:${second}
`,
  );
  assert.equal(dev.stderr, "");
});

test("a server without a name is called server", async (t) => {
  const [port] = await freePorts(1);
  const dev = startDev(t, folder(t, { "app.tova": counter }), { env: { PORT: String(port) } });
  await dev.says(`    -> server: http://localhost:${port}\n`);
  assert.match(dev.stdout, new RegExp(`^  Starting server on port ${port}\n\n  1 server process\\(es\\) running\n`));
  assert.equal(await call(port, "count"), 1);
});

test("a server says it runs only when it answers", async (t) => {
  const { first, second, env } = await twoPorts();
  const dev = startDev(t, folder(t, { "app.tova": app }), { env });
  await dev.says("process(es) running");
  assert.deepEqual(await call(first, "list_notes"), []);
  assert.equal(await call(second, "ping"), "pong");
});

test("the servers run in the application's folder, also when it is another one", async (t) => {
  const cwd = folder(t, { "apps/notes/app.tova": `server { fn where() -> String { process.cwd() } }\n` });
  const [port] = await freePorts(1);
  const dev = startDev(t, cwd, { words: ["apps/notes"], env: { PORT: String(port) } });
  await dev.says("process(es) running");
  assert.equal(await call(port, "where"), realpathSync(join(cwd, "apps/notes")));
});

test("what a server prints is passed on behind its name", async (t) => {
  const source = 'print("hello from the start")\n';
  const [port] = await freePorts(1);
  const text = `server "api" {\n  ${source}  fn shout() -> Bool {\n    console.error("to the other stream")\n    true\n  }\n}\n`;
  const dev = startDev(t, folder(t, { "app.tova": text }), { env: { PORT_API: String(port) } });
  await dev.says("process(es) running");
  await dev.says("[server:api] hello from the start\n");
  await call(port, "shout");
  await dev.says("[server:api] to the other stream\n", "stderr");
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  test(`${signal} ends dev with status 0 and all its servers`, async (t) => {
    const { env } = await twoPorts();
    const dev = startDev(t, folder(t, { "app.tova": app }), { env });
    await dev.says("process(es) running");
    const servers = await dev.servers();
    assert.equal(servers.length, 2);
    assert.deepEqual(await dev.end(signal), { code: 0, signal: null });
    assert.deepEqual(servers.filter(({ pid }) => isAlive(pid)), []);
  });
}

test("no server outlives a dev that was killed", async (t) => {
  const { env } = await twoPorts();
  const dev = startDev(t, folder(t, { "app.tova": app }), { env });
  await dev.says("process(es) running");
  const servers = await dev.servers();
  await dev.end("SIGKILL");
  await until("the end of the servers", () => servers.every(({ pid }) => !isAlive(pid)));
});

test("no server outlives a dev that was killed, not even one that is too busy to notice", async (t) => {
  const busy = 'server "api" {\n  fn spin() -> Int {\n    while true { }\n    1\n  }\n}\n';
  const [port] = await freePorts(1);
  const dev = startDev(t, folder(t, { "app.tova": busy }), { env: { PORT_API: String(port) } });
  await dev.says("process(es) running");
  const [{ pid }] = await dev.servers();
  call(port, "spin").catch(() => {});
  await pause(200);
  await dev.end("SIGKILL");
  await until("the end of the server", () => !isAlive(pid));
});

test("servers are given one secret to know each other by, unless the environment has one", async (t) => {
  const source = (name) => `server "${name}" {\n  fn ${name}_secret() -> String { process.env.TOVA_PEER_SECRET }\n}\n`;
  const { first, second, env } = await twoPorts();
  const cwd = folder(t, { "app.tova": source("api") + source("feed") });
  const dev = startDev(t, cwd, { env });
  await dev.says("process(es) running");
  const secret = await call(first, "api_secret");
  assert.match(secret, /^[0-9a-f]{64}$/);
  assert.equal(await call(second, "feed_secret"), secret);
  await dev.end();
  const again = startDev(t, cwd, { env: { ...env, TOVA_PEER_SECRET: "given" } });
  await again.says("process(es) running");
  assert.equal(await call(first, "api_secret"), "given");
});

test("a server that crashes is told with the place in its source", async (t) => {
  const { first, env } = await twoPorts();
  const source = 'server "api" {\n  fn later() -> Int {\n    setTimeout(fn() {\n      JSON.parse("nothing").length\n    }, 1)\n    1\n  }\n}\n';
  const dev = startDev(t, folder(t, { "app.tova": source }), { env });
  await dev.says("process(es) running");
  await call(first, "later").catch(() => {}); // it may be gone before its answer is
  await dev.says(/\[server:api\] .*at .*app\.tova:4:\d+/, "stderr");
  await dev.says("server:api ended with status 1. It is started again with the next change", "stderr");
});

test("a server that does not end by itself is killed", async (t) => {
  const stubborn = 'server "api" {\n  process.on("SIGTERM", fn() { print("no") })\n  setInterval(fn() { nil }, 1000)\n}\n';
  const [port] = await freePorts(1);
  const dev = startDev(t, folder(t, { "app.tova": stubborn }), { env: { PORT_API: String(port) } });
  await dev.says("process(es) running");
  const [{ pid }] = await dev.servers();
  process.kill(pid, "SIGSTOP");
  assert.equal((await dev.end()).code, 0);
  assert.ok(!isAlive(pid));
});

test("a server that ends is told, and the others go on", async (t) => {
  const { first, second, env } = await twoPorts();
  const dev = startDev(t, folder(t, { "app.tova": app }), { env });
  await dev.says("process(es) running");
  const api = (await dev.servers()).find(({ command }) => command.includes("server.api"));
  process.kill(api.pid, "SIGKILL");
  await dev.says("server:api was ended by signal 9", "stderr");
  assert.equal(await call(second, "ping"), "pong");
  await assert.rejects(call(first, "list_notes"));
});

test("with an error in one file the servers of the others start", async (t) => {
  const { second, env } = await twoPorts();
  const broken = 'server "api" {\n  fn list_notes() {\n    x = \n  }\n}\n';
  const dev = startDev(t, folder(t, { "a.tova": broken, "b.tova": feed }), { env });
  await dev.says("1 server process(es) running");
  assert.match(dev.stderr, /^a\.tova:3:\d+: error: /m);
  assert.match(dev.stderr, /server:api has errors and is not started/);
  assert.doesNotMatch(dev.stdout, /Starting server:api/);
  assert.equal(await call(second, "ping"), "pong");
});

test("a server that fails at its start is told, and the others start", async (t) => {
  const { second, env } = await twoPorts();
  const failing = 'server "api" {\n  process.exit(3)\n}\n';
  const dev = startDev(t, folder(t, { "a.tova": failing, "b.tova": feed }), { env });
  await dev.says("1 server process(es) running");
  await dev.says("server:api ended with status 3 before it was ready", "stderr");
  assert.equal(await call(second, "ping"), "pong");
});

test("a page without a server block is served all the same", async (t) => {
  const [port] = await freePorts(1);
  const cwd = folder(t, { "app.tova": 'browser {\n  component App {\n    <h1>"Alone"</h1>\n  }\n}\n' });
  const dev = startDev(t, cwd, { env: { PORT: String(port) } });
  await dev.says(`    -> server: http://localhost:${port}`);
  const address = `http://127.0.0.1:${port}`;
  assert.match(await (await fetch(address)).text(), /<script type="module" src="\/app\.client\.js">/);
  const script = await fetch(`${address}/app.client.js`);
  assert.match(script.headers.get("content-type"), /javascript/);
  const imports = [...(await script.text()).matchAll(/from "\.\/(.*?)"/g)].map(([, name]) => name);
  for (const name of imports) {
    assert.equal((await fetch(`${address}/${name}`)).status, 200, name);
  }
  assert.equal((await fetch(`${address}/app.server.js`)).status, 404);
});

test("a program with nothing to serve points to run", async (t) => {
  const dev = startDev(t, folder(t, { "sum.tova": "print(1)\n" }));
  const { code } = await dev.ended;
  assert.equal(code, 1);
  assert.match(dev.stderr, /neither a server nor a browser block.*tova run/s);
});

test("a folder without Tova files is named", async (t) => {
  const dev = startDev(t, folder(t));
  assert.equal((await dev.ended).code, 1);
  assert.match(dev.stderr, /no \.tova file at \./);
});

test("dev writes what build writes", async (t) => {
  const { env } = await twoPorts();
  const cwd = folder(t, { "app.tova": app });
  const dev = startDev(t, cwd, { env });
  await dev.says("process(es) running");
  const { stdout } = await run(tova, ["build"], { cwd });
  assert.match(stdout, /^Nothing to write/);
  assert.match(readFileSync(join(cwd, ".tova-out/app.server.api.js"), "utf8"), /port: 3000/);
});
