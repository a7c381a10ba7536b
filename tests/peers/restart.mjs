// A peer is killed and started again while calls go on: what callers were told has happened did.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pause, until } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { ledger } from "./programs.mjs";
import { startServers } from "./servers.mjs";

const CALLERS = 12;

/** Callers that pay one number after the other until they are told to end; the answers by number. */
function load(front) {
  const answers = new Map();
  let next = 1;
  let going = true;
  const caller = async () => {
    while (going) {
      const id = next++;
      const started = performance.now();
      const { status, body } = await front.post("/rpc/pay", { __args: [id] });
      answers.set(id, { status, result: body.result, ms: performance.now() - started, at: performance.now() });
      if (status !== 200) await pause(5);
    }
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, caller));
  const end = () => {
    going = false;
    return callers;
  };
  return { answers, end };
}

const succeeded = (answers) => [...answers].filter(([, { status }]) => status === 200);

test("a peer is killed and restarted under load: the circuit opens and closes, and no call that succeeded is lost or ran twice", async (t) => {
  const { cwd, servers: { front, ledger: peer } } = await startServers(t, ledger, ["front", "ledger"]);
  const { answers, end } = load(front);
  await until("calls that succeed", () => succeeded(answers).length > 200);

  await peer.stop("SIGKILL");
  const killed = performance.now();
  await until("the circuit to open", () => front.output.includes("peer ledger: circuit open"));
  await pause(300);
  const during = [...answers.values()].filter(({ at }) => at > killed + 500);
  await peer.start();
  const before = succeeded(answers).length;
  await until("the circuit to close", () => front.output.includes("peer ledger: circuit closed, it answers again"));
  await until("calls that succeed again", () => succeeded(answers).length > before + 200);
  await end();

  const written = readFileSync(join(cwd, "ledger.txt"), "utf8").trim().split("\n").map(Number);
  const times = Map.groupBy ? Map.groupBy(written, (id) => id) : null;
  assert.equal(new Set(written).size, written.length, `ran twice: ${times === null ? "" : [...times].filter(([, all]) => all.length > 1).map(([id]) => id)}`);
  const kept = new Set(written);
  const lost = succeeded(answers).filter(([id, { result }]) => !kept.has(id) || result !== id);
  assert.deepEqual(lost, []);
  const refused = [...answers.values()].filter(({ status }) => status !== 200);
  assert.ok(refused.length > 0, "nobody noticed that the peer was away");
  assert.ok(refused.every(({ status, result }) => status === 500 && result === undefined));
  // While the circuit is open an answer comes at once, and not after a time limit.
  const quick = during.filter(({ ms }) => ms < 2500);
  assert.ok(during.length === 0 || quick.length > during.length / 2, `${quick.length} of ${during.length} were quick`);
});
