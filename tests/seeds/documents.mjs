// The Tova code of the seed documents, taken from them at run time. They lie beside the repository,
// in ../shared/seeds, and are not part of it: where they are absent, what needs them is skipped.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../harness/program.mjs";

const folder = join(dirname(root), "shared", "seeds");

/** Why the documents cannot be read, or undefined when they can. */
export const absent = existsSync(folder)
  ? undefined
  : "the seed documents are not beside the repository (../shared/seeds)";

/** @typedef {{ document: string, name: string, text: string }} Block */

/**
 * Every Tova block of the documents, named by its document and the heading above it (and a number
 * from the second of a heading on).
 * @returns {Block[]}
 */
export function seedBlocks() {
  return [
    ...fencedBlocks("multi-server.md"),
    ...fencedBlocks("rpc-client.md"),
    ...unfencedBlocks("rpc-browser.md"),
  ];
}

/** The text of one block, by `document: name`. */
export function seedBlock(title) {
  const block = seedBlocks().find(({ document, name }) => `${document}: ${name}` === title);
  if (!block) throw new Error(`no block is called "${title}"`);
  return block.text;
}

function fencedBlocks(document) {
  const lines = readDocument(document);
  const blocks = [];
  let heading = "";
  for (let at = 0; at < lines.length; at += 1) {
    heading = /^#+ (.*?)(?: \{#.*\})?$/.exec(lines[at])?.[1] ?? heading;
    if (!lines[at].startsWith("```")) continue;
    const isTova = lines[at] === "```tova";
    const start = at + 1;
    at = lines.indexOf("```", start);
    if (isTova) blocks.push(named(blocks, document, heading, lines.slice(start, at)));
  }
  return blocks;
}

// rpc-browser.md is the text of a web page: without fences, without indentation, and with the first
// words after a listing glued to its last line. Each listing is found by the end of the paragraph
// before it and by the words glued behind it.
const unfenced = [
  ["Server Side: RPC Endpoints", "the compiler generates a POST endpoint:", "This generates:"],
  ["Automatic Async Handling", "adds await to the RPC call:", "Compiles to:"],
  ["Automatic Async Handling", "automatically awaits the result:", "The server.get_users() call within the pipe"],
  ["Tova Source", "Tova Source", "Generated Server (simplified)"],
  ["RPC with Arguments", "parameters on the other side:", "If you pass a single object argument"],
  ["RPC with Arguments", "(not wrapped in __args):", "RPC Configuration"],
  ["Server-Side Validation", "validate the CSRF header on every RPC request:", "Request Interceptors"],
  ["Serialization", "cannot be passed through RPC.", "Error Handling"],
  ["Error Handling", "the RPC call throws on the client side:", "Non-OK HTTP responses"],
  ["Performance", "that return batches of data:", "Related Pages"],
];

function unfencedBlocks(document) {
  const text = readDocument(document).join("\n");
  const blocks = [];
  let from = 0;
  for (const [heading, before, behind] of unfenced) {
    const start = text.indexOf(`${before}\n`, from) + before.length + 1;
    const end = text.indexOf(behind, start);
    if (start <= before.length || end < 0) throw new Error(`${document}: the listing of "${heading}" is not found`);
    blocks.push(named(blocks, document, heading, text.slice(start, end).split("\n")));
    from = end;
  }
  return blocks;
}

function readDocument(document) {
  return readFileSync(join(folder, document), "utf8").split("\n");
}

/** @returns {Block} */
function named(blocks, document, heading, lines) {
  const before = blocks.filter(({ name }) => name.replace(/ \d+$/, "") === heading).length;
  const name = before === 0 ? heading : `${heading} ${before + 1}`;
  return { document, name, text: `${lines.join("\n")}\n` };
}
