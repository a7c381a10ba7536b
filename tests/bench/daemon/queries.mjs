// What is asked of an open document, what a right answer is, and how fast it has to be. A row:
//   name, what      for --only, and for people
//   targets         [figure, at most] pairs, in milliseconds
//   method, params  the request about copy `n` of the document's part
//   right           is this result right?
import { copyStart } from "./document.mjs";

const FAST = [["p99", 1]];
const SEMANTIC_LINES = 60;

/** @param {string} words what the place is in @param {number} into how many characters */
const at = (words, into) => (document, n) => {
  const text = words.replaceAll("#", n);
  return { position: document.position(document.find(text, copyStart(document, n)) + into) };
};

const textOf = (contents) =>
  [contents].flat().map((part) => (typeof part === "string" ? part : (part?.value ?? ""))).join("\n");

const linesOf = (document, words, n) => document.range(words.replaceAll("#", n), copyStart(document, n)).start.line;

/** @type {{ name: string, what: string, targets: [string, number][], method: string, announced: string,
 *   params: Function, right: Function }[]} */
export const queries = [
  {
    name: "hover",
    what: "hover over a server function's call",
    targets: FAST,
    method: "textDocument/hover",
    params: at("server.list_customers_#(20", 10),
    right: (result, document, n) => textOf(result?.contents).includes(`list_customers_${n}(limit: Int, tag: String)`),
  },
  {
    name: "definition",
    what: "definition of a server function from its call",
    targets: FAST,
    method: "textDocument/definition",
    params: at("server.list_customers_#(20", 10),
    right: (result, document, n) => {
      const place = [result].flat()[0];
      const range = place?.targetSelectionRange ?? place?.range;
      return range?.start.line === linesOf(document, "fn list_customers_#(", n);
    },
  },
  {
    name: "highlight",
    what: "highlights of a local variable",
    targets: FAST,
    method: "textDocument/documentHighlight",
    params: at("found = [...found", 2),
    right: (result) => result?.length === 4,
  },
  {
    name: "signature",
    what: "signature help in a server function's call",
    targets: FAST,
    method: "textDocument/signatureHelp",
    params: at('server.list_customers_#(20, "old")', 'server.list_customers_#(20, "'.length + 3),
    right: (result, document, n) =>
      new RegExp(`list_customers_${n}.*limit.*tag`, "u").test(result?.signatures[0]?.label) && result.activeParameter === 1,
  },
  {
    name: "completion",
    what: "completion after `server.`",
    targets: [["p99", 2]],
    method: "textDocument/completion",
    params: at("server.list_customers_#(20", 7),
    right: (result, document, n) =>
      (result?.items ?? result ?? []).some(({ label }) => label.startsWith(`list_customers_${n}`)),
  },
  {
    name: "tokens",
    what: "semantic tokens of the file",
    targets: [["p99", 8]],
    method: "textDocument/semanticTokens/full",
    params: () => ({}),
    right: (result, document) => result?.data.length / 5 > document.lines / 2 && result.data.length % 5 === 0,
  },
  {
    name: "tokens-range",
    what: `semantic tokens of ${SEMANTIC_LINES} lines`,
    targets: [["p99", 1]],
    method: "textDocument/semanticTokens/range",
    params: (document, n) => {
      const { line } = document.position(copyStart(document, n));
      return { range: { start: { line, character: 0 }, end: { line: Math.min(line + SEMANTIC_LINES, document.lines - 1), character: 0 } } };
    },
    right: (result, document, n) => {
      const first = result?.data[0];
      return Math.abs(first - document.position(copyStart(document, n)).line) <= 1 && result.data.length / 5 > SEMANTIC_LINES / 2;
    },
  },
  {
    name: "symbols",
    what: "outline of the file",
    targets: [["p99", 50]],
    method: "textDocument/documentSymbol",
    params: () => ({}),
    right: (result, document) => result?.length >= document.copies,
  },
];
