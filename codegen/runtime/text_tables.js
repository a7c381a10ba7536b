/**
 * Records as a table of text: a line of names, a rule, a line for each record. What print, table and
 * peek show; how a Table is made is in tables.js.
 */
import { to_string } from "./values.js";

/** A field that a record has not is empty, one that is nil says so. Control characters would break the lines. */
const cell = (value) => (value === undefined ? "" : to_string(value).replace(/[\r\n\t]+/g, " "));

/** @param {Record<string, any>[]} rows @returns {string[]} the names of all fields, in the order of first occurrence */
export const columnsOf = (rows) => [...new Set(rows.flatMap((row) => Object.keys(row ?? {})))];

/**
 * @param {Record<string, any>[]} rows
 * @param {{ columns?: string[], header?: (name: string) => string }} [options] columns to show; a style for their names
 */
export function textTable(rows, { columns = columnsOf(rows), header = (name) => name } = {}) {
  const cells = rows.map((row) => columns.map((name) => cell(row?.[name])));
  const widths = columns.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index].length)));
  const pad = (text, index) => " ".repeat(widths[index] - text.length);
  const names = columns.map((name, index) => ` ${header(name)}${pad(name, index)} `).join("|");
  const rule = widths.map((width) => "-".repeat(width + 2)).join("+");
  const lines = cells.map((row) => row.map((text, index) => ` ${text}${pad(text, index)} `).join("|"));
  return [names, rule, ...lines].join("\n");
}
