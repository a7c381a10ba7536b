/**
 * SQL as a program writes it, for any database: `?` and `$name` stand for values, which are always
 * bound. Here are the places of values, what can be bound, and rows as the program sees them. What
 * a table is, is not known here.
 */

/** @typedef {{ sql: string, values: any[], raw?: true }} Statement raw: its places are written as the database has them */

/** Quoted texts and names, comments, casts, and places of values. */
const PARTS = new RegExp([
  "[eE]'(?:[^'\\\\]|\\\\[^]|'')*'", "'(?:[^']|'')*'", '"(?:[^"]|"")*"', "`(?:[^`]|``)*`",
  "--[^\\n]*", "/\\*[^]*?\\*/", "\\$([A-Za-z_]\\w*)?\\$[^]*?\\$\\1\\$",
  "(?<place>\\?)", "\\$(?<number>\\d+)", "\\$(?<name>[A-Za-z_]\\w*)",
].join("|"), "g");

const isPlain = (value) => value !== null && typeof value === "object"
  && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

/**
 * The values of `query(sql, 1, 2)`, `query(sql, [1, 2])` and `query("… $name", { name: 1 })`.
 * @param {string} sql
 * @param {any[]} given
 * @param {(index: number) => string} place how the database writes the place of the value with this number, from 1
 * @returns {Statement}
 */
export function statementOf(sql, given, place) {
  const list = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  const record = list.length === 1 && isPlain(list[0]) && list[0].__tag === undefined ? list[0] : undefined;
  const values = [];
  let used = 0;
  const numbered = hasNumbers(sql);
  const text = sql.replace(PARTS, (part, ...rest) => {
    const { place: mark, name } = rest.at(-1);
    if (mark !== undefined && !numbered) {
      values.push(list[used++]);
      return place(values.length);
    }
    if (name === undefined || record === undefined) return part;
    if (!Object.hasOwn(record, name)) throw new Error(`there is no value for $${name}`);
    values.push(record[name]);
    return place(values.length);
  });
  const bound = numbered ? list : values;
  if (!numbered && used > 0 && used !== list.length) {
    throw new Error(`the SQL has ${used} places for values, and ${list.length} were given`);
  }
  if (bound.length === 0 && list.length > 0) throw new Error("the SQL has no place for the values: write ? where they go");
  return { sql: text, values: bound.map(boundValue), raw: true };
}

/** `$1` is PostgreSQL's own; where it stands, `?` is an operator. */
function hasNumbers(sql) {
  for (const found of sql.matchAll(PARTS)) if (found.groups.number !== undefined) return true;
  return false;
}

/** What a database can keep: lists and records are JSON text, Some is what is in it. */
function boundValue(value) {
  if (value === undefined || value === null || value.__tag === "None") return null;
  if (value.__tag === "Some") return boundValue(value.value);
  if (typeof value !== "object" || value instanceof Date || ArrayBuffer.isView(value)) return value;
  return JSON.stringify(value);
}

/**
 * Integers are numbers as far as these are exact, and beyond that the text of their digits, which
 * JSON can carry.
 */
export const exact = (value) => {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
};

/** @param {object[]} rows changed in place */
export function exactRows(rows) {
  for (const row of rows) {
    for (const name in row) if (typeof row[name] === "bigint") row[name] = exact(row[name]);
  }
  return rows;
}
