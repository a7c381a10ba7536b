/**
 * Builtin functions that take lists as sets, and those that choose and arrange items. Items are the
 * same as in a JavaScript Set: by identity, NaN included.
 */
import { toArray } from "./lists.js";

/** Of tables, the rows of both. */
export function union(a, b) {
  if (a?.isTable === true) return a.union(b);
  return [...new Set([...toArray(a, "union"), ...toArray(b, "union")])];
}

export function intersection(a, b) {
  const wanted = new Set(toArray(b, "intersection"));
  return [...new Set(toArray(a, "intersection"))].filter((item) => wanted.has(item));
}

export function difference(a, b) {
  const unwanted = new Set(toArray(b, "difference"));
  return toArray(a, "difference").filter((item) => !unwanted.has(item));
}

export function symmetricDifference(a, b) {
  return [...new Set([...difference(a, b), ...difference(b, a)])];
}

export function isSubset(a, b) {
  const all = new Set(toArray(b, "isSubset"));
  return toArray(a, "isSubset").every((item) => all.has(item));
}

export const isSuperset = (a, b) => isSubset(b, a);

/** All choices of size items, in the order of the list. */
export function combinations(items, size) {
  const list = toArray(items, "combinations");
  const result = [];
  const choose = (start, chosen) => {
    if (chosen.length === size) result.push(chosen);
    else for (let i = start; i <= list.length - (size - chosen.length); i++) choose(i + 1, [...chosen, list[i]]);
  };
  if (size >= 0 && size <= list.length) choose(0, []);
  return result;
}

/** All arrangements of size items, in the order of the list. */
export function permutations(items, size) {
  const list = toArray(items, "permutations");
  const wanted = size ?? list.length;
  const result = [];
  const arrange = (chosen) => {
    if (chosen.length === wanted) result.push(chosen.map((index) => list[index]));
    else list.forEach((_, index) => chosen.includes(index) || arrange([...chosen, index]));
  };
  if (wanted >= 0 && wanted <= list.length) arrange([]);
  return result;
}

export { isSubset as is_subset, isSuperset as is_superset, symmetricDifference as symmetric_difference };
