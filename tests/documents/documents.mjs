// What a folder of documents holds: the fenced `tova` blocks of its Markdown files, its `.tova` files, and which of them
// are no program and no part of one. Used by count.mjs and compare.mjs; judges nothing about what the programs do.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

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

/**
 * What a list of this folder says: lines of a hash and a reason, others are comments.
 * @param {string} name
 * @returns {Map<string, string>}
 */
export function readReasons(name) {
  const lines = readFileSync(join(here, name), "utf8").split("\n");
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
export function shapeOf(text) {
  if (isElided(text)) return "elided code";
  return isListing(text) ? "a listing of signatures" : undefined;
}

/** Every block of the Markdown files below `folder`. */
export function readBlocks(folder) {
  return filesBelow(folder, [".md"]).flatMap((path) => blocksOf(path, relative(folder, path)));
}

/** Every `.tova` file below `folder`. */
export function readFiles(folder) {
  return filesBelow(folder, [".tova"]).map((path) => {
    const text = readFileSync(path, "utf8");
    return { place: relative(folder, path), line: 1, text, hash: hashOf(text) };
  });
}
