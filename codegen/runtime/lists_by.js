/**
 * Builtin functions over lists that measure, count or fold: by a key, by frequency, step by step.
 * The natural order is compare() of lists.js.
 */
import { compare, toArray } from "./lists.js";

const itself = (item) => item;

export const minBy = (items, f) => extremeBy(toArray(items, "minBy"), f, -1);
export const maxBy = (items, f) => extremeBy(toArray(items, "maxBy"), f, 1);

/** The first of several; f is asked once an item. */
function extremeBy(list, f, direction) {
  let best = null;
  for (const item of list) {
    const key = f(item);
    if (best === null || compare(key, best.key) * direction > 0) best = { item, key };
  }
  return best === null ? null : best.item;
}

export const sumBy = (items, f) => toArray(items, "sumBy").reduce((total, item) => total + f(item), 0);
export const product = (items) => toArray(items, "product").reduce((total, item) => total * item, 1);

/** @returns {Record<string, number>} in the order of first occurrence (digits first, as in any record) */
export function frequencies(items) {
  const counts = new Map();
  for (const item of toArray(items, "frequencies")) counts.set(String(item), (counts.get(String(item)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** The intermediate results of reduce, without the initial value. */
export function scan(items, f, initial) {
  let result = initial;
  return toArray(items, "scan").map((item, index) => (result = f(result, item, index)));
}

/** As long as the shorter list. */
export function zipWith(a, b, f) {
  const [left, right] = [toArray(a, "zipWith"), toArray(b, "zipWith")];
  return left.slice(0, right.length).map((item, index) => f(item, right[index]));
}

/** @returns {number} an index of the target in a list that is sorted by key, or -1 */
export function binarySearch(items, target, key) {
  const list = toArray(items, "binarySearch");
  const keyOf = key ?? itself;
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(keyOf(list[middle]), target);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

export function isSorted(items, key) {
  const keys = toArray(items, "isSorted").map((item) => (key ?? itself)(item));
  return keys.every((item, index) => index === 0 || compare(keys[index - 1], item) <= 0);
}

export {
  binarySearch as binary_search, isSorted as is_sorted, maxBy as max_by, minBy as min_by, sumBy as sum_by,
  zipWith as zip_with,
};
