#!/usr/bin/env node
// The emitted server beside one that is written by hand for Bun.serve, under the load tool wrk (Debian: wrk): a plain route, a
// call with validation, a list of 100 rows. Both run at once and are asked in turns, so that what else the machine does meets
// both, and start anew for each round, since where the memory of a process comes to lie counts for as much as what is measured.
// Prints, for each, what the emitted server does in proportion to the other: requests a second, and requests for each second of
// processor that the server itself used, which a busy machine blurs less. The target is 0.90.
//
// usage: node servers.mjs [--rounds N] [--seconds N] [--production]
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bun, freePorts, tova, until } from "../harness/program.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "6" }, seconds: { type: "string", default: "2" }, production: { type: "boolean", default: false } },
});

const here = join(import.meta.dirname, "servers");
const questions = [
  { name: "plain route", path: "/hello", words: [] },
  { name: "call with validation", path: "/rpc/register", words: ["-s", join(here, "call.lua")] },
  { name: "list of 100 rows", path: "/rows", words: [] },
];

function build(folder) {
  cpSync(here, folder, { recursive: true });
  const words = options.production ? ["build", "--production", "--quiet"] : ["build", "--quiet"];
  const { status, stderr } = spawnSync(tova, words, { cwd: folder, encoding: "utf8", env: { ...process.env, TOVA_BUN: bun } });
  if (status !== 0) throw new Error(stderr);
  return join(folder, options.production ? "dist" : ".tova-out", "app.server.js");
}

async function start(name, file, port) {
  const child = spawn(bun, [file], { env: { ...process.env, PORT: String(port), NODE_ENV: "production" }, stdio: ["ignore", "ignore", "inherit"] });
  const address = `http://127.0.0.1:${port}`;
  await until(`the ${name} server`, () => fetch(`${address}/hello`));
  return { name, child, address };
}

/** Seconds of processor that a process has used, to the nanosecond: those of its threads. */
function processorSeconds({ pid }) {
  const tasks = `/proc/${pid}/task`;
  const used = (task) => Number(readFileSync(join(tasks, task, "schedstat"), "utf8").split(" ")[0]);
  return readdirSync(tasks).reduce((sum, task) => sum + used(task), 0) / 1e9;
}

function load({ child, address }, { path, words }, seconds) {
  const before = processorSeconds(child);
  const { stdout, stderr, status } = spawnSync("wrk", ["-t1", "-c32", `-d${seconds}s`, ...words, address + path], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${path}: ${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)[1]);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), work: requests / (processorSeconds(child) - before) };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

async function sameAnswers(emitted, byHand) {
  for (const { path } of questions) {
    const init = path.startsWith("/rpc/")
      ? { method: "POST", headers: { "content-type": "application/json" }, body: '{"__args":["Ada",36,["x"]]}' }
      : {};
    const [a, b] = await Promise.all([emitted, byHand].map(async ({ address }) => (await fetch(address + path, init)).text()));
    if (a !== b) throw new Error(`${path} is answered differently: ${a.slice(0, 200)} and ${b.slice(0, 200)}`);
  }
}

/** Both servers, started anew, asked in turns: [{ emitted, "hand-written" }] by question. */
async function round(file, odd) {
  const ports = await freePorts(2);
  const servers = [];
  try {
    servers.push(await start("emitted", file, ports[0]));
    servers.push(await start("hand-written", join(here, "by_hand.js"), ports[1]));
    await sameAnswers(...servers);
    const order = odd ? servers.toReversed() : servers;
    return questions.map((question) => {
      for (const server of order) load(server, question, 1);
      return Object.fromEntries(order.map((server) => [server.name, load(server, question, options.seconds)]));
    });
  } finally {
    for (const { child } of servers) child.kill("SIGKILL");
  }
}

async function main(folder) {
  const file = build(folder);
  const rounds = [];
  while (rounds.length < Number(options.rounds)) rounds.push(await round(file, rounds.length % 2 === 1));
  for (const [index, { name }] of questions.entries()) {
    const proportion = (key) => median(rounds.map((row) => row[index].emitted[key] / row[index]["hand-written"][key])).toFixed(2);
    const rate = Math.round(median(rounds.map((row) => row[index].emitted.rate)));
    console.log(`${name.padEnd(22)} requests a second ${proportion("rate")}   for each second of processor ${proportion("work")}   (${rate}/s here)`);
  }
}

if (spawnSync("wrk", ["-v"]).error) {
  console.error("servers.mjs needs wrk (Debian: apt-get install wrk).");
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "tova-bench-"));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true });
}
