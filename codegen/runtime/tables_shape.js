/**
 * Rows of tables in another shape: columns from values, values from columns, a row an item.
 */
import { columnName, columnOf, groupRows, tagged } from "./tables_columns.js";

/** Numbers for the same cell are added; of anything else the last stays. */
function together(old, value) {
  return typeof old === "number" && typeof value === "number" ? old + value : value;
}

/** @param {any[]} rows @param {{ index: any, columns: any, values: any }} options cells without a value are nil */
export function pivotRows(rows, { index, columns, values }) {
  const [columnAt, valueAt] = [columnOf(columns), columnOf(values)];
  const indexName = columnName(index) ?? "_index";
  const names = [...new Set(rows.map((row) => String(columnAt(row))))];
  return groupRows(rows, columnOf(index)).map(({ key, rows: group }) => {
    const cells = new Map(names.map((name) => [name, null]));
    for (const row of group) {
      const name = String(columnAt(row));
      cells.set(name, together(cells.get(name), valueAt(row)));
    }
    return tagged({ _index: key }, { [indexName]: key, ...Object.fromEntries(cells) });
  });
}

/** @param {any[]} rows @param {{ id: any, columns: any[] }} options id may be a list of columns */
export function unpivotRows(rows, { id, columns }) {
  const ids = (Array.isArray(id) ? id : [id]).map(columnName);
  return rows.flatMap((row) => columns.map(columnName).map((variable) => ({
    ...Object.fromEntries(ids.map((name) => [name, row[name]])),
    variable,
    value: row[variable] ?? null,
  })));
}

/** An empty list gives no row; what is no list stays. */
export function explodeRows(rows, name) {
  return rows.flatMap((row) => (Array.isArray(row[name]) ? row[name].map((item) => ({ ...row, [name]: item })) : [row]));
}
