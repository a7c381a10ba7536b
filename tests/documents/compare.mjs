// Runs the self-contained programs of a folder of documents through the reference implementation and through ours, and
// lists where what they print differs.
//
//   node tests/documents/compare.mjs REFERENCE [--only=TEXT] [--show] [--jobs=N]
//
// REFERENCE is a checkout of the reference that runs (`bun REFERENCE/bin/tova.js`); nothing of it is kept here. A block
// of its Markdown files is a self-contained program when it prints something and one of the two runs it to its end.
// differences.txt names each difference by the hash of its block, with the reason why ours is right by the documents
// and where they say so; a difference that it does not name is an open one. Blocks that print another thing each time
// (clocks, chance) are counted apart. Prints the open differences (--show: all, with both outputs), then the figures.
// Exit status 1 when a difference is open. --only takes the blocks whose place contains TEXT.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readBlocks, readReasons, shapeOf } from "./documents.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const patience = 10_000;
const isApplication = /^\s*(?:server|browser|client|shared|edge|test|bench|cli|security|auth|data|deploy|theme)\b[^=\n]*\{/m;

/** @typedef {{ status: number | null, output: string, errors: string }} Run */

/**
 * Runs a command in a folder of its own, without input and with a limit of time.
 * @param {string[]} words
 * @param {string} cwd
 * @returns {Promise<Run>}
 */
function run([command, ...words], cwd) {
  const env = { ...process.env, NO_COLOR: "1", PATH: `${join(root, "tests/node_modules/.bin")}:${process.env.PATH}` };
  const child = spawn(command, words, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const result = { status: null, output: "", errors: "" };
  child.stdout.on("data", (data) => (result.output += data));
  child.stderr.on("data", (data) => (result.errors += data));
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), patience);
  return new Promise((done) => {
    child.on("error", (error) => done({ ...result, errors: String(error) }));
    child.on("close", (status) => {
      clearTimeout(timer);
      done({ ...result, status });
    });
  });
}

/** One program through one implementation, in a new folder. */
async function runProgram(commands, text, scratch, name) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "program.tova"), text);
  const result = await run([...commands, "run", "program.tova"], folder);
  rmSync(folder, { recursive: true, force: true });
  return result;
}

const ended = ({ status, output }) => status === 0 && output.trim() !== "";

/**
 * What the two make of a block.
 * @returns {Promise<"apart" | "varies" | "same" | "different">}
 */
async function compareBlock(block, tools, scratch, name) {
  block.reference = await runProgram(tools.reference, block.text, scratch, `${name}-r`);
  block.ours = await runProgram(tools.ours, block.text, scratch, `${name}-o`);
  if (!ended(block.reference) && !ended(block.ours)) return "apart";
  if (block.reference.status === block.ours.status && block.reference.output === block.ours.output) return "same";
  const again = ended(block.ours)
    ? [block.ours, await runProgram(tools.ours, block.text, scratch, `${name}-o`)]
    : [block.reference, await runProgram(tools.reference, block.text, scratch, `${name}-r`)];
  return again[0].output === again[1].output ? "different" : "varies";
}

function indent(text) {
  return text.trimEnd().split("\n").slice(0, 12).map((line) => `      ${line}`).join("\n");
}

function show(block, reason, whole) {
  console.log(`${block.hash}  ${block.place}${reason === undefined ? "" : `  ${reason}`}`);
  if (!whole) return;
  for (const [name, { status, output, errors }] of [["reference", block.reference], ["ours", block.ours]]) {
    console.log(`    ${name}: status ${status}`);
    if (output.trim() !== "") console.log(indent(output));
    if (status !== 0) console.log(indent(errors));
  }
}

async function main(words) {
  const options = new Map(words.filter((word) => word.startsWith("--")).map((word) => word.slice(2).split("=")));
  const [reference] = words.filter((word) => !word.startsWith("--"));
  if (!reference) {
    console.error("usage: node tests/documents/compare.mjs REFERENCE [--only=TEXT] [--show] [--jobs=N]");
    return 2;
  }
  const excluded = readReasons("excluded.txt");
  const reasons = readReasons("differences.txt");
  const candidates = readBlocks(reference)
    .filter(({ text, hash, place }) => !excluded.has(hash) && shapeOf(text) === undefined && /\bprint\(/.test(text) &&
      !isApplication.test(text) && place.includes(options.get("only") ?? ""));
  const tools = {
    reference: ["bun", join(resolve(reference), "bin", "tova.js")],
    ours: [process.env.TOVA_BINARY ?? join(root, "build", "server", "tova")],
  };
  const scratch = mkdtempSync(join(tmpdir(), "tova-compare-"));
  const counts = { apart: 0, varies: 0, same: 0, different: 0 };
  let next = 0;
  let open = 0;
  const worker = async () => {
    while (next < candidates.length) {
      const index = next++;
      const block = candidates[index];
      const verdict = await compareBlock(block, tools, scratch, String(index));
      counts[verdict]++;
      const reason = reasons.get(block.hash);
      open += verdict === "different" && reason === undefined ? 1 : 0;
      if (verdict === "different" && (reason === undefined || options.has("show"))) show(block, reason, true);
    }
  };
  await Promise.all(Array.from({ length: Number(options.get("jobs") ?? cpus().length) }, worker));
  rmSync(scratch, { recursive: true, force: true });
  console.log(`\nblocks that print: ${candidates.length}, of which ${counts.apart} are no program that runs by itself`);
  console.log(`the same: ${counts.same}; different: ${counts.different}, of which ${open} are open; ` +
    `different each time: ${counts.varies}`);
  return open === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
