/**
 * What the files of tables share: columns as functions of the row, their names, keys of groups.
 */

/** @param {string | ((row: any) => any)} column @returns {(row: any) => any} */
export const columnOf = (column) => (typeof column === "function" ? column : (row) => row[column] ?? null);

/**
 * The name of a column: a function that does nothing but read a field, as `.name` is compiled to, tells
 * it by the field that it asks for.
 * @param {string | ((row: any) => any)} column
 * @returns {string | null} null for a function that computes something
 */
export function columnName(column) {
  if (typeof column === "string") return column;
  const asked = [];
  const answer = {};
  const row = new Proxy({}, { get: (_, name) => (asked.push(name), answer) });
  try {
    return column(row) === answer && asked.length === 1 && typeof asked[0] === "string" ? asked[0] : null;
  } catch {
    return null;
  }
}

/** Equal for values that are the same, and for lists, records and dates that say the same. */
export function keyOf(value) {
  return value !== null && typeof value === "object" ? JSON.stringify(value) : value;
}

/** @returns {{ key: any, rows: any[] }[]} in the order of first occurrence */
export function groupRows(rows, valueOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = valueOf(row) ?? null;
    const group = groups.get(keyOf(key));
    if (group === undefined) groups.set(keyOf(key), { key, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

/** Names under which a row has its key besides the column's own. They can be asked for and do not show. */
const HIDDEN = ["_group", "_index"];

/** @param {any} from a row whose hidden names the other gets @param {any} row @returns {any} row */
export function tagged(from, row) {
  for (const name of HIDDEN) {
    if (!(name in from) || Object.hasOwn(row, name)) continue;
    Object.defineProperty(row, name, { value: from[name], enumerable: false, configurable: true, writable: true });
  }
  return row;
}
