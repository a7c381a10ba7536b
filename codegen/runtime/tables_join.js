/**
 * Joins of two tables. Fields of the right row stand behind those of the left, which win where both have
 * the name; but a left row that matched nothing has the right one's.
 */
import { columnOf, keyOf } from "./tables_columns.js";

const KINDS = ["inner", "left", "right", "outer", "cross", "anti", "semi"];

const empty = (columns) => Object.fromEntries(columns.map((name) => [name, null]));

/** @param {any} left @param {any} right tables @param {{ left?: any, right?: any, how?: string }} options */
export function joinTables(left, right, { left: leftColumn, right: rightColumn = leftColumn, how = "inner" }) {
  if (!KINDS.includes(how)) throw new RangeError(`join knows no ${how}: ${KINDS.join(", ")}`);
  const columns = how === "anti" || how === "semi" ? left.columns : [...new Set([...left.columns, ...right.columns])];
  if (how === "cross") return { columns, rows: [...left].flatMap((row) => [...right].map((other) => ({ ...other, ...row }))) };
  if (leftColumn == null) throw new TypeError("join needs `left` and `right`, the columns that must agree");
  const matches = matcher(left, right, columnOf(leftColumn), columnOf(rightColumn));
  return { columns, rows: ROWS[how](left, right, matches) };
}

/** nil agrees with nothing. */
function matcher(left, right, leftOf, rightOf) {
  const index = (table, valueOf) => {
    const rows = new Map();
    for (const row of table) {
      const key = keyOf(valueOf(row));
      if (key == null) continue;
      if (rows.has(key)) rows.get(key).push(row);
      else rows.set(key, [row]);
    }
    return (value) => rows.get(keyOf(value)) ?? [];
  };
  const inRight = index(right, rightOf);
  const inLeft = index(left, leftOf);
  return { ofLeft: (row) => inRight(leftOf(row)), ofRight: (row) => inLeft(rightOf(row)) };
}

const both = (row, other) => ({ ...other, ...row });

const inner = (left, right, { ofLeft }) => [...left].flatMap((row) => ofLeft(row).map((other) => both(row, other)));

function outerLeft(left, right, { ofLeft }) {
  const nothing = empty(right.columns);
  return [...left].flatMap((row) => {
    const others = ofLeft(row);
    return others.length === 0 ? [both(row, nothing)] : others.map((other) => both(row, other));
  });
}

function rightAlone(left, right, { ofRight }) {
  const nothing = empty(left.columns);
  return [...right].filter((other) => ofRight(other).length === 0).map((other) => ({ ...nothing, ...other }));
}

const ROWS = {
  inner,
  left: outerLeft,
  right(left, right, matches) {
    const nothing = empty(left.columns);
    return [...right].flatMap((other) => {
      const rows = matches.ofRight(other);
      return rows.length === 0 ? [{ ...nothing, ...other }] : rows.map((row) => both(row, other));
    });
  },
  outer: (left, right, matches) => [...outerLeft(left, right, matches), ...rightAlone(left, right, matches)],
  anti: (left, right, { ofLeft }) => [...left].filter((row) => ofLeft(row).length === 0),
  semi: (left, right, { ofLeft }) => [...left].filter((row) => ofLeft(row).length > 0),
};
