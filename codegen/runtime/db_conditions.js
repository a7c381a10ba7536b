/**
 * What a model is asked for, as SQL: conditions, order, and how many. Names are those of columns or
 * the question is refused; values are bound. Nothing that comes from JSON can be more than a value:
 * there are no operators among the conditions.
 */
import { HttpError } from "./http_errors.js";
import { toInt } from "./validation.js";

/** More values than this in one condition no database takes. */
const MAX_VALUES = 10_000;

/** More lines than this help nobody. */
const MAX_DETAILS = 50;

const isNil = (value) => value === null || value === undefined;

/** A value from outside as a message can have it. */
export const wordOf = (value) => (typeof value === "string" ? value.slice(0, 100) : "this");

export const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** @param {string[]} details @throws {HttpError} 400 with them, if there are any */
export function refuse(details) {
  if (details.length > 0) throw new HttpError(400, "Validation failed", details.slice(0, MAX_DETAILS));
}

/**
 * @param {Map<string, import("./db_columns.js").Column>} columns
 * @param {Record<string, any>} conditions all must hold; nil is absence, a list is one of it
 * @param {(name: string) => string} quote
 * @returns {{ sql: string, values: any[] }}
 */
export function conditionOf(columns, conditions, quote) {
  if (!isRecord(conditions)) refuse(["the conditions must be an object"]);
  const names = Object.keys(conditions);
  refuse(names.filter((name) => !columns.has(name)).map((name) => `${name} is not a field`));
  const parts = names.map((name) => conditionOn(columns.get(name), conditions[name], quote));
  return {
    sql: parts.length === 0 ? "" : ` WHERE ${parts.map(({ sql }) => sql).join(" AND ")}`,
    values: parts.flatMap((part) => part.values),
  };
}

/** A list asks for one of it, unless lists are what the column keeps. */
function conditionOn(column, wanted, quote) {
  const name = quote(column.name);
  const list = Array.isArray(wanted) && column.kind !== "Json" ? wanted : [wanted];
  if (list.length > MAX_VALUES) refuse([`${column.name} has more than ${MAX_VALUES} values`]);
  const values = list.map((value) => storedCondition(column, value));
  const present = values.filter((value) => value !== null);
  const terms = [];
  if (present.length === 1) terms.push(`${name} = ?`);
  if (present.length > 1) terms.push(`${name} IN (${present.map(() => "?").join(", ")})`);
  if (present.length < values.length) terms.push(`${name} IS NULL`);
  if (terms.length === 0) terms.push("1 = 0");
  return { sql: terms.length === 1 ? terms[0] : `(${terms.join(" OR ")})`, values: present };
}

/** Numbers of paths and queries are text; a value of another type than the column's would mean something else to each database. */
function storedCondition(column, value) {
  if (isNil(value)) return null;
  const typed = column.kind === "Int" ? toInt(value) : value;
  const errors = [];
  column.check(errors, typed);
  refuse(errors);
  return column.store(typed);
}

const OPTIONS = new Set(["order", "limit", "offset", "with"]);

/**
 * @param {Map<string, object>} columns
 * @param {{ order?: string | string[], limit?: number, offset?: number }} options
 * @param {{ quote: Function, order: Function }} dialect
 * @returns {{ sql: string, values: number[] }}
 */
export function endOf(columns, options, dialect) {
  if (!isRecord(options)) refuse(["the options must be an object"]);
  refuse(Object.keys(options).filter((name) => !OPTIONS.has(name)).map((name) => `${name} is not an option`));
  const terms = orderTerms(columns, options.order);
  if (!terms.some(({ name }) => name === "id")) terms.push({ name: "id", down: false });
  const order = terms.map(({ name, down }) => dialect.order(dialect.quote(name), down)).join(", ");
  const { limit, offset } = options;
  const wrong = Object.entries({ limit, offset }).filter(([, value]) => !isNil(value) && !(Number.isSafeInteger(value) && value >= 0));
  refuse(wrong.map(([name]) => `${name} must be an integer from 0`));
  if (isNil(limit) && isNil(offset)) return { sql: ` ORDER BY ${order}`, values: [] };
  return { sql: ` ORDER BY ${order} LIMIT ? OFFSET ?`, values: [limit ?? Number.MAX_SAFE_INTEGER, offset ?? 0] };
}

/** "name", "-name", "name desc", or a list of them. */
function orderTerms(columns, order) {
  if (isNil(order)) return [];
  return (Array.isArray(order) ? order : [order]).map((text) => {
    const term = orderTerm(columns, typeof text === "string" ? text.trim() : "");
    if (term === null) refuse([`order: ${wordOf(text)} is not a field`]);
    return term;
  });
}

function orderTerm(columns, text) {
  const words = columns.has(text) ? [text] : text.split(/\s+/);
  const minus = !columns.has(words[0]) && words[0].startsWith("-");
  const name = minus ? words[0].slice(1) : words[0];
  const way = words[1]?.toLowerCase() ?? "asc";
  if (!columns.has(name) || words.length > 2 || (way !== "asc" && way !== "desc")) return null;
  return { name, down: minus !== (way === "desc") };
}
