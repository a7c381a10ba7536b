/**
 * A model: records of one table, with the checks that keep wrong ones out. Each method is a plan
 * (db.js) that the adapter performs; how its table comes to be is db_tables.js. Names in the SQL are
 * those of the model's columns, values are bound.
 */
import { columnOf, same } from "./db_columns.js";
import { conditionOf, endOf, isRecord, refuse } from "./db_conditions.js";
import { checkFields, keyOf, own, withDefaults } from "./db_fields.js";
import { chosen, relate, relationsOf } from "./db_relations.js";
import { exact } from "./db_sql.js";
import { uniqueName } from "./db_tables.js";
import { HttpError } from "./http_errors.js";

const isNil = (value) => value === null || value === undefined;

const CREATED = "created_at";
const UPDATED = "updated_at";
const DELETED = "deleted_at";

/** They can be handed on by name: `ids |> map(User.find)`. */
const METHODS = [
  "all", "find", "where", "first", "active", "count", "paginate", "create", "update", "delete", "soft_delete", "restore",
];

export class Model {
  #adapter;
  #models; // of the same database, by name
  #name;
  #table;
  #columns; // name -> Column, id first
  #managed; // columns that only the model itself writes
  #relations;
  #unique;
  #type;
  #quote = (name) => this.#adapter.dialect.quote(name);
  #loaded; // columns whose values are not what the database gives
  #list; // of the columns, as SQL
  #select;

  /**
   * @param {import("./db.js").Adapter} adapter
   * @param {Map<string, Model>} models
   * @param {string} name of the model
   * @param {Record<string, string | import("./db_columns.js").Spec>} columns
   * @param {object} [settings]
   * @param {string} [settings.table]
   * @param {Function} [settings.type] the class that records are of
   * @param {boolean} [settings.timestamps] created_at and updated_at
   * @param {boolean} [settings.soft_delete] deleted_at
   * @param {string[][]} [settings.unique] columns that are unique together
   * @param {string[]} [settings.belongs_to] and has_many, has_one: models, see db_relations.js
   */
  constructor(adapter, models, name, columns, settings = {}) {
    if ((columns.id ?? "Int") !== "Int") throw new Error(`the id of ${name} must be an Int`);
    const stamps = [...(settings.timestamps ? [CREATED, UPDATED] : []), ...(settings.soft_delete ? [DELETED] : [])];
    this.#adapter = adapter;
    this.#models = models;
    this.#name = name;
    this.#table = settings.table ?? `${name.toLowerCase()}s`;
    this.#managed = new Set(stamps);
    this.#relations = relationsOf(name, settings);
    this.#type = settings.type;
    const fields = { id: "Int", ...columns };
    for (const { kind, column, type } of this.#relations) {
      if (kind === "belongs_to") fields[column] ??= type;
    }
    for (const stamp of stamps) fields[stamp] = stamp === DELETED ? "Option<Date>" : "Date";
    this.#columns = new Map(Object.entries(fields).map(([field, spec]) => [field, columnOf(field, spec, adapter.dialect)]));
    this.#loaded = [...this.#columns.values()].filter(({ load }) => load !== same);
    this.#list = [...this.#columns.keys()].map(this.#quote).join(", ");
    this.#select = `SELECT ${this.#list} FROM ${this.#quote(this.#table)}`;
    const single = [...this.#columns.values()].filter(({ unique }) => unique).map((column) => [column.name]);
    this.#unique = [...single, ...(settings.unique ?? [])];
    for (const field of this.#unique.flat()) {
      if (!this.#columns.has(field)) throw new Error(`${name} has no field ${field} that could be unique`);
    }
    for (const relation of this.#relations) this.#addRelation(relation);
    for (const method of METHODS) Object.defineProperty(this, method, { value: this[method].bind(this) });
  }

  /** Every record, in the order of creation. @param {Options} [options] */
  all(options) {
    return this.where({}, options);
  }

  /** @param {number | string} id @param {Options} [options] with; a number there is the index that `map` gives @returns {object | null} */
  find(id, options = {}) {
    return this.#perform(this.#findPlan(id, typeof options === "number" ? {} : options));
  }

  /**
   * @typedef {{ order?: string | string[], limit?: number, offset?: number, with?: string | string[] }} Options
   * @param {Record<string, any>} conditions all must hold; nil is absence, a list is one of it
   * @param {Options} [options] order: "name", "-name" or "name desc"; with: relations to load too
   */
  where(conditions, options = {}) {
    return this.#perform(this.rowsPlan(conditions, options));
  }

  /** The first of what `where` gives, or nil. */
  first(conditions = {}, options = {}) {
    return this.#perform(this.#firstPlan(conditions, options));
  }

  /** Those that are not soft-deleted. */
  active(conditions = {}, options = {}) {
    this.#needSoftDelete();
    if (!isRecord(conditions)) refuse(["the conditions must be an object"]);
    return this.where({ ...conditions, [DELETED]: null }, options);
  }

  /** @param {Record<string, any>} [conditions] */
  count(conditions = {}) {
    return this.#perform(this.#countPlan(conditions));
  }

  /**
   * @param {number} [page] from 1
   * @param {number} [size] records of one page
   * @param {Record<string, any>} [conditions]
   * @param {Options} [options] order and with
   */
  paginate(page = 1, size = 20, conditions = {}, options = {}) {
    return this.#perform(this.#pagePlan(page, size, conditions, options));
  }

  /** @param {Record<string, any>} fields @returns {object} the record with its id */
  create(fields) {
    return this.#perform(this.#createPlan(fields), true);
  }

  /** @param {number | string} id @param {Record<string, any>} fields @returns {object | null} nil where there is none */
  update(id, fields) {
    return this.#perform(this.#updatePlan(id, fields), true);
  }

  /** @param {number | string} id @returns {boolean} whether there was one */
  delete(id) {
    return this.#perform(this.#deletePlan(id), true);
  }

  /** Marks a record as deleted. @param {number | string} id @returns {object | null} */
  soft_delete(id) {
    this.#needSoftDelete();
    return this.#perform(this.#setPlan(id, { [DELETED]: new Date() }), true);
  }

  /** Takes that back. @param {number | string} id @returns {object | null} */
  restore(id) {
    this.#needSoftDelete();
    return this.#perform(this.#setPlan(id, { [DELETED]: null }), true);
  }

  /** @returns {import("./db_tables.js").Shape} */
  shape() {
    const references = this.#relations.filter(({ kind }) => kind === "belongs_to")
      .map(({ column, model }) => ({ column, table: this.#other(model).#table }));
    for (const { kind, model, column } of this.#relations) {
      if (kind !== "belongs_to" && this.#models.has(model) && !this.#other(model).#columns.has(column)) {
        throw new Error(`${this.#name} has ${model}s, but ${model} has no ${column}: write belongs_to: ${this.#name} in it`);
      }
    }
    return { name: this.#name, table: this.#table, columns: [...this.#columns.values()], unique: this.#unique, references };
  }

  /** A plan for what `where` does. */
  * rowsPlan(conditions, options = {}) {
    const relations = chosen(this.#relations, options?.with);
    const { sql, values } = conditionOf(this.#columns, conditions, this.#quote);
    const end = endOf(this.#columns, options, this.#adapter.dialect);
    const { rows } = yield { sql: `${this.#select}${sql}${end.sql}`, values: [...values, ...end.values] };
    const records = rows.map((row) => this.#record(row));
    for (const relation of relations) yield* relate(records, relation, this.#other(relation.model));
    return records;
  }

  * #findPlan(id, options = {}) {
    const key = keyOf(id);
    if (key === null) return null;
    if (!isNil(options?.with)) return (yield* this.rowsPlan({ id: key }, options))[0] ?? null;
    const { rows } = yield { sql: `${this.#select} WHERE ${this.#quote("id")} = ?`, values: [key] };
    return rows.length === 0 ? null : this.#record(rows[0]);
  }

  * #firstPlan(conditions, options) {
    const [record] = yield* this.rowsPlan(conditions, { ...options, limit: 1 });
    return record ?? null;
  }

  * #countPlan(conditions) {
    const { sql, values } = conditionOf(this.#columns, conditions, this.#quote);
    const { rows } = yield { sql: `SELECT count(*) AS n FROM ${this.#quote(this.#table)}${sql}`, values };
    return exact(rows[0].n);
  }

  * #pagePlan(page, size, conditions, options) {
    const wrong = Object.entries({ page, size }).filter(([, value]) => !(Number.isSafeInteger(value) && value >= 1));
    refuse(wrong.map(([name]) => `${name} must be at least 1`));
    const offset = (page - 1) * size;
    refuse(Number.isSafeInteger(offset) ? [] : ["page is too high"]);
    const items = yield* this.rowsPlan(conditions, { ...options, limit: size, offset });
    const total = yield* this.#countPlan(conditions);
    return { items, page, size, total, pages: Math.ceil(total / size) };
  }

  * #createPlan(given) {
    const fields = withDefaults(this.#columns, given);
    checkFields(this.#columns, this.#managed, fields, [...this.#columns.keys()].filter((name) => name !== "id" && !this.#managed.has(name)));
    const now = new Date();
    for (const stamp of [CREATED, UPDATED]) if (this.#managed.has(stamp)) fields[stamp] = now;
    const names = Object.keys(fields).filter((name) => fields[name] !== undefined && (name !== "id" || fields.id !== null));
    const { dialect } = this.#adapter;
    const places = names.length === 0
      ? dialect.noValues
      : `(${names.map(this.#quote).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    const sql = `INSERT INTO ${this.#quote(this.#table)} ${places}`;
    const record = yield* this.#write(sql, this.#stored(fields, names), fields, fields.id);
    if (!isNil(fields.id) && dialect.afterOwnId !== undefined) yield dialect.afterOwnId(this.#table);
    return record;
  }

  * #updatePlan(id, fields) {
    checkFields(this.#columns, this.#managed, fields, Object.keys(Object(fields)));
    const names = Object.keys(fields).filter((name) => name !== "id" && fields[name] !== undefined);
    if (names.length === 0) return yield* this.#findPlan(id);
    const changes = Object.fromEntries(names.map((name) => [name, fields[name]]));
    return yield* this.#setPlan(id, this.#managed.has(UPDATED) ? { ...changes, [UPDATED]: new Date() } : changes);
  }

  /** Fields that are right already. */
  * #setPlan(id, fields) {
    const key = keyOf(id);
    if (key === null) return null;
    const names = Object.keys(fields);
    const changes = names.map((name) => `${this.#quote(name)} = ?`).join(", ");
    const sql = `UPDATE ${this.#quote(this.#table)} SET ${changes} WHERE ${this.#quote("id")} = ?`;
    return yield* this.#write(sql, [...this.#stored(fields, names), key], fields, key);
  }

  /** The record after a change, with the id that it has where the program or the database says so. */
  * #write(sql, values, fields, id) {
    const { returns } = this.#adapter.dialect;
    try {
      const answer = yield { sql: returns ? `${sql} RETURNING ${this.#list}` : sql, values };
      if (returns) return answer.rows.length === 0 ? null : this.#record(answer.rows[0]);
      const { rows } = yield { sql: `${this.#select} WHERE ${this.#quote("id")} = ?`, values: [id ?? answer.lastInsertRowid] };
      return rows.length === 0 ? null : this.#record(rows[0]);
    } catch (error) {
      throw yield* this.#refusal(error, fields);
    }
  }

  * #deletePlan(id) {
    const key = keyOf(id);
    if (key === null) return false;
    try {
      const { changes } = yield { sql: `DELETE FROM ${this.#quote(this.#table)} WHERE ${this.#quote("id")} = ?`, values: [key] };
      return changes > 0;
    } catch (error) {
      if (!/^reference/.test(this.#adapter.dialect.problemOf(error)?.kind)) throw error;
      throw new HttpError(409, "Conflict", [`${this.#name} ${key} cannot be deleted while others refer to it`]);
    }
  }

  /** What an error of the database means to whoever gave the fields. */
  * #refusal(error, fields) {
    const problem = this.#adapter.dialect.problemOf(error);
    if (problem === null) return error;
    const named = this.#unique.find((columns) => uniqueName(this.#table, columns) === problem.index);
    const columns = named ?? (problem.index === "PRIMARY" ? ["id"] : problem.columns);
    if (problem.kind === "unique" && columns.length === 0) return new HttpError(409, "Conflict", ["a value is already taken"]);
    const unknown = columns.filter((name) => !this.#columns.has(name));
    if (unknown.length > 0) {
      return new Error(`The table "${this.#table}" wants ${unknown.join(", ")}, which the model ${this.#name} has not.`, { cause: error });
    }
    if (problem.kind === "unique") return new HttpError(409, "Conflict", [`${columns.join(" and ")} is already taken`]);
    const wrong = problem.kind === "reference" && columns.length === 0 ? yield* this.#dangling(fields) : columns;
    const says = { required: "is required", long: "is too long", reference: "refers to nothing" }[problem.kind] ?? "is not valid";
    return new HttpError(400, "Validation failed", wrong.map((name) => `${name} ${says}`));
  }

  /** The columns of fields that refer to no record, for a database that does not tell. */
  * #dangling(fields) {
    const wrong = [];
    for (const { kind, column, model } of this.#relations) {
      if (kind !== "belongs_to" || isNil(own(fields, column))) continue;
      if ((yield* this.#other(model).#countPlan({ id: fields[column] })) === 0) wrong.push(column);
    }
    return wrong;
  }

  #addRelation(relation) {
    const { name, model } = relation;
    if (name in this) throw new Error(`${this.#name} cannot have a relation to ${model}: \`${name}\` means something else`);
    Object.defineProperty(this, name, { value: (of) => this.#perform(this.#relatedPlan(of, relation)) });
  }

  /** @param {any} of a record, or its id */
  * #relatedPlan(of, relation) {
    const record = isRecord(of) ? { ...of } : yield* this.#findPlan(of);
    if (record === null) return relation.kind === "has_many" ? [] : null;
    if (relation.kind !== "belongs_to") record.id = keyOf(record.id);
    yield* relate([record], relation, this.#other(relation.model));
    return record[relation.name];
  }

  #other(name) {
    const model = this.#models.get(name);
    if (model === undefined) throw new Error(`${this.#name} refers to ${name}, and there is no model of that name`);
    return model;
  }

  #needSoftDelete() {
    if (!this.#managed.has(DELETED)) throw new Error(`the model ${this.#name} has no \`soft_delete: true\``);
  }

  #perform(plan, writes = false) {
    return this.#adapter.perform(plan, writes);
  }

  #stored(fields, names) {
    return names.map((name) => this.#columns.get(name).store(fields[name]));
  }

  /** A row as the program sees it. */
  #record(row) {
    for (const { name, load } of this.#loaded) row[name] = load(row[name]);
    return this.#type === undefined ? row : Object.assign(Object.create(this.#type.prototype), row);
  }
}
