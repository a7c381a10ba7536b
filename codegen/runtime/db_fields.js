/**
 * What a program gives a model: the fields of a record, checked against its columns, and ids.
 */
import { isRecord, refuse } from "./db_conditions.js";

const isNil = (value) => value === null || value === undefined;

/** What a record itself has, and nothing that it inherits. */
export const own = (record, name) => (Object.hasOwn(record, name) ? record[name] : undefined);

/** What an id from outside stands for; null where it can be none. */
export function keyOf(id) {
  if (typeof id === "string" && /^\d{1,15}$/.test(id)) return Number(id);
  if (id?.__tag === "Some") return keyOf(id.value);
  return Number.isSafeInteger(id) ? id : null;
}

/** @param {Map<string, import("./db_columns.js").Column>} columns @param {Record<string, any>} given */
export function withDefaults(columns, given) {
  if (!isRecord(given)) refuse(["the fields must be an object"]);
  const fields = { ...given };
  for (const { name, default: make } of columns.values()) {
    if (make !== undefined && isNil(own(fields, name))) fields[name] = make();
  }
  return fields;
}

/**
 * @param {Map<string, import("./db_columns.js").Column>} columns
 * @param {Set<string>} managed names of columns that only the model itself writes
 * @param {Record<string, any>} fields
 * @param {string[]} expected names that are looked at even where they are not given
 * @throws {HttpError} 400 that names every wrong field
 */
export function checkFields(columns, managed, fields, expected) {
  if (!isRecord(fields)) refuse(["the fields must be an object"]);
  const errors = [];
  for (const name of new Set([...expected, ...Object.keys(fields)])) {
    const column = columns.get(name);
    if (column === undefined) errors.push(`${name} is not a field`);
    else if (managed.has(name)) errors.push(`${name} is set by the model`);
    else if (name === "id" && isNil(fields.id)) continue;
    else if (column.required && isNil(own(fields, name))) errors.push(`${name} is required`);
    else column.check(errors, own(fields, name));
  }
  refuse(errors);
}
