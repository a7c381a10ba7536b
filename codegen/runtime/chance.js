/**
 * Builtin functions of chance over lists, and a source of numbers that a seed repeats. Nothing here
 * is fit for secrets: `crypto` is.
 */
import { toArray } from "./lists.js";

export const randomFloat = (low, high) => low + Math.random() * (high - low);

export function choice(items) {
  const list = toArray(items, "choice");
  return list.length === 0 ? null : list[Math.floor(Math.random() * list.length)];
}

export const shuffle = (items) => draw(toArray(items, "shuffle"), Infinity, Math.random);

/**
 * Random items, none twice. Of a table a table, which takes n below 1 as a part of its rows.
 * @param {Iterable<any>} items
 * @param {number} n
 * @param {{ seed?: number }} [options]
 */
export function sample(items, n, options) {
  if (items?.isTable === true) return items.sample(n, options);
  return draw(toArray(items, "sample"), n, randomSource(options?.seed));
}

/** @param {any[]} list @param {number} n @param {() => number} random @returns {any[]} n items, or all, in random order */
export function draw(list, n, random) {
  const rest = [...list];
  const wanted = Math.min(Math.max(0, Math.floor(n)), rest.length);
  for (let i = 0; i < wanted; i++) {
    const other = i + Math.floor(random() * (rest.length - i));
    [rest[i], rest[other]] = [rest[other], rest[i]];
  }
  return rest.slice(0, wanted);
}

/**
 * Numbers from 0 up to 1: the same ones for the same seed, or Math.random without one.
 * @param {number} [seed]
 * @returns {() => number}
 */
export function randomSource(seed) {
  if (seed == null) return Math.random;
  let state = Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export { randomFloat as random_float };
