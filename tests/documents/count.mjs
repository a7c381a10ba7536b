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
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const target = 0.99;

/** @typedef {{ place: string, text: string, line: number, hash: string, error?: string }} Source */

/** Every file below `folder` whose name ends with one of `endings`, sorted. */
function filesBelow(folder, endings) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.includes("node_modules"))
    .sort();
}

const hashOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** The blocks between ```tova fences, without the indentation of their fence. */
function blocksOf(path, place) {
  /** @type {Source[]} */
  const blocks = [];
  let open = null;
  readFileSync(path, "utf8").split("\n").forEach((line, index) => {
    const fence = line.match(/^(\s*)(`{3,}|~{3,})\s*(\w*)/);
    if (open === null) {
      if (fence) open = { indent: fence[1].length, mark: fence[2], language: fence[3], line: index + 2, lines: [] };
    } else if (fence && fence[2].startsWith(open.mark) && line.trim() === fence[2]) {
      if (open.language === "tova") {
        const text = open.lines.join("\n") + "\n";
        blocks.push({ place: `${place}:${open.line}`, line: open.line, text, hash: hashOf(text) });
      }
      open = null;
    } else {
      open.lines.push(line.slice(0, open.indent).trim() === "" ? line.slice(open.indent) : line);
    }
  });
  return blocks;
}

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

/** What excluded.txt says: lines of a hash and a reason, others are comments. */
function readExcluded() {
  const lines = readFileSync(join(here, "excluded.txt"), "utf8").split("\n");
  return new Map(lines.flatMap((line) => {
    const entry = line.match(/^([0-9a-f]{12}) +(.+)$/);
    return entry ? [[entry[1], entry[2]]] : [];
  }));
}

/**
 * An ellipsis that stands for code: not a spread or a rest, which a name or a bracket follows at once; or an arm whose
 * body is such a comment.
 */
function isElided(text) {
  if (/=>\s*\/\/\s*\.\.\.\s*$/m.test(text)) return true;
  const code = text.replace(/\/\/.*$/gm, "").replace(/"(\\.|[^"\\\n])*"/g, '""');
  return /…|\.\.\.\s*(?:$|[)\]},;<]|\/\/)/m.test(code);
}

/**
 * A listing of an interface: every line says what something gives, `name(parameters) -> Type`, `value.name -> Type` or
 * `table |> name(parameters) -> Type`, and nothing is defined or called.
 */
function isListing(text) {
  const lines = text.split("\n").map((line) => line.replace(/\s*\/\/.*$/, "")).filter((line) => line.trim() !== "");
  const signature =
    /^(?:(?:async|await|fn) )*(?:[A-Za-z_]\w* \|> )?[A-Za-z_][\w.]*(?:<[^>]*>)?(?:\(.*\))?\s*->\s*[^=]+$/;
  return lines.length > 0 && lines.every((line) => signature.test(line) && !/\{\s*$/.test(line));
}

/** Why a block is no program and no part of one, or undefined. */
function shapeOf(text) {
  if (isElided(text)) return "elided code";
  return isListing(text) ? "a listing of signatures" : undefined;
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
  const blocks = filesBelow(folder, [".md"]).flatMap((path) => blocksOf(path, relative(folder, path)));
  const files = filesBelow(folder, [".tova"]).map((path) => {
    const text = readFileSync(path, "utf8");
    return { place: relative(folder, path), line: 1, text, hash: hashOf(text) };
  });
  parseAll(parser, [...blocks, ...files]);

  const excluded = readExcluded();
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
