// The multi-server document's program (server "api", server "events", a page) under `tova dev`.
import assert from "node:assert/strict";
import { join } from "node:path";
import { shared, test } from "../harness/test.mjs";
import { folder, freePair, sqlite } from "../harness/program.mjs";
import { childProcesses, startApplication } from "../harness/application.mjs";
import { openSocket } from "../harness/sockets.mjs";
import { absent, seedBlock } from "./documents.mjs";

const servers = ["api", "events"];

async function start(t) {
  const cwd = folder(t, { "app.tova": seedBlock("multi-server.md: Full Code") });
  return { cwd, app: await startApplication(t, cwd, servers) };
}

const running = shared(start);

function seedTest(name, body) {
  test(`multi-server.md: ${name}`, async (t) => {
    if (absent) t.skip(absent);
    await body({ ...(await running()), t });
  });
}

const authorized = { headers: { authorization: "Bearer anyone" } };
const alice = { id: 1, name: "Alice", email: "alice@example.com" };

seedTest("`tova dev .` prints what the document prints", ({ app }) => {
  const { api, events } = app.ports;
  const printed = [
    `  Starting server:api on port ${api}`,
    `  Starting server:events on port ${events}`,
    "",
    "  2 server process(es) running",
    `    -> server:api: http://localhost:${api}`,
    `    -> server:events: http://localhost:${events}`,
  ].join("\n");
  assert.ok(app.output.includes(printed), app.output);
});

seedTest("PORT_API and PORT_EVENTS hold from the first start", async ({ app }) => {
  assert.equal((await app.call("list_users")).status, 200);
  assert.equal((await app.call("list_users", [], { server: "events" })).status, 404);
});

seedTest("ports count up from the base port that --port gives", async ({ t }) => {
  const cwd = folder(t, { "app.tova": seedBlock("multi-server.md: Full Code") });
  const base = await freePair();
  const app = await startApplication(t, cwd, servers, { ports: [base, base + 1], words: ["--port", String(base)] });
  assert.ok(app.output.includes(`-> server:events: http://localhost:${base + 1}`), app.output);
});

seedTest("each named server is a process of its own; one that dies leaves the other alone", async ({ t }) => {
  const { app } = await start(t);
  const children = await childProcesses(app.child.pid);
  assert.equal(children.length, 2, app.output);
  const events = children.find(({ command }) => command.includes("app.server.events.js"));
  assert.ok(events, JSON.stringify(children));
  process.kill(events.pid, "SIGKILL");
  for (let round = 0; round < 5; round += 1) {
    assert.equal((await app.call("list_users")).status, 200);
  }
});

seedTest("the servers end with `tova dev`", async ({ t }) => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const { app } = await start(t);
    await app.stop(signal);
    for (const server of servers) {
      await assert.rejects(fetch(app.url("/", server)), `${server} is gone after ${signal}`);
    }
  }
});

seedTest("the page calls without a token: middleware runs before routes, not before procedures", async ({ app }) => {
  assert.deepEqual((await app.call("create_user", [alice.name, alice.email])).body, { result: alice });
  assert.deepEqual((await app.call("list_users")).body, { result: [alice] });
});

seedTest("User.all(), User.find(id) and User.create(fields) work on the shared name", async ({ app }) => {
  assert.deepEqual((await app.call("get_user", [1])).body, { result: alice });
  assert.deepEqual((await app.call("get_user", [99])).body, { result: null });
});

seedTest("the `database` key of `db` names the SQLite file", async ({ cwd }) => {
  assert.deepEqual(await sqlite(join(cwd, "app.db"), "SELECT id, name, email FROM users"), [alice]);
});

seedTest("a route without the authorization header answers 401", async ({ app }) => {
  for (const path of ["/api/users", "/api/users/1"]) {
    const { status, body } = await app.request("GET", path);
    assert.equal(status, 401, path);
    assert.equal(typeof body.error, "string", path);
  }
  const refused = await app.request("POST", "/api/users", { body: { name: "No", email: "no@example.com" } });
  assert.equal(refused.status, 401);
  assert.equal((await app.call("list_users")).body.result.length, 1, "the refused handler did not run");
});

seedTest("routes list, create and get with the authorization header", async ({ app }) => {
  const body = { name: "Bob", email: "bob@example.com" };
  const created = await app.request("POST", "/api/users", { body, ...authorized });
  assert.equal(created.status, 200);
  assert.deepEqual(created.body, { id: 2, ...body });
  assert.deepEqual((await app.request("GET", "/api/users", authorized)).body, [alice, { id: 2, ...body }]);
  assert.deepEqual((await app.request("GET", "/api/users/2", authorized)).body, { id: 2, ...body });
});

seedTest("a route answers 404 for a user who is not there", async ({ app }) => {
  for (const path of ["/api/users/99", "/api/users/abc", "/api/nothing"]) {
    const { status, body } = await app.request("GET", path, authorized);
    assert.equal(status, 404, path);
    assert.equal(typeof body.error, "string", path);
  }
});

seedTest("a route answers 400 for bad JSON and for a missing field", async ({ app }) => {
  const bad = await app.request("POST", "/api/users", { body: "{ name", ...authorized });
  assert.equal(bad.status, 400);
  const missing = await app.request("POST", "/api/users", { body: { name: "Only" }, ...authorized });
  assert.equal(missing.status, 400);
  assert.match(JSON.stringify(missing.body), /email is required/);
});

seedTest("the headers that middleware sets are on the response", async ({ app }) => {
  const answers = [
    await app.request("GET", "/api/users", authorized),
    await app.request("GET", "/api/users"),
    await app.request("OPTIONS", "/api/users"),
  ];
  for (const { headers } of answers) {
    assert.equal(headers.get("access-control-allow-origin"), "*");
    assert.equal(headers.get("access-control-allow-methods"), "GET, POST, PUT, DELETE");
    assert.equal(headers.get("access-control-allow-headers"), "Content-Type, Authorization");
  }
});

seedTest("the rate limit of the middleware answers 429 from its hundredth request on", async ({ t }) => {
  const { app } = await start(t);
  const statuses = [];
  for (let count = 0; count < 101; count += 1) {
    statuses.push((await app.request("GET", "/api/users", authorized)).status);
  }
  assert.deepEqual([...new Set(statuses.slice(0, 100))], [200]);
  assert.equal(statuses[100], 429);
});

seedTest("an unknown function answers 404 as JSON on each server", async ({ app }) => {
  for (const server of servers) {
    const { status, body } = await app.call("nope", [], { server });
    assert.equal(status, 404, server);
    assert.match(body.error, /nope/, server);
  }
});

seedTest("middleware and socket handlers are no endpoints", async ({ app }) => {
  for (const [name, server] of [["ws_connect", "events"], ["cors", "api"], ["auth", "api"], ["rate_limit", "api"]]) {
    assert.equal((await app.call(name, [], { server })).status, 404, name);
  }
});

seedTest("the first named server serves the page at /", async ({ app }) => {
  const page = await app.request("GET", "/");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type"), /text\/html/);
  const told = /<script type="application\/json" id="tova-servers">(.*?)<\/script>/s.exec(page.body)?.[1];
  assert.deepEqual(JSON.parse(told), app.ports, "it tells where the other servers are");
});

seedTest("a message of one socket reaches all the others, and not its sender", async ({ app, t }) => {
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => openSocket(t, app, "events", "/ws")));
  const event = { kind: "created", payload: "Alice", timestamp: "now" };
  first.send(event);
  assert.deepEqual(await second.next(), event);
  assert.deepEqual(await third.next(), event);
  second.send({ kind: "second" });
  assert.deepEqual(await first.next(), { kind: "second" }, "the first got nothing before that");
});

seedTest("a socket that closes is taken off the list", async ({ app, t }) => {
  const [stays, listens, leaves] = await Promise.all([1, 2, 3].map(() => openSocket(t, app, "events", "/ws")));
  await leaves.close();
  stays.send({ kind: "after" });
  assert.deepEqual(await listens.next(), { kind: "after" });
});

seedTest("broadcast(event) sends its single object argument to every socket", async ({ app, t }) => {
  const sockets = await Promise.all([1, 2].map(() => openSocket(t, app, "events", "/ws")));
  const event = { kind: "note", payload: "to all", timestamp: "" };
  const { status } = await app.request("POST", "/rpc/broadcast", { server: "events", body: event });
  assert.equal(status, 200);
  for (const socket of sockets) {
    assert.deepEqual(await socket.next(), event);
  }
});

seedTest("the socket's route asked without an upgrade answers 426", async ({ app }) => {
  assert.equal((await app.request("GET", "/ws", { server: "events" })).status, 426);
});
