// Which port each server gets under `tova dev`, and what is said when it cannot have it.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "../harness/test.mjs";
import { folder, freePorts } from "../harness/program.mjs";
import { app, counter } from "./sources.mjs";
import { startDev } from "./dev_run.mjs";

/** A port from which on three are free. */
async function freeBase() {
  for (;;) {
    const [base] = await freePorts(1);
    const free = await Promise.all([1, 2].map((more) => canListen(base + more)));
    if (free.every(Boolean)) return base;
  }
}

function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer().on("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Listens on a port for as long as the test. */
function occupy(t, port) {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    t.after(() => new Promise((closed) => server.close(closed)));
    server.listen(port, "127.0.0.1", resolve);
  });
}

const rows = [
  ["--port is the port of the first server", (base) => ({ words: [".", "--port", String(base)] }), [0, 1]],
  ["PORT is the base", (base) => ({ env: { PORT: String(base) } }), [0, 1]],
  ["--port wins over PORT", (base) => ({ words: ["--port", String(base)], env: { PORT: "9" } }), [0, 1]],
  ["PORT_FEED moves one server and leaves the other", (base) => ({ env: { PORT: String(base), PORT_FEED: String(base + 2) } }), [0, 2]],
  ["PORT_API wins over --port", (base) => ({ words: ["--port", String(base + 1)], env: { PORT_API: String(base) } }), [0, 2]],
];

for (const [name, options, [api, feed]] of rows) {
  test(name, async (t) => {
    const base = await freeBase();
    const dev = startDev(t, folder(t, { "app.tova": app }), options(base));
    await dev.says(`    -> server:api: http://localhost:${base + api}\n    -> server:feed: http://localhost:${base + feed}\n`);
  });
}

test("every server and the page know the ports of all", async (t) => {
  const base = await freeBase();
  const asks = 'server "api" {\n  fn ports() -> [String] {\n    [process.env.PORT_API, process.env.PORT_FEED]\n  }\n}\n';
  const cwd = folder(t, { "a.tova": asks, "b.tova": app.replace(/server "api" \{[^]*?\n\}\n/, "").replace("list_notes", "ports") });
  const dev = startDev(t, cwd, { env: { PORT: String(base) } });
  await dev.says("2 server process(es) running");
  const page = await (await fetch(`http://127.0.0.1:${base}/`)).text();
  const told = /<script type="application\/json" id="tova-servers">(.*?)<\/script>/s.exec(page)[1];
  assert.deepEqual(JSON.parse(told), { api: base, feed: base + 1 });
  const response = await fetch(`http://127.0.0.1:${base}/rpc/ports`, { method: "POST" });
  assert.deepEqual((await response.json()).result, [String(base), String(base + 1)]);
});

test("a port in use is named with its server and the variable that sets another, and nothing is started", async (t) => {
  const base = await freeBase();
  await occupy(t, base + 1);
  const dev = startDev(t, folder(t, { "app.tova": app }), { env: { PORT: String(base) } });
  assert.equal((await dev.ended).code, 1);
  assert.match(dev.stderr, new RegExp(`port ${base + 1} of server:feed is in use`));
  assert.match(dev.stderr, /PORT_FEED=\d+ tova dev/);
  assert.equal(dev.stdout, "");
});

test("the port in use of a server without a name is set by PORT", async (t) => {
  const [port] = await freePorts(1);
  await occupy(t, port);
  const dev = startDev(t, folder(t, { "app.tova": counter }), { env: { PORT: String(port) } });
  assert.equal((await dev.ended).code, 1);
  assert.match(dev.stderr, new RegExp(`port ${port} of server is in use.*PORT=\\d+ tova dev`, "s"));
});

test("a variable that is no port is named", async (t) => {
  for (const [variable, value] of [["PORT", "http"], ["PORT_API", "0"], ["PORT_FEED", "65536"]]) {
    const dev = startDev(t, folder(t, { "app.tova": app }), { env: { [variable]: value } });
    assert.equal((await dev.ended).code, 2, variable);
    assert.match(dev.stderr, new RegExp(`${variable} is "${value}", which is not a port`));
  }
});

test("--port refuses what is no port", async (t) => {
  const dev = startDev(t, folder(t, { "app.tova": app }), { words: ["--port", "many"] });
  assert.equal((await dev.ended).code, 2);
  assert.match(dev.stderr, /"many" is not a port/);
});

test("two servers on one port are refused before anything starts", async (t) => {
  const [port] = await freePorts(1);
  const env = { PORT_API: String(port), PORT_FEED: String(port) };
  const dev = startDev(t, folder(t, { "app.tova": app }), { env });
  assert.equal((await dev.ended).code, 2);
  assert.match(dev.stderr, new RegExp(`server:api and server:feed would both listen on port ${port}; set PORT_FEED`));
});
