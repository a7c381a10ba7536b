/**
 * Builtin functions of statistics over lists of numbers. mean and median of a column (a function of
 * the row, or its name) are aggregates for agg().
 */
import { columnValues, compare, sum, toArray } from "./lists.js";

/** @returns {boolean} whether the argument is a column and no list */
const isColumn = (items) => typeof items === "function" || typeof items === "string";

const meanOf = (list) => (list.length === 0 ? 0 : sum(list) / list.length);

export function mean(items) {
  if (!isColumn(items)) return meanOf(toArray(items, "mean"));
  const values = columnValues(items);
  return (rows) => meanOf(values(rows));
}

export function median(items) {
  if (!isColumn(items)) return percentile(items, 50);
  const values = columnValues(items);
  return (rows) => percentile(values(rows), 50);
}

/** The first of several. */
export function mode(items) {
  const counts = new Map();
  for (const item of toArray(items, "mode")) counts.set(item, (counts.get(item) ?? 0) + 1);
  let best = null;
  for (const [item, count] of counts) {
    if (best === null || count > best.count) best = { item, count };
  }
  return best === null ? null : best.item;
}

/** Of the whole population. */
export function variance(items) {
  const list = toArray(items, "variance");
  const middle = meanOf(list);
  return meanOf(list.map((item) => (item - middle) ** 2));
}

export const stdev = (items) => Math.sqrt(variance(items));

/** @param {number} p 0 to 100; between two neighbours in proportion */
export function percentile(items, p) {
  const list = [...toArray(items, "percentile")].sort(compare);
  if (list.length === 0) return null;
  const place = (Math.min(100, Math.max(0, p)) / 100) * (list.length - 1);
  const below = list[Math.floor(place)];
  const above = list[Math.ceil(place)];
  return place % 1 === 0 ? below : below + (above - below) * (place % 1);
}
