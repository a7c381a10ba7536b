/**
 * Errors for people: the message, the line of the source with a mark below it, then the calls that led there, by their
 * places in the sources. Calls inside of the runtime are left out, unless there is nothing else. Whoever catches decides what
 * happens next; ending the process is in traces_uncaught.js.
 */
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { wantsColour } from "./colours.js";
import { sourcePlace } from "./source_maps.js";

/** The folder of the outputs. */
const OUTPUTS = `${dirname(import.meta.dir)}/`;
const MOST_CAUSES = 5;
const FRAME = /^\s*at (?:(.*) \()?([^()]*?):(\d+):(\d+)\)?$/;

/** @typedef {{ name: string, path: string, line: number, column: number }} Frame */

/** @param {unknown} error @returns {Frame[]} innermost first */
export function framesOf(error) {
  const lines = String(Object(error).stack ?? "").split("\n");
  return lines.map((line) => FRAME.exec(line)).filter((found) => found !== null).map(frameOf);
}

function frameOf([, name = "", path, line, column]) {
  const place = { path, line: Number(line), column: Number(column) };
  return { name, ...(sourcePlace(path, place.line, place.column) ?? place) };
}

/** Is it code that stands in no source: the runtime's, or what the compiler adds? */
const isMade = ({ path }) => !path.startsWith("/") || (path.startsWith(OUTPUTS) && path.endsWith(".js"));

/** Calls of the program, and of packages that it uses. */
function ownFrames(frames) {
  const own = frames.filter((frame) => !isMade(frame));
  return own.length > 0 ? own : frames;
}

/** @param {string} path as people read it: relative where it is below the working folder */
export function shownPath(path) {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") ? path : below;
}

const styled = (colour) => (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

function lineOf({ path, line }) {
  try {
    return readFileSync(path, "utf8").split("\n")[line - 1];
  } catch {
    return undefined;
  }
}

/** The line of a frame and a mark below its column; nothing when the source is not there. */
function excerpt(frame, style) {
  const text = frame.path.endsWith(".tova") ? lineOf(frame) : undefined;
  if (text === undefined) return [];
  const indent = text.slice(0, frame.column - 1).replace(/[^\t]/g, " ");
  return [`${String(frame.line).padStart(5)} | ${text}`, `      | ${indent}${style(32, "^")}`];
}

const place = ({ path, line, column }) => `${shownPath(path)}:${line}:${column}`;
const call = (frame) => `    at ${frame.name === "" ? place(frame) : `${frame.name} (${place(frame)})`}`;

function headOf(error) {
  if (!(error instanceof Error)) return `uncaught: ${typeof error === "string" ? error : Bun.inspect(error)}`;
  return error.message === "" ? error.name : `${error.name}: ${error.message}`;
}

function describe(error, style, depth) {
  const frames = ownFrames(framesOf(error));
  const lines = [style("1;31", headOf(error)), ...frames.slice(0, 1).flatMap((frame) => excerpt(frame, style))];
  lines.push(...frames.map((frame) => style(2, call(frame))));
  const inner = error instanceof AggregateError ? error.errors : [error?.cause].filter((cause) => cause instanceof Error);
  for (const each of depth < MOST_CAUSES ? inner : []) {
    lines.push(`Caused by ${describe(each, style, depth + 1)}`);
  }
  return lines.join("\n");
}

/** @param {unknown} error whatever was thrown @param {{ colour?: boolean }} [options] */
export function describeError(error, { colour = wantsColour("stderr") } = {}) {
  return describe(error, styled(colour), 0);
}
