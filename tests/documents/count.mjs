// Counts how much of a folder of documents parses: the fenced `tova` blocks of its Markdown files and its `.tova` files.
//
//   node tests/documents/count.mjs FOLDER [--parser=PATH] [--all] [--hashes]
//
// FOLDER is given by whoever runs it; nothing of it is kept here. A block counts unless it is no program and no part of
// one: elided code (`...` or `…` where code should stand, not `...rest`), a listing of signatures, or a block whose
// hash excluded.txt names with a reason. Prints the failures with their messages, then the figures. Exit status 1 when
// fewer than 99 % of the blocks that count parse, or a `.tova` file fails that excluded.txt does not name.
// --all adds what is not counted and fails, --hashes the hash of each failure.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readBlocks, readFiles, readReasons, shapeOf } from "./documents.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const target = 0.99;

/** Parses all sources in one process; sets `error` of those that have one. */
function parseAll(parser, sources) {
  const input = sources.map(({ text }) => text.replaceAll("\0", " ") + "\0").join("");
  const { stdout, status, error } = spawnSync(parser, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) {
    throw new Error(`${parser} failed: ${error?.message ?? `status ${status}`}`);
  }
  const answers = stdout.trimEnd().split("\n");
  if (answers.length !== sources.length) {
    throw new Error(`${sources.length} texts, but ${answers.length} answers`);
  }
  answers.forEach((answer, index) => {
    if (answer === "ok") return;
    const [line, column, message] = answer.split("\t");
    const source = sources[index];
    source.error = `${Number(line) + source.line - 1}:${column} ${message}`;
  });
}

function report(title, failures, withHashes) {
  if (failures.length === 0) return;
  console.log(`\n${title}`);
  for (const { place, error, hash } of failures) {
    console.log(`  ${withHashes ? `${hash}  ` : ""}${place}  at ${error}`);
  }
}

function main(words) {
  const options = words.filter((word) => word.startsWith("--"));
  const [folder] = words.filter((word) => !word.startsWith("--"));
  if (!folder) {
    console.error("usage: node tests/documents/count.mjs FOLDER [--parser=PATH] [--all] [--hashes]");
    return 2;
  }
  const named = options.find((option) => option.startsWith("--parser="))?.slice("--parser=".length);
  const parser = named ?? join(root, "build", "tests", "documents", "parse_sources");
  const blocks = readBlocks(folder);
  const files = readFiles(folder);
  parseAll(parser, [...blocks, ...files]);

  const excluded = readReasons("excluded.txt");
  const reasonOf = ({ text, hash }) => excluded.get(hash) ?? shapeOf(text);
  const counted = blocks.filter((block) => reasonOf(block) === undefined);
  const failures = counted.filter(({ error }) => error !== undefined);
  const brokenFiles = files.filter(({ error, hash }) => error !== undefined && !excluded.has(hash));
  const withHashes = options.includes("--hashes");
  report("blocks that do not parse", failures, withHashes);
  report("files that do not parse", brokenFiles, withHashes);
  if (options.includes("--all")) {
    for (const reason of new Set([...blocks, ...files].map(reasonOf))) {
      const left = [...blocks, ...files].filter((source) => source.error && reasonOf(source) === reason);
      if (reason !== undefined) report(`not counted: ${reason}`, left, withHashes);
    }
  }
  const parsed = counted.length - failures.length;
  const share = counted.length === 0 ? 1 : parsed / counted.length;
  console.log(`\nblocks: ${blocks.length}, of which ${blocks.length - counted.length} are no program or part of one`);
  console.log(`parse: ${parsed} of ${counted.length} (${(100 * share).toFixed(2)} %)`);
  console.log(`parse, of all blocks: ${blocks.filter(({ error }) => !error).length} of ${blocks.length}`);
  console.log(`files: ${files.filter(({ error }) => !error).length} of ${files.length} parse`);
  return share >= target && brokenFiles.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
