/**
 * `arr`: the builtin functions of lists under one name. The functions live where they are imported
 * from; this file only collects them.
 */
import { chunk, count, drop, first, group_by, last, partition, reversed, sorted, take, unique } from "./lists.js";
import {
  binarySearch, frequencies, isSorted, maxBy, minBy, scan, sumBy, zipWith,
} from "./lists_by.js";
import { compact, flatten, insertAt, removeAt, rotate } from "./lists_edit.js";

const BOTH_SPELLINGS = { binarySearch, groupBy: group_by, insertAt, isSorted, maxBy, minBy, removeAt, sumBy, zipWith };

const older = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const arr = Object.freeze({
  chunk, compact, count, drop, first, flatten, frequencies, last, partition, reversed, rotate, scan, sorted, take, unique,
  ...BOTH_SPELLINGS,
  ...Object.fromEntries(Object.entries(BOTH_SPELLINGS).map(([name, f]) => [older(name), f])),
});
