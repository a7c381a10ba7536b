/**
 * Builtin functions over any value: its type, its text, its structure; and the few that act on
 * the world (sleep, now) or stop the program (assert). Writing to the console is in print.js.
 */
import { Err, Ok } from "./result.js";

export const is_nil = (value) => value === null || value === undefined;

const PRIMITIVES = { string: "String", boolean: "Bool", function: "Function", bigint: "Int", symbol: "Symbol" };

/** @returns {string} a builtin type's name, a variant's tag or a class's name */
export function type_of(value) {
  if (is_nil(value)) return "Nil";
  if (typeof value === "number") return Number.isInteger(value) ? "Int" : "Float";
  if (typeof value !== "object") return PRIMITIVES[typeof value];
  if (Array.isArray(value)) return "List";
  if (typeof value.__tag === "string") return value.__tag;
  return Object.getPrototypeOf(value)?.constructor?.name || "Object";
}

/** @param {any} value @returns {string} text as it is, anything else as Tova writes it */
export function to_string(value) {
  return typeof value === "string" ? value : show(value, []);
}

const NAME = /^[A-Za-z_]\w*$/;

/** @param {any} value @param {object[]} path the objects that value stands in */
function show(value, path) {
  if (is_nil(value)) return "nil";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `fn ${value.name}`.trim();
  if (typeof value !== "object") return String(value);
  if (path.includes(value)) return "...";
  return showObject(value, [...path, value]);
}

/** Does the type of a record or variant say itself how its values show? */
export function hasOwnText(value) {
  const { toString } = Object.getPrototypeOf(value) ?? {};
  return typeof toString === "function" && toString !== Object.prototype.toString;
}

function showObject(value, path) {
  const item = (inner) => show(inner, path);
  const field = ([key, inner]) => `${NAME.test(key) ? key : show(key, path)}: ${item(inner)}`;
  if (Array.isArray(value)) return `[${value.map(item).join(", ")}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof Set) return `Set ${item([...value])}`;
  if (value instanceof Map) return `Map {${[...value].map(field).join(", ")}}`;
  if (hasOwnText(value)) return value.toString();
  const { __tag: tag, ...fields } = value;
  const shown = Object.entries(fields);
  if (typeof tag === "string") {
    return shown.length === 0 ? tag : `${tag}(${shown.map(([, inner]) => item(inner)).join(", ")})`;
  }
  const name = type_of(value);
  const body = shown.length === 0 ? "{}" : `{ ${Object.entries(value).map(field).join(", ")} }`;
  return name === "Object" ? body : `${name} ${body}`;
}

/** Equality by structure; what kind of object holds the same fields makes no difference. */
export function equals(a, b) {
  return same(a, b, new Map());
}

/** @param {Map<object, object>} open pairs that are being compared further up, taken as equal */
function same(a, b, open) {
  if (a === b || Object.is(a, b)) return true;
  if (is_nil(a) && is_nil(b)) return true;
  if (is_nil(a) || is_nil(b) || typeof a !== "object" || typeof b !== "object") return false;
  if (open.get(a) === b) return true;
  open.set(a, b);
  const result = sameObject(a, b, open);
  open.delete(a);
  return result;
}

function sameObject(a, b, open) {
  for (const kind of [Array, Map, Set, Date]) {
    if (a instanceof kind !== b instanceof kind) return false;
  }
  if (a instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof Set) return a.size === b.size && [...a].every((item) => hasSame(b, item, open));
  if (a instanceof Map) {
    return a.size === b.size && [...a].every(([key, item]) => b.has(key) && same(item, b.get(key), open));
  }
  const names = Object.keys(a);
  return names.length === Object.keys(b).length
    && (!Array.isArray(a) || a.length === b.length)
    && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name], open));
}

const hasSame = (set, item, open) => set.has(item) || [...set].some((other) => same(item, other, open));

/** A copy that shares no list or record with the original; functions are shared. */
export function clone(value) {
  return copy(value, new Map());
}

function copy(value, done) {
  if (value === null || typeof value !== "object") return value;
  if (done.has(value)) return done.get(value);
  if (value instanceof Date) return new Date(value);
  if (value instanceof Set) return new Set([...value].map((item) => copy(item, done)));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copy(item, done)]));
  const result = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
  done.set(value, result);
  for (const key of Object.keys(value)) {
    Object.defineProperty(result, key, {
      value: copy(value[key], done), writable: true, enumerable: true, configurable: true,
    });
  }
  return result;
}

/** @param {string} text @returns {any} Ok of the value, or Err of the reason */
export function parse_json(text) {
  try {
    return Ok(JSON.parse(text));
  } catch (error) {
    return Err(error.message);
  }
}

export const to_json = (value, indent) => JSON.stringify(value, null, indent) ?? "null";

/** @param {number} ms milliseconds */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds since 1970-01-01 UTC. */
export const now = () => Date.now();

export function assert(condition, message = "assertion failed") {
  if (!condition) throw new Error(message);
}

export function assert_eq(actual, expected, message = "values differ") {
  if (equals(actual, expected)) return;
  throw new Error(`${message}: got ${show(actual, [])}, expected ${show(expected, [])}`);
}

export function assert_ne(actual, unexpected, message = "values are equal") {
  if (equals(actual, unexpected)) throw new Error(`${message}: ${show(actual, [])}`);
}
