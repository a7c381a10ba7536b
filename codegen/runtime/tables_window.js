/**
 * Windows: columns that a row gets from its neighbours, while every row stays. A window function takes a
 * partition in its order and gives a value for each row; equal rows are those with the same order key.
 */
import { columnOf, groupRows, keyOf, tagged } from "./tables_columns.js";
import { sum } from "./lists.js";
import { Table } from "./tables.js";

/** @typedef {{ rows: any[], keys: any[] }} Partition keys are those of the order, as comparable values */

const OPTIONS = ["partition_by", "partition", "order_by", "order", "desc"];

/**
 * @param {any} table
 * @param {Record<string, any>} options partition_by, order_by, desc; the others are columns
 * @param {Record<string, any>} [more] columns
 */
export function tableWindow(table, options = {}, more = {}) {
  const source = table?.isTable === true ? table : Table(table);
  const columns = [...Object.entries(options).filter(([name]) => !OPTIONS.includes(name)), ...Object.entries(more)];
  const partition = options.partition_by ?? options.partition;
  const order = options.order_by ?? options.order;
  const added = new Map();
  for (const { rows } of groupRows(source, partition == null ? () => null : columnOf(partition))) {
    addColumns(added, ordered(rows, order, options.desc), columns);
  }
  const rows = [...source].map((row) => tagged(row, { ...row, ...added.get(row) }));
  return Table(rows, [...new Set([...source.columns, ...columns.map(([name]) => name)])]);
}

function ordered(rows, order, desc) {
  if (order == null) return { rows, keys: rows.map(() => null) };
  const sorted = Table(rows).sortBy(order, { desc }).toArray();
  return { rows: sorted, keys: sorted.map((row) => keyOf(columnOf(order)(row))) };
}

function addColumns(added, partition, columns) {
  for (const row of partition.rows) added.set(row, added.get(row) ?? {});
  for (const [name, f] of columns) {
    f(partition).forEach((value, index) => {
      added.get(partition.rows[index])[name] = value;
    });
  }
}

/* Places. */

export const rowNumber = () => ({ rows }) => rows.map((_, index) => index + 1);

/** Without an order all rows are equal. */
export const rank = () => ({ keys }) => {
  let place = 1;
  return keys.map((key, index) => (index === 0 || key === keys[index - 1] ? place : (place = index + 1)));
};

export const denseRank = () => ({ keys }) => {
  let place = 1;
  return keys.map((key, index) => (index === 0 || key === keys[index - 1] ? place : ++place));
};

export const percentRank = () => (partition) =>
  rank()(partition).map((place) => (partition.rows.length < 2 ? 0 : (place - 1) / (partition.rows.length - 1)));

/** The first parts have the rows that cannot be shared equally. */
export const ntile = (buckets) => ({ rows }) => {
  const [size, more] = [Math.floor(rows.length / buckets), rows.length % buckets];
  const large = more * (size + 1);
  return rows.map((_, index) => (index < large ? Math.floor(index / (size + 1)) : more + Math.floor((index - large) / size)) + 1);
};

/* Neighbours. */

const beside = (column, offset, fallback) => ({ rows }) =>
  rows.map((_, index) => (index + offset in rows ? columnOf(column)(rows[index + offset]) : fallback));

export const lag = (column, offset = 1, fallback = null) => beside(column, -offset, fallback);
export const lead = (column, offset = 1, fallback = null) => beside(column, offset, fallback);
export const firstValue = (column) => ({ rows }) => rows.map(() => columnOf(column)(rows[0]));
export const lastValue = (column) => ({ rows }) => rows.map(() => columnOf(column)(rows.at(-1)));

/* What has come together so far. */

/** One pass: f of the result so far and the next value. nil changes nothing. */
const folded = (f, initial) => (column) => ({ rows }) => {
  let result = initial;
  return rows.map((row) => {
    const value = columnOf(column)(row);
    return value == null ? result : (result = result === null ? value : f(result, value));
  });
};

export const runningSum = folded((total, value) => total + value, 0);
export const runningMin = folded((least, value) => (value < least ? value : least), null);
export const runningMax = folded((most, value) => (value > most ? value : most), null);
export const runningCount = () => ({ rows }) => rows.map((_, index) => index + 1);

export const runningAvg = (column) => ({ rows }) => {
  let [total, count] = [0, 0];
  return rows.map((row) => {
    const value = columnOf(column)(row);
    if (value != null) [total, count] = [total + value, count + 1];
    return count === 0 ? null : total / count;
  });
};

/** Of the last so many rows; nil does not take part. */
export const movingAvg = (column, size) => ({ rows }) => {
  const values = rows.map((row) => columnOf(column)(row));
  return values.map((_, index) => {
    const last = values.slice(Math.max(0, index + 1 - size), index + 1).filter((value) => value != null);
    return last.length === 0 ? null : sum(last) / last.length;
  });
};

export {
  denseRank as dense_rank, denseRank as winDenseRank, denseRank as win_dense_rank, firstValue as first_value,
  firstValue as winFirstValue, firstValue as win_first_value, lag as winLag, lag as win_lag, lastValue as last_value,
  lastValue as winLastValue, lastValue as win_last_value, lead as winLead, lead as win_lead, movingAvg as moving_avg,
  movingAvg as winMovingAvg, movingAvg as win_moving_avg, ntile as winNtile, ntile as win_ntile,
  percentRank as percent_rank, percentRank as winPercentRank, percentRank as win_percent_rank, rank as winRank,
  rank as win_rank, rowNumber as row_number, rowNumber as winRowNumber, rowNumber as win_row_number,
  runningAvg as running_avg, runningAvg as winRunningAvg, runningAvg as win_running_avg, runningCount as running_count,
  runningCount as winRunningCount, runningCount as win_running_count, runningMax as running_max,
  runningMax as winRunningMax, runningMax as win_running_max, runningMin as running_min, runningMin as winRunningMin,
  runningMin as win_running_min, runningSum as running_sum, runningSum as winRunningSum, runningSum as win_running_sum,
  tableWindow as table_window, tableWindow as window,
};
