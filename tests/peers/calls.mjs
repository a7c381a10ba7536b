// Servers that call each other by their names.
import assert from "node:assert/strict";
import { pause, until } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { shop } from "./programs.mjs";
import { startServers } from "./servers.mjs";

const running = shared((t) => startServers(t, shop, ["shop", "audit", "my-stock"]));

/** A test of the running servers. */
const peerTest = (name, body) => test(name, async () => body((await running()).servers));

peerTest("a call of a peer is awaited, and what it gives has the methods and defaults of its type", async (servers) => {
  assert.equal(await servers.shop.call("place", 1, "pens"), "1: pens (new)");
  assert.deepEqual(await servers.audit.call("all"), ["1: pens"]);
});

peerTest("a server whose name is no identifier is called with _ for what none has", async (servers) => {
  assert.deepEqual(await servers.shop.call("names"), ["pen"]);
  assert.deepEqual(await servers.shop.call("doubled", ["ab", "c"]), [4, 2]);
});

peerTest("Ok, Err, Some, None and variants of a peer match and have their methods", async (servers) => {
  assert.equal(await servers.shop.call("judged", 2), "fine 2");
  assert.equal(await servers.shop.call("judged", 0), "refused: not positive");
  assert.equal(await servers.shop.call("found", 1), "pen");
  assert.equal(await servers.shop.call("found", 2), "nothing");
  assert.equal(await servers.shop.call("paid", true), "cash");
  assert.equal(await servers.shop.call("paid", false), "card 12");
});

peerTest("a refusal of a peer keeps its status, function and details", async (servers) => {
  const error = await servers.shop.call("relays", "refusal");
  assert.deepEqual(error, {
    status: 400, functionName: "record", peer: "audit", mayHaveRun: true, details: ["order must be an object"],
  });
});

peerTest("an error in a peer is a 500 there and tells its caller nothing more", async (servers) => {
  const error = await servers.shop.call("relays", "failure");
  assert.deepEqual([error.status, error.functionName], [500, "fails"]);
  const answer = await servers.shop.post("/rpc/bubbles", {});
  assert.deepEqual([answer.status, answer.body], [500, { error: "Internal server error" }]);
  await until("the line of the log", () => /audit\.fails failed: 500/.test(servers.shop.output));
});

peerTest("a call that takes too long is given up and not tried again", async (servers) => {
  const runs = async () => (await servers.audit.call("all")).filter((order) => order === "slow").length;
  const error = await servers.shop.call("relays", "slow");
  assert.deepEqual([error.code, error.mayHaveRun], ["TIMEOUT", true]);
  assert.equal(await runs(), 0, "it was given up before it was over");
  await until("the end of what was given up", async () => (await runs()) > 0);
  await pause(4000); // so long after the first attempt a second one would end
  assert.equal(await runs(), 1);
});

peerTest("the id of a request comes back with its answer, and one that could break a log line does not", async (servers) => {
  const named = await servers.shop.post("/rpc/names", {}, { "x-request-id": "abc-1" });
  assert.equal(named.headers.get("x-request-id"), "abc-1");
  const made = await servers.shop.post("/rpc/names", {}, { "x-request-id": "a b" });
  assert.match(made.headers.get("x-request-id"), /^[0-9a-f-]{36}$/);
});

test("a peer that begins a moment later is reached by the attempts after the first", async (t) => {
  const { servers } = await startServers(t, shop, ["shop", "audit", "my-stock"]);
  await servers["my-stock"].stop();
  const call = servers.shop.call("names");
  await servers["my-stock"].start();
  const first = await Promise.allSettled([call]);
  if (first[0].status === "rejected") assert.deepEqual(await servers.shop.call("names"), ["pen"]);
  else assert.deepEqual(first[0].value, ["pen"]);
});
