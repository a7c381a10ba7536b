/**
 * Aggregates for agg(): functions from the rows of a group to a value. sum, count, mean, median, min and
 * max of a column are the same. nil does not take part.
 */
import { columnValues, max, min, sum } from "./lists.js";
import { mean, median } from "./statistics.js";

/** @param {(values: any[]) => any} f */
const aggregate = (f) => (column) => {
  const values = columnValues(column);
  return (rows) => f(values(rows));
};

export const aggSum = aggregate(sum);
export const aggMean = aggregate(mean);
export const aggMedian = aggregate(median);
export const aggMin = aggregate(min);
export const aggMax = aggregate(max);

/** @param {(row: any) => boolean} [condition] */
export const aggCount = (condition) => (rows) => (condition == null ? rows.length : rows.filter((row) => condition(row)).length);

export {
  aggCount as agg_count, aggMax as agg_max, aggMean as agg_mean, aggMedian as agg_median, aggMin as agg_min,
  aggSum as agg_sum,
};
