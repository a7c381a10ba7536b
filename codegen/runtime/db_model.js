/**
 * A model: records of one table, with the checks that keep wrong ones out. The table is made or
 * given its missing columns when the model is; columns are never dropped or changed. Relations
 * between models are not known here.
 */
import { columnOf } from "./db_columns.js";
import { HttpError } from "./http_errors.js";
import { checkType } from "./validation.js";

const isNil = (value) => value === null || value === undefined;
const quote = (name) => `"${name.replaceAll('"', '""')}"`;

export class Model {
  #db;
  #table;
  #columns; // name -> Column, id first
  #type;

  /**
   * @param {{ query: Function, get: Function, run: Function, exec: Function }} db
   * @param {string} name of the model
   * @param {Record<string, string>} columns type of each field as in the source
   * @param {{ table?: string, type?: Function }} [settings] type: the class that records are of
   */
  constructor(db, name, columns, { table, type } = {}) {
    if ((columns.id ?? "Int") !== "Int") throw new Error(`the id of ${name} must be an Int`);
    const fields = { id: "Int", ...columns };
    this.#db = db;
    this.#table = quote(table ?? `${name.toLowerCase()}s`);
    this.#columns = new Map(Object.entries(fields).map(([field, text]) => [field, columnOf(field, text)]));
    this.#type = type;
    this.#prepare();
  }

  /** Every record, in the order of creation. */
  all() {
    return this.where({});
  }

  /** @param {number | string} id @returns {object | null} */
  find(id) {
    const key = this.#key(id);
    return key === null ? null : this.#record(this.#db.get(`SELECT * FROM ${this.#table} WHERE "id" = ?`, [key]));
  }

  /** @param {Record<string, any>} conditions all must hold; nil is absence, a list is one of it */
  where(conditions) {
    const { sql, values } = this.#condition(conditions);
    return this.#db.query(`SELECT * FROM ${this.#table}${sql} ORDER BY "id"`, values).map((row) => this.#record(row));
  }

  /** @param {Record<string, any>} [conditions] */
  count(conditions = {}) {
    const { sql, values } = this.#condition(conditions);
    return this.#db.get(`SELECT count(*) AS "n" FROM ${this.#table}${sql}`, values).n;
  }

  /**
   * @param {number} [page] from 1
   * @param {number} [size] records of one page
   * @param {Record<string, any>} [conditions]
   */
  paginate(page = 1, size = 20, conditions = {}) {
    const counts = Object.entries({ page, size });
    check(counts, ([name, value]) => (Number.isSafeInteger(value) && value >= 1 ? [] : [`${name} must be at least 1`]));
    const { sql, values } = this.#condition(conditions);
    const text = `SELECT * FROM ${this.#table}${sql} ORDER BY "id" LIMIT ? OFFSET ?`;
    const rows = this.#db.query(text, [...values, size, (page - 1) * size]);
    const total = this.count(conditions);
    return { items: rows.map((row) => this.#record(row)), page, size, total, pages: Math.ceil(total / size) };
  }

  /** @param {Record<string, any>} fields @returns {object} the record with its id */
  create(fields) {
    this.#checkFields(fields, [...this.#columns.keys()].filter((name) => name !== "id" || fields?.id !== undefined));
    const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
    const places = names.length === 0
      ? "DEFAULT VALUES"
      : `(${names.map(quote).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    const values = names.map((name) => this.#columns.get(name).store(fields[name]));
    return this.#record(this.#db.get(`INSERT INTO ${this.#table} ${places} RETURNING *`, values));
  }

  /** @param {number | string} id @param {Record<string, any>} fields @returns {object | null} nil where there is none */
  update(id, fields) {
    this.#checkFields(fields, Object.keys(Object(fields)));
    const names = Object.keys(fields).filter((name) => name !== "id" && fields[name] !== undefined);
    const key = this.#key(id);
    if (key === null || names.length === 0) return this.find(id);
    const values = names.map((name) => this.#columns.get(name).store(fields[name]));
    const changes = names.map((name) => `${quote(name)} = ?`).join(", ");
    return this.#record(this.#db.get(`UPDATE ${this.#table} SET ${changes} WHERE "id" = ? RETURNING *`, [...values, key]));
  }

  /** @param {number | string} id @returns {boolean} whether there was one */
  delete(id) {
    const key = this.#key(id);
    return key !== null && this.#db.run(`DELETE FROM ${this.#table} WHERE "id" = ?`, [key]).changes > 0;
  }

  /** Makes the table, or adds the columns that it has not. */
  #prepare() {
    const definitions = [...this.#columns.values()].map((column) => (
      column.name === "id" ? '"id" INTEGER PRIMARY KEY AUTOINCREMENT'
        : `${quote(column.name)} ${column.sql}${column.required ? " NOT NULL" : ""}`
    ));
    this.#db.exec(`CREATE TABLE IF NOT EXISTS ${this.#table} (${definitions.join(", ")})`);
    const present = new Set(this.#db.query(`PRAGMA table_info(${this.#table})`, []).map((row) => row.name));
    for (const { name, sql } of this.#columns.values()) {
      if (!present.has(name)) this.#db.exec(`ALTER TABLE ${this.#table} ADD COLUMN ${quote(name)} ${sql}`);
    }
  }

  /** What an id from outside stands for; null where it can be none. */
  #key(id) {
    if (typeof id === "string" && /^\d{1,15}$/.test(id)) return Number(id);
    return Number.isSafeInteger(id) ? id : null;
  }

  /** @throws {HttpError} 400 that names every wrong field */
  #checkFields(fields, expected) {
    if (fields === null || typeof fields !== "object" || Array.isArray(fields)) {
      throw new HttpError(400, "Validation failed", ["the fields must be an object"]);
    }
    check(new Set([...expected, ...Object.keys(fields)]), (name) => this.#errorsOf(name, fields[name]));
  }

  #errorsOf(name, value) {
    const errors = [];
    const column = this.#columns.get(name);
    if (column === undefined) errors.push(`${name} is not a field`);
    else if (column.required && isNil(value)) errors.push(`${name} is required`);
    else checkType(errors, name, value, column.schema);
    return errors;
  }

  /** @returns {{ sql: string, values: any[] }} */
  #condition(conditions) {
    const names = Object.keys(conditions);
    check(names, (name) => (this.#columns.has(name) ? [] : [`${name} is not a field`]));
    const parts = names.map((name) => conditionOn(this.#columns.get(name), conditions[name]));
    return {
      sql: parts.length === 0 ? "" : ` WHERE ${parts.map(({ term }) => term).join(" AND ")}`,
      values: parts.flatMap((part) => part.values),
    };
  }

  /** A row as the program sees it. */
  #record(row) {
    if (row === null) return null;
    const record = this.#type === undefined ? {} : Object.create(this.#type.prototype);
    for (const { name, load } of this.#columns.values()) record[name] = load(row[name]);
    return record;
  }
}

/** A list asks for one of it, unless lists are what the column keeps. */
function conditionOn(column, wanted) {
  const name = quote(column.name);
  const list = Array.isArray(wanted) && !column.json ? wanted : [wanted];
  const values = list.map((value) => (isNil(value) ? null : column.store(value)));
  check(values, (value) => (Object(value) === value ? [`${column.name} must be a plain value`] : []));
  if (values.length === 1 && values[0] === null) return { term: `${name} IS NULL`, values: [] };
  return { term: `${name} IN (${values.map(() => "?").join(", ")})`, values };
}

/** @throws {HttpError} 400 with what errorsOf says about the items, if it says anything */
function check(items, errorsOf) {
  const details = [...items].flatMap(errorsOf);
  if (details.length > 0) throw new HttpError(400, "Validation failed", details);
}
