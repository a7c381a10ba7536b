/**
 * Builtin functions that make a list of the items of another: opened, turned, with items put in or
 * taken out, in runs. Arguments are never changed. What asks a function about each item is in
 * lists_by.js.
 */
import { toArray } from "./lists.js";

/** One level. */
export const flatten = (items) => toArray(items, "flatten").flat();

export const filled = (n, value) => new Array(Math.max(0, n)).fill(value);
export const repeatValue = (value, n) => filled(n, value);
export const compact = (items) => toArray(items, "compact").filter((item) => item != null);

/** To the left where n is positive. */
export function rotate(items, n) {
  const list = toArray(items, "rotate");
  if (list.length === 0) return [];
  const start = ((n % list.length) + list.length) % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

/** Negative indexes count from the end, as in slices. */
export const insertAt = (items, index, value) => toArray(items, "insertAt").toSpliced(index, 0, value);

export function removeAt(items, index) {
  const list = toArray(items, "removeAt");
  return inside(list, index) ? list.toSpliced(index, 1) : [...list];
}

export function updateAt(items, index, value) {
  const list = toArray(items, "updateAt");
  return inside(list, index) ? list.with(index, value) : [...list];
}

const inside = (list, index) => index >= -list.length && index < list.length;

export function intersperse(items, separator) {
  return toArray(items, "intersperse").flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

/** Items in turn until the longest list ends. */
export function interleave(...lists) {
  const arrays = lists.map((items) => toArray(items, "interleave"));
  const longest = Math.max(0, ...arrays.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => index)
    .flatMap((index) => arrays.filter((list) => index < list.length).map((list) => list[index]));
}

export const pairwise = (items) => runs(toArray(items, "pairwise"), 2);

export function slidingWindow(items, size) {
  if (!(size >= 1)) throw new RangeError("slidingWindow needs a size of at least 1");
  return runs(toArray(items, "slidingWindow"), size);
}

function runs(list, size) {
  return Array.from({ length: Math.max(0, list.length - size + 1) }, (_, start) => list.slice(start, start + size));
}

export {
  insertAt as insert_at, removeAt as remove_at, repeatValue as repeat_value, slidingWindow as sliding_window,
  updateAt as update_at,
};
