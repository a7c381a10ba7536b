#!/usr/bin/env node
// How fast pages are: the operations of js-framework-benchmark in headless Chromium, for a program in Tova, for code that
// uses the document by hand, and for SolidJS. A time is from the click until the page is laid out anew, and the median
// of some runs; the three take turns, so that a busy machine is equally busy for each. Then: how many bytes the client
// of the RPC document's users application comes to, gzipped.
//
// usage: node client.mjs [RUNS] [WORDS]
//   WORDS  only the operations whose names have these in them
import { gzipSync } from "node:zlib";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "@babel/core";
import { chromium } from "playwright-core";
import { quiet } from "../browser/chromium.mjs";
import { bun, tova, write } from "../harness/program.mjs";
import { absent, seedBlock } from "../seeds/documents.mjs";

const runs = Number(process.argv[2] ?? 11);
const words = process.argv[3] ?? "";
const sources = join(import.meta.dirname, "client");
const solid = join(createRequire(import.meta.url).resolve("solid-js/package.json"), "..");
const source = (name) => readFileSync(join(import.meta.dirname, "client", name), "utf8");
const built = mkdtempSync(join(tmpdir(), "tova-bench-"));

/**
 * The operations: what brings the page to the start, what is clicked (`@` is another number each time, from 2 on) and how
 * often, and how many rows there are then.
 */
const operations = [
  { name: "create 1,000 rows", before: "clear", click: "#run", rows: 1000 },
  { name: "replace 1,000 rows", before: "run", click: "#run", rows: 1000 },
  { name: "create 10,000 rows", before: "clear", click: "#runlots", rows: 10_000 },
  { name: "append 1,000 rows", before: "run", click: "#add", rows: 2000 },
  { name: "update every 10th of 1,000", before: "run", click: "#update", rows: 1000, times: 5 },
  { name: "update every 10th of 10,000", before: "runlots", click: "#update", rows: 10_000 },
  { name: "select a row of 1,000", before: "run", click: "tr:nth-child(@) a", rows: 1000, times: 50 },
  { name: "select a row of 10,000", before: "runlots", click: "tr:nth-child(@) a", rows: 10_000, times: 50 },
  { name: "swap two rows", before: "run", click: "#swaprows", rows: 1000, times: 10 },
  { name: "remove a row", before: "run", click: "tr:nth-child(@) span", rows: 990, times: 10 },
  { name: "clear 1,000 rows", before: "run", click: "#clear", rows: 0 },
].filter(({ name }) => name.includes(words));

/** What the first and last rows hold, without comments and in no order of attributes: the three pages must agree. */
function shown() {
  const outline = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE ? node.data : "";
    const attributes = [...node.attributes].filter(({ value }) => value !== "").map(({ name, value }) => `${name}=${value}`);
    return `<${[node.localName, ...attributes.toSorted()].join(" ")}>${[...node.childNodes].map(outline).join("")}</>`;
  };
  return [...document.querySelectorAll("#tbody tr:nth-child(-n+12), #tbody tr:nth-last-child(-n+12)")].map(outline);
}

/** Brings the page to the start of an operation. Runs in the page, as act does. */
function prepare({ before }) {
  document.getElementById(before).click();
  document.body.offsetHeight;
  globalThis.gc();
}

function act({ click, times = 1 }) {
  for (let i = 2; i < times + 2; i++) {
    document.querySelector(click.startsWith("#") ? click : `#tbody ${click.replace("@", i)}`).click();
    document.body.offsetHeight;
  }
}

const countRows = () => document.querySelectorAll("#tbody tr").length;

/** One operation: milliseconds of the processor for scripts, and for all. */
async function measure({ page, client }, operation) {
  const readClock = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    const [script, layout, styles] = ["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"]
      .map((name) => metrics.find((metric) => metric.name === name).value * 1000);
    return { script, total: script + layout + styles };
  };
  await page.evaluate(prepare, operation);
  const start = await readClock();
  await page.evaluate(act, operation);
  const end = await readClock();
  const rows = await page.evaluate(countRows);
  if (rows !== operation.rows) throw new Error(`${operation.name}: ${rows} rows`);
  const { times = 1 } = operation;
  return { script: (end.script - start.script) / times, total: (end.total - start.total) / times };
}

/** The bytes of what the page asks for, by path. */
function files() {
  const page = (script) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>${script}</title>
<style>table { width: 100%; border-collapse: collapse } td { padding: 8px; border-top: 1px solid #ddd }
.danger td { background: #f2dede } a { color: #337ab7; cursor: pointer }</style>
<script type="importmap">{"imports":{"solid-js":"/solid/dist/solid.js","solid-js/web":"/solid/web/dist/web.js"}}</script>
<div id="app"></div><script type="module" src="${script}"></script>`;
  const { code } = transformSync(source("solid.jsx"), {
    presets: ["babel-preset-solid"], configFile: false, babelrc: false, cwd: import.meta.dirname,
  });
  return {
    "/tova.html": page("/out/app.client.js"),
    "/dom.html": page("/hand_written.js"),
    "/solid.html": page("/solid.js"),
    "/solid.js": code,
  };
}

/** Builds an application of these files; @returns {string} the folder of what was emitted */
function compile(name, texts) {
  const folder = join(built, name);
  for (const [file, text] of Object.entries(texts)) write(join(folder, file), text);
  build(folder, []);
  return join(folder, ".tova-out");
}

function build(cwd, more) {
  const env = { ...process.env, TOVA_BUN: bun };
  const { status, stderr, stdout } = spawnSync(tova, ["build", "--quiet", ".", ...more], { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`tova build failed: ${stderr}${stdout}`);
}

function startServer(out) {
  const made = files();
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const folder = pathname.startsWith("/out/") ? out : pathname.startsWith("/solid/") ? solid : sources;
    const path = join(folder, pathname.replace(/^\/(out|solid)\//, ""));
    const body = made[pathname] ?? (existsSync(path) ? readFileSync(path) : undefined);
    // The last two headers make the page's clock exact.
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": pathname.endsWith(".html") ? "text/html" : "text/javascript",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

async function measureAll(pages) {
  const contents = [];
  for (const operation of operations) {
    const times = pages.map(() => []);
    for (let run = -3; run < runs; run++) {
      for (const [index, page] of pages.entries()) {
        const time = await measure(page, operation);
        if (run >= 0) times[index].push(time);
      }
    }
    contents.push(await Promise.all(pages.map(({ page }) => page.evaluate(shown))));
    printTimes(operation.name, times);
    totals.push(times.map((list) => median(list.map(({ total }) => total))));
  }
  return contents;
}

const totals = [];

function printTimes(name, times) {
  const [ours, hand, theirs] = times.map((list) => ({
    total: median(list.map(({ total }) => total)), script: median(list.map(({ script }) => script)),
  }));
  const ratio = (a, b) => (a / b).toFixed(2).padStart(6);
  const ms = (value) => value.toFixed(2).padStart(8);
  console.log(`${name.padEnd(28)}${ms(ours.total)}${ms(hand.total)}${ms(theirs.total)}  ${ratio(ours.total, hand.total)}`
    + ` ${ratio(ours.total, theirs.total)}   ${ms(ours.script)}${ms(hand.script)}${ms(theirs.script)}`);
}

function printTable() {
  console.log(`milliseconds, median of ${runs}        Tova     DOM   Solid  of DOM of Solid   script alone, each`);
}

const geometricMean = (list) => Math.exp(list.reduce((sum, value) => sum + Math.log(value), 0) / list.length);

function printMeans() {
  const [hand, theirs] = [1, 2].map((index) => geometricMean(totals.map((row) => row[0] / row[index])));
  console.log(`geometric mean of the ratios: ${hand.toFixed(2)} of DOM (target 1.2), ${theirs.toFixed(2)} of Solid (target 1.0)`);
}

/** Every module that a page loads which starts with this one. */
function modulesFrom(out, start) {
  const found = new Set([start]);
  for (const name of found) {
    for (const [, path] of readFileSync(join(out, name), "utf8").matchAll(/^(?:import|export|\}) [^;]*?from "(\.[^"]+)"/gmsu)) {
      found.add(join(name, "..", path));
    }
  }
  return [...found];
}

function printBytes() {
  if (absent) {
    console.log(`bytes of the users application: not counted, ${absent}`);
    return;
  }
  const out = compile("users", { "app.tova": seedBlock("rpc-client.md: Tova Source") });
  const modules = modulesFrom(out, "app.client.js");
  const sizes = modules.map((name) => gzipSync(readFileSync(join(out, name))).length);
  const folder = join(built, "users");
  build(folder, ["--production", "-o", "dist"]);
  const assets = readdirSync(join(folder, "dist/assets")).filter((name) => name.endsWith(".js"));
  const bundled = assets.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, "dist/assets", name))).length, 0);
  console.log(`users application, gzipped: ${bundled} bytes built for production (target 12,000); in development, with all`
    + ` comments, ${sizes.reduce((a, b) => a + b, 0)} in ${modules.length} modules: ${modules.map((name, index) => `${name} ${sizes[index]}`).join(", ")}`);
}

/** The pages, each open in a tab of its own. */
async function openPages(browser, server) {
  const context = await browser.newContext();
  return Promise.all(["tova", "dom", "solid"].map(async (name) => {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
    await page.goto(`http://127.0.0.1:${server.address().port}/${name}.html`);
    await page.waitForSelector("#tbody", { state: "attached" });
    const client = await context.newCDPSession(page);
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    return { page, client };
  }));
}

function compare(contents) {
  for (const [index, [ours, ...others]] of contents.entries()) {
    for (const other of others) {
      const at = ours.findIndex((row, place) => row !== other[place]);
      if (at < 0 && ours.length === other.length) continue;
      console.error(`after "${operations[index].name}" Tova shows\n${ours[at]}\nwhere another page shows\n${other[at]}`);
      process.exitCode = 1;
    }
  }
}

let browser;
let server;
try {
  server = await startServer(compile("bench", { "app.tova": source("app.tova"), "data.js": source("data.js") }));
  browser = await chromium.launch({
    executablePath: process.env.TOVA_CHROMIUM ?? "/usr/bin/chromium",
    args: [...quiet, "--js-flags=--expose-gc"],
  });
  printTable();
  compare(await measureAll(await openPages(browser, server)));
  printMeans();
  printBytes();
} finally {
  await browser?.close();
  server?.close();
  rmSync(built, { recursive: true, force: true });
}
