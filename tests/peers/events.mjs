// Events between servers: who gets them, and who may send them.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { startApplication } from "../harness/application.mjs";
import { folder, pause, until } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { shop } from "./programs.mjs";
import { startServers } from "./servers.mjs";

const secret = "a secret of sixteen and more";
const names = ["shop", "audit", "my-stock"];
const running = shared((t) => startServers(t, shop, names, { TOVA_PEER_SECRET: secret }));

/** A test of servers that share a secret. */
const eventTest = (name, body) => test(name, async (t) => body((await running()).servers, t));

const seen = (servers) => servers.audit.call("events_seen");

/** A message as another server would send it; parts of it may be wrong. */
function signed(message, { key = secret, time = Date.now() } = {}) {
  const body = JSON.stringify({ id: randomUUID(), to: "audit", event: "ordered", data: { id: 666 }, ...message });
  const signature = createHmac("sha256", key).update(`${time}.${body}`).digest("hex");
  return { body, headers: { "x-tova-time": String(time), "x-tova-signature": signature } };
}

const send = ({ body, headers }, servers) => servers.audit.post("/rpc/__event", body, headers);

/** Nothing of what was refused has reached a handler. */
async function refused(answer, status, error, servers) {
  assert.deepEqual([answer.status, answer.body.error], [status, error]);
  assert.ok(!(await seen(servers)).includes(666));
}

eventTest("an event reaches the servers that subscribe, once and in order, with what it carries", async (servers) => {
  for (const id of [1, 2, 3]) await servers.shop.call("order", id);
  await until("the events", async () => (await seen(servers)).length === 6);
  assert.deepEqual(await seen(servers), [1, "some 1", 2, "some 2", 3, "some 3"]);
});

eventTest("an event without a signature is refused", async (servers) => {
  const { body } = signed({});
  await refused(await send({ body, headers: {} }, servers), 401, "Wrong signature", servers);
  await refused(await send({ body: "{}", headers: {} }, servers), 401, "Wrong signature", servers);
});

eventTest("an event signed with another secret is refused", async (servers) => {
  await refused(await send(signed({}, { key: "another secret of sixteen" }), servers), 401, "Wrong signature", servers);
});

eventTest("an event whose body or time was changed is refused", async (servers) => {
  const { body, headers } = signed({});
  await refused(await send({ body: body.replace("666", "667"), headers }, servers), 401, "Wrong signature", servers);
  const later = { ...headers, "x-tova-time": String(Date.now() + 5) };
  await refused(await send({ body, headers: later }, servers), 401, "Wrong signature", servers);
  for (const signature of ["", "zz", "00", headers["x-tova-signature"].toUpperCase(), `${headers["x-tova-signature"]}00`]) {
    await refused(await send({ body, headers: { ...headers, "x-tova-signature": signature } }, servers), 401, "Wrong signature", servers);
  }
});

eventTest("an event that is old, or from before the server began, is refused", async (servers) => {
  const stale = "The signature is too old, or from a clock that is wrong";
  await refused(await send(signed({}, { time: Date.now() - 61_000 }), servers), 401, stale, servers);
  await refused(await send(signed({}, { time: Date.now() + 61_000 }), servers), 401, stale, servers);
});

eventTest("an event that arrives again is acknowledged as known and does nothing", async (servers) => {
  const message = signed({ data: { id: 77 } });
  assert.equal((await send(message, servers)).status, 200);
  assert.deepEqual((await send(message, servers)).body, { error: "The event has arrived before" });
  const again = JSON.parse(message.body);
  assert.equal((await send(signed(again), servers)).status, 409);
  assert.equal((await seen(servers)).filter((id) => id === 77).length, 1);
});

eventTest("an event for another server is refused", async (servers) => {
  await refused(await send(signed({ to: "shop" }), servers), 403, "The event is for another server", servers);
});

eventTest("what is no event is refused, signed or not", async (servers) => {
  await refused(await send(signed({ event: 5 }), servers), 400, "Not an event", servers);
  await refused(await send(signed({ id: undefined }), servers), 400, "Not an event", servers);
});

eventTest("a server that subscribes to nothing has no endpoint for events", async (servers) => {
  const { body, headers } = signed({ to: "shop" });
  const answer = await servers.shop.post("/rpc/__event", body, headers);
  assert.deepEqual([answer.status, answer.body], [404, { error: "Unknown function: __event" }]);
});

test("an event that was published while its receiver was away arrives when it is back, once", async (t) => {
  const { servers } = await startServers(t, shop, names, { TOVA_PEER_SECRET: secret });
  await servers.audit.stop("SIGKILL");
  await servers.shop.call("order", 9);
  await pause(150);
  await servers.audit.start();
  await until("the events", async () => (await seen(servers)).length === 2);
  await pause(200);
  assert.deepEqual(await seen(servers), [9, "some 9"]);
});

test("without a secret events stay on their own server, and both sides say why", async (t) => {
  const { servers } = await startServers(t, shop, names, { TOVA_PEER_SECRET: "" });
  assert.equal(await servers.shop.call("order", 1), null);
  await pause(100);
  assert.deepEqual(await seen(servers), []);
  const advice = "set TOVA_PEER_SECRET to the same text of at least 16 characters for all servers";
  await until("the advice", () => servers.shop.output.includes(`event "ordered" did not reach audit: ${advice}`));
  const answer = await send(signed({}), servers);
  assert.deepEqual([answer.status, answer.body], [403, { error: `Events of other servers are refused: ${advice}` }]);
});

test("`tova dev` gives its servers a secret of their own: events arrive with nothing to set up", async (t) => {
  const app = await startApplication(t, folder(t, { "app.tova": shop }), names);
  assert.equal((await app.call("order", [4], { server: "shop" })).status, 200);
  const events = async () => (await app.call("events_seen", [], { server: "audit" })).body.result;
  await until("the events", async () => (await events()).length === 2);
  assert.deepEqual(await events(), [4, "some 4"]);
  assert.deepEqual((await app.call("place", [1, "pens"], { server: "shop" })).body, { result: "1: pens (new)" });
  const forged = await app.request("POST", "/rpc/__event", { server: "audit", ...signed({}) });
  assert.deepEqual([forged.status, forged.body], [401, { error: "Wrong signature" }]);
});
