/**
 * From a path to what stands there. Paths without parameters are one lookup; the others are a tree
 * of segments in which a static segment wins over a parameter and a parameter over `*rest`.
 * Methods, status codes and what a route does are not known here.
 */
import { HttpError } from "./http_errors.js";

class Node {
  constructor() {
    this.statics = new Map();
    this.parameter = null; // the node for any one segment
    this.rest = null; // the node for all remaining segments
    this.entry = null;
  }
}

/** @typedef {{ value: any, taken: string[] }} Match what stands there, and the parts that vary */
export class Router {
  #exact = new Map();
  #root = new Node();
  #varies = false;

  /**
   * What stands at a pattern, made by `create` the first time.
   * @param {string} pattern such as /users/:id or /files/*path
   * @param {() => any} create
   * @returns {{ value: any, names: string[] }} names: of the parameters, in their order
   */
  at(pattern, create) {
    const segments = segmentsOf(pattern);
    const node = segments.reduce(stepInto, this.#root);
    node.entry ??= { value: create() };
    const { value } = node.entry;
    const names = segments.filter(varies).map((segment) => segment.slice(1) || "rest");
    if (names.length > 0) this.#varies = true;
    else this.#exact.set(`/${segments.join("/")}`, { value, taken: [] });
    return { value, names };
  }

  /** @returns {[string, Match][]} the patterns without anything that varies */
  fixed() {
    return [...this.#exact];
  }

  /** @param {string} path not decoded @returns {Match | null} @throws {HttpError} 400 for bad encoding */
  find(path) {
    const exact = this.#exact.get(path);
    if (exact !== undefined) return exact;
    if (!this.#varies && !path.includes("%") && !path.endsWith("/")) return null;
    const segments = segmentsOf(path);
    const taken = [];
    const entry = walk(this.#root, path.includes("%") ? segments.map(decodeSegment) : segments, 0, taken);
    return entry === null ? null : { value: entry.value, taken };
  }
}

const varies = (segment) => segment.startsWith(":") || segment.startsWith("*");

/** The node below for one segment of a pattern. */
function stepInto(node, segment) {
  if (segment.startsWith("*")) return (node.rest ??= new Node());
  if (segment.startsWith(":")) return (node.parameter ??= new Node());
  if (!node.statics.has(segment)) node.statics.set(segment, new Node());
  return node.statics.get(segment);
}

/** A slash at the end makes no difference. */
function segmentsOf(path) {
  const segments = path.split("/");
  segments.shift();
  if (segments.at(-1) === "") segments.pop();
  return segments;
}

/** @throws {HttpError} 400 where the escapes are no UTF-8 */
export function decodeSegment(segment) {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, "Bad request", ["the path is not properly encoded"]);
  }
}

/** Depth-first with a way back; the depth is that of the deepest pattern, not of the path. */
function walk(node, segments, index, taken) {
  if (index === segments.length && node.entry !== null) return node.entry;
  if (index < segments.length) {
    const statics = node.statics.get(segments[index]);
    const entry = statics === undefined ? null : walk(statics, segments, index + 1, taken);
    if (entry !== null) return entry;
    if (node.parameter !== null && segments[index] !== "") {
      taken.push(segments[index]);
      const found = walk(node.parameter, segments, index + 1, taken);
      if (found !== null) return found;
      taken.pop();
    }
  }
  if (node.rest === null) return null;
  taken.push(segments.slice(index).join("/"));
  return node.rest.entry;
}

/** @param {string[]} names @param {string[]} taken @returns {Record<string, string>} */
export function parametersOf(names, taken) {
  const params = { __proto__: null };
  for (let i = 0; i < names.length; i++) params[names[i]] = taken[i];
  return params;
}
