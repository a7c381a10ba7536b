/**
 * How the types of a model's fields are kept in a table: the kind of column, the check of a value,
 * and the way there and back. Numbers, text, booleans and dates have columns of their own;
 * everything else is JSON text and comes back as what it was. What a kind is called in SQL is the
 * database's own (db_dialects.js).
 */
import { exact } from "./db_sql.js";
import { None, parseTagged, plain, revive, Some } from "./result.js";
import { shaped } from "./shapes.js";
import { checkType, isDate } from "./validation.js";

/**
 * @typedef {"Int" | "Float" | "String" | "Bool" | "Date" | "Json"} Kind
 *
 * @typedef {object} Spec of a field, where its type alone does not say all
 * @property {string} type
 * @property {any} [schema] for checkType
 * @property {boolean} [unique]
 * @property {() => any} [default]
 *
 * @typedef {object} Column
 * @property {string} name
 * @property {Kind} kind
 * @property {boolean} required
 * @property {boolean} unique
 * @property {(() => any) | undefined} default
 * @property {(errors: string[], value: any) => void} check
 * @property {(value: any) => any} store
 * @property {(stored: any) => any} load
 */

const SCALARS = new Set(["Int", "Float", "String", "Bool", "Date"]);

/** How a text is loaded: as it is. */
export const same = (value) => value;

const isNil = (value) => value === null || value === undefined;
const isAbsent = (value) => isNil(value) || value.__tag === "None";
const inner = (value) => (value.__tag === "Some" ? value.value : value);

const OPTION = /^Option<(.*)>$/;
const OPTIONAL = /^(.*)\?$/;

/** The type inside of `Option<T>` and of `T?`, or undefined. */
export const optionOf = (type) => OPTION.exec(type)?.[1] ?? OPTIONAL.exec(type)?.[1];

/**
 * @param {string} name
 * @param {string | Spec} spec a type as in the source, such as Option<[Int]>, or more than that
 * @param {{ store: Partial<Record<Kind, (value: any) => any>> }} dialect
 * @returns {Column}
 */
export function columnOf(name, spec, dialect) {
  const { type, schema, unique = false, default: make } = typeof spec === "string" ? { type: spec } : spec;
  const text = type.replace(/\s+/g, "");
  const option = optionOf(text);
  const kind = SCALARS.has(option ?? text) ? option ?? text : "Json";
  const keep = storeOf(kind, dialect);
  const load = loadOf(kind, schema);
  const column = {
    name, kind, unique, default: make, required: option === undefined,
    check: checkOf(name, kind, schema ?? schemaOf(text)),
    store: (value) => (isAbsent(value) ? null : keep(value)),
    load: load === same ? same : (stored) => (stored === null ? null : load(stored)),
  };
  if (!OPTION.test(text)) return column;
  column.store = (value) => (isAbsent(value) ? null : keep(inner(value)));
  const makesOption = kind === "Json" && schema !== undefined; // shaped() does
  column.load = (stored) => (stored === null ? None : makesOption ? load(stored) : Some(load(stored)));
  return column;
}

function storeOf(kind, dialect) {
  if (kind === "Json") return (value) => JSON.stringify(plain(value));
  const own = dialect.store[kind] ?? ((value) => value);
  return kind === "Date" ? (value) => own(new Date(value)) : own;
}

function loadOf(kind, schema = "Any") {
  if (kind === "Bool") return Boolean;
  if (kind === "Float") return Number;
  if (kind === "Date") return (stored) => new Date(stored);
  if (kind === "Json") return (stored) => shaped(typeof stored === "string" ? parseTagged(stored) : revive(stored), schema);
  return kind === "Int" ? exact : same;
}

function checkOf(name, kind, schema) {
  return (errors, value) => {
    const before = errors.length;
    checkType(errors, name, value, schema);
    if (errors.length > before || isAbsent(value)) return;
    const held = inner(value);
    if (kind === "Date" && !isDate(held)) errors.push(`${name} must be a date`);
    if (kind === "String" && (held.includes("\0") || !held.isWellFormed())) {
      errors.push(`${name} has a character that no database can keep`);
    }
  };
}

/** Types of other names are the program's own; the compiler gives their schema. */
function schemaOf(text) {
  if (SCALARS.has(text)) return text === "Date" ? "Any" : text;
  const list = /^\[(.*)\]$/.exec(text) ?? /^(?:List|Array)<(.*)>$/.exec(text);
  if (list !== null) return { list: schemaOf(list[1]) };
  const option = OPTION.exec(text);
  if (option !== null) return { option: schemaOf(option[1]) };
  const optional = OPTIONAL.exec(text);
  return optional === null ? "Any" : { optional: schemaOf(optional[1]) };
}
