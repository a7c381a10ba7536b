/**
 * How the types of a model's fields are kept in a table: the column's type, the check of a value,
 * and the way there and back. Numbers, text and booleans have columns of their own; everything else
 * is JSON text and comes back as what it was.
 */
import { None, parseTagged, Some } from "./result.js";

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} sql type of the column
 * @property {boolean} required
 * @property {boolean} json whether it keeps JSON text
 * @property {any} schema for checkType
 * @property {(value: any) => any} store
 * @property {(stored: any) => any} load
 */

const same = (value) => value;

const SCALARS = {
  __proto__: null,
  Int: { sql: "INTEGER", json: false, store: same, load: same },
  Float: { sql: "REAL", json: false, store: same, load: same },
  String: { sql: "TEXT", json: false, store: same, load: same },
  Bool: { sql: "INTEGER", json: false, store: Number, load: Boolean },
};

const JSON_TEXT = { sql: "TEXT", json: true, store: (value) => JSON.stringify(value), load: parseTagged };

/** @param {string} name @param {string} type as in the source, such as Option<[Int]> @returns {Column} */
export function columnOf(name, type) {
  const text = type.replace(/\s+/g, "");
  const inner = /^Option<(.*)>$/.exec(text)?.[1];
  const kind = SCALARS[inner ?? text] ?? JSON_TEXT;
  if (inner === undefined) return { name, required: true, schema: schemaOf(text), ...kind, load: orNil(kind.load) };
  return {
    ...kind,
    name,
    required: false,
    schema: { option: schemaOf(inner) },
    store: (value) => (isAbsent(value) ? null : kind.store(value.__tag === "Some" ? value.value : value)),
    load: (stored) => (stored === null ? None : Some(kind.load(stored))),
  };
}

/** Rows from before the column was added have nothing in it. */
const orNil = (load) => (stored) => (stored === null ? null : load(stored));

const isAbsent = (value) => value === null || value === undefined || value.__tag === "None";

/** Types of other names are the program's own; what crosses JSON is kept as it is. */
function schemaOf(text) {
  if (text in SCALARS) return text;
  const list = /^\[(.*)\]$/.exec(text) ?? /^(?:List|Array)<(.*)>$/.exec(text);
  if (list !== null) return { list: schemaOf(list[1]) };
  const option = /^Option<(.*)>$/.exec(text);
  return option === null ? "Any" : { option: schemaOf(option[1]) };
}
