/**
 * Builtin functions over lists. A list is any iterable; results are arrays, arguments are never
 * changed. A callback gets the item and its index. Callbacks that are async belong to
 * lists_async.js; records and maps belong to collections.js. Where count, sum, min and max get a
 * column in place of a list, they are aggregates for tables: functions of the rows of a group.
 */
import { type_of } from "./values.js";

/**
 * @param {Iterable<any>} items
 * @param {string} caller the function to name where items is no list
 * @returns {any[]} items itself when it is an array
 */
export function toArray(items, caller) {
  if (Array.isArray(items)) return items;
  if (items != null && typeof items[Symbol.iterator] === "function") return [...items];
  throw new TypeError(`${caller} needs a list, not ${type_of(items)}`);
}

/**
 * @param {string | ((row: any) => any)} column of a table
 * @returns {(rows: any[]) => any[]} the values that are not nil
 */
export function columnValues(column) {
  const valueOf = typeof column === "function" ? column : (row) => row[column];
  return (rows) => rows.map((row) => valueOf(row)).filter((value) => value != null);
}

/** @param {number} start @param {number} [end] @param {number} [step] */
export function range(start, end, step) {
  if (end === undefined) return count_up(0, start, 1);
  if (step === undefined) step = start <= end ? 1 : -1;
  if (step === 0) throw new RangeError("range needs a step other than 0");
  return count_up(start, end, step);
}

/** What `start..=end` means: both ends belong to it, in either direction. */
export function rangeInclusive(start, end) {
  return start <= end ? count_up(start, end + 1, 1) : count_up(start, end - 1, -1);
}

function count_up(start, end, step) {
  const result = [];
  if (step > 0) for (let value = start; value < end; value += step) result.push(value);
  else for (let value = start; value > end; value += step) result.push(value);
  return result;
}

/** @template T, U @param {Iterable<T>} items @param {(item: T, index: number) => U} f @returns {U[]} */
export function map(items, f) {
  return toArray(items, "map").map((item, index) => f(item, index));
}

export function filter(items, f) {
  return toArray(items, "filter").filter((item, index) => f(item, index));
}

/** Without an initial value the first item is the start. */
export function reduce(items, f, ...initial) {
  const list = toArray(items, "reduce");
  if (initial.length === 0 && list.length === 0) {
    throw new TypeError("reduce of an empty list needs an initial value");
  }
  return list.reduce((result, item, index) => f(result, item, index), ...initial);
}

export function each(items, f) {
  toArray(items, "each").forEach((item, index) => f(item, index));
}

export function find(items, f) {
  return toArray(items, "find").find((item, index) => f(item, index)) ?? null;
}

export function find_index(items, f) {
  return indexOrNil(toArray(items, "find_index").findIndex((item, index) => f(item, index)));
}

export function index_of(items, value) {
  if (typeof items === "string") return indexOrNil(items.indexOf(value));
  return indexOrNil(toArray(items, "index_of").indexOf(value));
}

const indexOrNil = (index) => (index < 0 ? null : index);

const itself = (item) => item;

export function any(items, f = itself) {
  return toArray(items, "any").some((item, index) => Boolean(f(item, index)));
}

export function all(items, f = itself) {
  return toArray(items, "all").every((item, index) => Boolean(f(item, index)));
}

export function count(items, f) {
  if (items === undefined) return (rows) => rows.length;
  const list = toArray(items, "count");
  if (f === undefined) return list.length;
  return list.reduce((total, item, index) => (f(item, index) ? total + 1 : total), 0);
}

export function partition(items, f) {
  const [yes, no] = [[], []];
  toArray(items, "partition").forEach((item, index) => (f(item, index) ? yes : no).push(item));
  return [yes, no];
}

export function sum(items) {
  if (typeof items === "function") return (rows) => sum(columnValues(items)(rows));
  return toArray(items, "sum").reduce((total, item) => total + item, 0);
}

export function avg(items) {
  const list = toArray(items, "avg");
  return list.length === 0 ? 0 : sum(list) / list.length;
}

export function min(items, ...more) {
  if (typeof items === "function") return (rows) => min(columnValues(items)(rows));
  return extreme(more.length > 0 ? [items, ...more] : toArray(items, "min"), -1);
}

export function max(items, ...more) {
  if (typeof items === "function") return (rows) => max(columnValues(items)(rows));
  return extreme(more.length > 0 ? [items, ...more] : toArray(items, "max"), 1);
}

function extreme(list, direction) {
  if (list.length === 0) return null;
  return list.reduce((best, item) => (compare(item, best) * direction > 0 ? item : best));
}

/** @param {Iterable<any>} items @param {Function} [by] a key of one parameter or an order of two */
export function sorted(items, by) {
  const copy = [...toArray(items, "sorted")];
  if (by === undefined) return copy.sort(compare);
  if (by.length >= 2) return copy.sort(by);
  const keyed = copy.map((item, index) => ({ item, key: by(item, index) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map((entry) => entry.item);
}

const RANKS = ["boolean", "number", "bigint", "string", "object", "function", "symbol"];

/** The natural order: numbers by value, texts by code unit, lists item by item, nil last. */
export function compare(a, b) {
  if (a == null || b == null) return (a == null ? 1 : 0) - (b == null ? 1 : 0);
  if (typeof a !== typeof b) return RANKS.indexOf(typeof a) - RANKS.indexOf(typeof b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

function compareLists(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function reversed(items) {
  const copy = [...toArray(items, "reversed")].reverse();
  return typeof items === "string" ? copy.join("") : copy;
}

export function unique(items) {
  return [...new Set(toArray(items, "unique"))];
}

export function zip(...lists) {
  const arrays = lists.map((items) => toArray(items, "zip"));
  const length = arrays.length === 0 ? 0 : Math.min(...arrays.map((list) => list.length));
  return Array.from({ length }, (_, index) => arrays.map((list) => list[index]));
}

export function enumerate(items) {
  return toArray(items, "enumerate").map((item, index) => [index, item]);
}

export function flat(items, depth = 1) {
  return toArray(items, "flat").flat(depth);
}

export function flat_map(items, f) {
  return toArray(items, "flat_map").flatMap((item, index) => f(item, index));
}

export function first(items) {
  return toArray(items, "first")[0] ?? null;
}

export function last(items) {
  return toArray(items, "last").at(-1) ?? null;
}

export function take(items, n) {
  return toArray(items, "take").slice(0, Math.max(0, n));
}

export function drop(items, n) {
  return toArray(items, "drop").slice(Math.max(0, n));
}

export function chunk(items, size) {
  if (!(size >= 1)) throw new RangeError("chunk needs a size of at least 1");
  const list = toArray(items, "chunk");
  const result = [];
  for (let start = 0; start < list.length; start += size) result.push(list.slice(start, start + size));
  return result;
}

/** Of a table, its groups. */
export function group_by(items, f, ...more) {
  if (items?.isTable === true || items?.isLazyTable === true) return items.groupBy(f, ...more);
  return grouped(toArray(items, "group_by").map((item, index) => [f(item, index), item]));
}

/** @param {[any, any][]} pairs of key and item @returns {Record<string, any[]>} */
export function grouped(pairs) {
  const groups = new Map();
  for (const [key, item] of pairs) {
    const name = String(key);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return Object.fromEntries(groups);
}
