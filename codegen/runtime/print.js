/**
 * print: the one builtin function that writes to the console. How values read is in values.js and
 * text_tables.js.
 */
import { textTable } from "./text_tables.js";
import { hasOwnText, to_string } from "./values.js";

/** One value in its best form, several on one line. */
export function print(...values) {
  console.log(values.length === 1 ? alone(values[0]) : values.map(to_string).join(" "));
}

/** Records are those without words of their own: no lists, no variants, no Map, Set, Date or Error. */
function isRecord(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value) || typeof value.__tag === "string") return false;
  return !(value instanceof Map || value instanceof Set || hasOwnText(value));
}

/** A list of records is a table, a record indented JSON. */
function alone(value) {
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) return textTable(value);
  return isRecord(value) ? asJson(value) : to_string(value);
}

/** Is the value part of itself? @param {any} value @param {object[]} [path] the objects that it stands in */
function holdsItself(value, path = []) {
  if (value === null || typeof value !== "object") return false;
  return path.includes(value) || Object.values(value).some((part) => holdsItself(part, [...path, value]));
}

/** What JSON cannot say is written as any value: records that hold themselves, and integers without a limit. */
function asJson(record) {
  try {
    return holdsItself(record) ? to_string(record) : (JSON.stringify(record, null, 2) ?? to_string(record));
  } catch {
    return to_string(record);
  }
}
