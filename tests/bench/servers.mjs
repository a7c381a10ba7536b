#!/usr/bin/env node
// The emitted server beside one that is written by hand for Bun.serve, under the load tool wrk (Debian: wrk): a plain route, a
// call with validation, a list of 100 rows. Both run at once and are asked in turns, so that what else the machine does meets
// both, and start anew for each round, since where the memory of a process comes to lie counts for as much as what is measured.
// Prints, for each, what the emitted server does in proportion to the other: requests a second, and requests for each second of
// processor that the server itself used, which a busy machine blurs less. The target is 0.90.
//
// usage: node servers.mjs [--rounds N] [--seconds N] [--production]
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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

/** Hundredths of a second of processor that a process has used, with those of threads that have ended. */
function processorTicks({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function load({ child, address }, { path, words }, seconds) {
  const before = processorTicks(child);
  const { stdout, stderr, status } = spawnSync("wrk", ["-t1", "-c32", `-d${seconds}s`, ...words, address + path], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${path}: ${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)[1]);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), work: requests / (processorTicks(child) - before) };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const json = { "content-type": "application/json" };
const call = (body, headers = json) => ["/rpc/register", { method: "POST", headers, body }];

const tooLarge = " ".repeat((1 << 20) + 1);

/** What is measured, and what both have to refuse alike, since checking it is a part of the work. */
const asked = [
  ["/hello"],
  ["/rows"],
  call('{"__args":["Ada",36,["x"]]}'),
  call('{"name":"Ada","age":36,"tags":[]}'),
  call('{"__args":["Ada",3.5,["x",2]]}'),
  call('{"name":5}'),
  call('{"__args":5}'),
  call("[1]"),
  call("{"),
  call("{}", { "content-type": "text/plain" }),
  call("{}", { ...json, origin: "http://elsewhere.example" }),
  call("{}", { ...json, "sec-fetch-site": "cross-site" }),
  call(tooLarge),
  ["/rpc/register"],
  ["/hello", { method: "POST" }],
  ["/nowhere"],
];

/** A server that refuses a body may close while it is being sent, and fetch then tells no status. */
async function answerOf({ address }, path, init) {
  const response = await fetch(address + path, init).catch((error) => {
    if (init?.body === tooLarge) return new Response(null, { status: 413 });
    throw error;
  });
  const text = await response.text();
  return `${response.status} ${[200, 400].includes(response.status) && !text.includes("Invalid JSON") ? text : ""}`;
}

/** The same statuses, and where arguments were looked at the same texts. */
async function sameAnswers(...servers) {
  for (const [path, init] of asked) {
    const [a, b] = await Promise.all(servers.map((server) => answerOf(server, path, init)));
    if (a !== b) throw new Error(`${path} ${init?.body?.slice(0, 80) ?? ""} is answered differently: ${a.slice(0, 200)} and ${b.slice(0, 200)}`);
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
