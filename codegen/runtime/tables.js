/**
 * Tables: rows of the same fields, and the builtin functions over them, which are methods too. A table
 * never changes; each operation gives a new one. Where a column is expected, a name will do, or a
 * function of the row, which is what `.name` is compiled to. A list of records serves as a table.
 */
import { callable } from "./callable.js";
import { draw, randomSource } from "./chance.js";
import { compare } from "./lists.js";
import { columnName, columnOf, groupRows, keyOf, tagged } from "./tables_columns.js";
import { joinTables } from "./tables_join.js";
import { LazyTableValue } from "./tables_lazy.js";
import { describeRows, schemaOfRows } from "./tables_summary.js";
import { explodeRows, pivotRows, unpivotRows } from "./tables_shape.js";
import { columnsOf, textTable } from "./text_tables.js";
import { to_float, to_int } from "./numbers.js";
import { toBool } from "./checks.js";
import { to_string } from "./values.js";

/** @typedef {Record<string, any>} Row */
/** @typedef {string | ((row: Row) => any)} Column */

class TableValue {
  #rows;
  #columns;

  /** @param {Iterable<Row>} [rows] @param {string[]} [columns] all fields that occur unless given */
  constructor(rows = [], columns) {
    this.#rows = [...rows];
    this.#columns = columns ?? columnsOf(this.#rows);
  }

  /** How other modules know a table without importing this one. */
  get isTable() {
    return true;
  }

  get rows() {
    return this.#rows.length;
  }

  get length() {
    return this.#rows.length;
  }

  get columns() {
    return [...this.#columns];
  }

  get shape() {
    return [this.#rows.length, this.#columns.length];
  }

  [Symbol.iterator]() {
    return this.#rows[Symbol.iterator]();
  }

  toArray() {
    return [...this.#rows];
  }

  toJSON() {
    return this.toArray();
  }

  toString() {
    return textTable(this.#rows, { columns: this.#columns });
  }

  /** @param {number} index negative ones count from the end */
  at(index) {
    return this.#rows.at(index) ?? null;
  }

  slice(start, end) {
    return new TableValue(this.#rows.slice(start, end), this.#columns);
  }

  getColumn(column) {
    return this.#rows.map(this.#valuesOf(column, "getColumn"));
  }

  /** @param {Column} column @param {string} caller @returns {(row: Row) => any} @throws where there is no such column */
  #valuesOf(column, caller) {
    return columnOf(this.#known(column, caller));
  }

  #known(column, caller) {
    if (typeof column !== "string" || this.#has(column)) return column;
    throw new RangeError(`${caller}: there is no column ${column} among ${this.#columns.join(", ")}`);
  }

  #has(name) {
    return this.#columns.includes(name) || this.#rows.length === 0 || name in this.#rows[0];
  }

  /** @param {Column} column @param {string} caller @returns {string} its name */
  #nameOf(column, caller) {
    const name = columnName(column);
    if (name === null) throw new TypeError(`${caller} needs the name of a column`);
    return this.#known(name, caller);
  }

  #with(rows) {
    return new TableValue(rows, this.#columns);
  }

  where(condition) {
    const holds = columnOf(condition);
    return this.#with(this.#rows.filter((row) => holds(row)));
  }

  /** @param {...(Column | { __exclude: string | string[] })} columns */
  select(...columns) {
    const excluded = columns.flatMap((column) => column?.__exclude ?? []);
    const named = columns.filter((column) => column?.__exclude === undefined).map((column) => this.#nameOf(column, "select"));
    const kept = (named.length > 0 ? named : this.#columns).filter((name) => !excluded.includes(name));
    return new TableValue(this.#rows.map((row) => Object.fromEntries(kept.map((name) => [name, row[name] ?? null]))), kept);
  }

  /** @param {Record<string, any>} columns functions of the row, which see the columns before them, or values */
  derive(columns) {
    const entries = Object.entries(columns);
    const rows = this.#rows.map((row) => {
      const result = { ...row };
      for (const [name, value] of entries) result[name] = typeof value === "function" ? value(result) : value;
      return result;
    });
    return new TableValue(rows, [...new Set([...this.#columns, ...Object.keys(columns)])]);
  }

  /** @param {...Column} columns */
  groupBy(...columns) {
    for (const column of columns) this.#known(column, "groupBy");
    return new GroupedTable(this.#rows, columns);
  }

  /** @param {Column} column @param {{ desc?: boolean }} [options] equal rows keep their order */
  sortBy(column, options) {
    const valueOf = this.#valuesOf(column, "sortBy");
    const sign = options?.desc ? -1 : 1;
    const keyed = this.#rows.map((row) => ({ row, key: valueOf(row) }));
    return this.#with(keyed.sort((a, b) => compareKeys(a.key, b.key, sign)).map(({ row }) => row));
  }

  limit(n) {
    return this.slice(0, Math.max(0, n));
  }

  /** @param {TableValue | Row[]} other @param {{ left?: Column, right?: Column, how?: string }} [options] */
  join(other, options) {
    const { rows, columns } = joinTables(this, asTable(other), options ?? {});
    return new TableValue(rows, columns);
  }

  union(other) {
    const second = asTable(other);
    const columns = [...new Set([...this.#columns, ...second.columns])];
    const whole = (row) => tagged(row, Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
    return new TableValue([...this.#rows, ...second].map(whole), columns);
  }

  pivot(options) {
    return new TableValue(pivotRows(this.#rows, options));
  }

  unpivot(options) {
    return new TableValue(unpivotRows(this.#rows, options));
  }

  explode(column) {
    const name = this.#nameOf(column, "explode");
    return this.#with(explodeRows(this.#rows, name));
  }

  /** @param {{ by?: Column }} [options] */
  dropDuplicates(options) {
    const valueOf = options?.by == null ? (row) => this.#columns.map((name) => row[name]) : this.#valuesOf(options.by, "dropDuplicates");
    const seen = new Set();
    return this.#with(this.#rows.filter((row) => {
      const key = keyOf(valueOf(row));
      return !seen.has(key) && seen.add(key);
    }));
  }

  rename(old, name) {
    const from = this.#nameOf(old, "rename");
    const renamed = (key) => (key === from ? name : key);
    const rows = this.#rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [renamed(key), value])));
    return new TableValue(rows, this.#columns.map(renamed));
  }

  #replaceColumn(column, caller, f) {
    const name = this.#nameOf(column, caller);
    return this.#with(this.#rows.map((row) => tagged(row, { ...row, [name]: f(row[name]) })));
  }

  /** nil stays nil; what does not convert becomes nil. */
  cast(column, type) {
    const convert = CASTS[type];
    if (convert === undefined) throw new RangeError(`cast knows no type ${type}: ${Object.keys(CASTS).join(", ")}`);
    return this.#replaceColumn(column, "cast", (value) => (value == null ? null : convert(value)));
  }

  dropNil(column) {
    const valueOf = this.#valuesOf(column, "dropNil");
    return this.#with(this.#rows.filter((row) => valueOf(row) != null));
  }

  fillNil(column, value) {
    return this.#replaceColumn(column, "fillNil", (old) => old ?? value);
  }

  /** @param {number} n a part of the rows where it is below 1 @param {{ seed?: number }} [options] */
  sample(n, options) {
    return this.#with(sampleRows(this.#rows, n, options?.seed));
  }

  stratifiedSample(column, n, options) {
    const groups = groupRows(this.#rows, this.#valuesOf(column, "stratifiedSample"));
    const seed = (index) => (options?.seed == null ? undefined : options.seed + index * SEED_STEP);
    return this.#with(groups.flatMap(({ rows }, index) => sampleRows(rows, n, seed(index))));
  }

  /** Prints the first rows, and is the table itself, so that it may stand anywhere in a pipe. */
  peek(options) {
    const { n = 10, title } = typeof options === "number" ? { n: options } : (options ?? {});
    const shown = this.limit(n);
    const label = `${title == null ? "" : `${title} `}(${shown.rows} of ${this.rows} rows)`;
    console.log(`── ${label} ──\n${shown}`);
    return this;
  }

  describe() {
    return new TableValue(describeRows(this.#rows, this.#columns));
  }

  schema() {
    return schemaOfRows(this.#rows, this.#columns);
  }

  lazy() {
    return new LazyTableValue(this);
  }
}

/** nil stands last in either direction. */
function compareKeys(a, b, sign) {
  return a == null || b == null ? compare(a, b) : compare(a, b) * sign;
}

const CASTS = {
  Int: to_int,
  Float: to_float,
  Bool: (value) => (typeof value === "string" ? toBool(value.trim().toLowerCase()) : toBool(value)),
  String: to_string,
};

/** So that the groups of a sample do not share their random numbers. */
const SEED_STEP = 7919;

function sampleRows(rows, n, seed) {
  const count = n < 1 ? Math.floor(rows.length * n) : n;
  return count >= rows.length ? rows : draw(rows, count, randomSource(seed));
}

/** What groupBy gives, for agg. */
class GroupedTable {
  #groups;
  #names;

  /** @param {Row[]} rows @param {Column[]} columns */
  constructor(rows, columns) {
    const values = columns.map(columnOf);
    this.#names = columns.map((column) => columnName(column) ?? "_group");
    this.#groups = groupRows(rows, (row) => (values.length === 1 ? values[0](row) : values.map((value) => value(row))));
  }

  get isGrouped() {
    return true;
  }

  get length() {
    return this.#groups.length;
  }

  /** Tuples of key and table. */
  *[Symbol.iterator]() {
    for (const { key, rows } of this.#groups) yield [key, new TableValue(rows)];
  }

  /** @param {Record<string, (rows: Row[]) => any>} columns aggregates; each row has its key as `_group` too */
  agg(columns) {
    const rows = this.#groups.map(({ key, rows }) => {
      const keys = this.#names.length === 1 ? [key] : key;
      const own = Object.fromEntries(this.#names.map((name, index) => [name, keys[index]]));
      const values = Object.entries(columns).map(([name, aggregate]) => [name, aggregate(rows)]);
      return tagged({ _group: key }, { ...own, ...Object.fromEntries(values) });
    });
    return new TableValue(rows, [...this.#names, ...Object.keys(columns)]);
  }
}

/** The older spellings of methods, and the name that programs know. */
for (const method of Object.getOwnPropertyNames(TableValue.prototype)) {
  const older = method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const descriptor = Object.getOwnPropertyDescriptor(TableValue.prototype, method);
  if (older !== method && typeof descriptor.value === "function") Object.defineProperty(TableValue.prototype, older, descriptor);
}
Object.defineProperty(TableValue, "name", { value: "Table" });

export const Table = callable(TableValue);
export const LazyTable = callable(LazyTableValue);

/** @param {any} table a table, a lazy one, or a list of records */
function asTable(table) {
  if (table?.isTable === true || table?.isLazyTable === true) return table;
  if (typeof table?.[Symbol.iterator] === "function" && typeof table !== "string") return new TableValue(table);
  throw new TypeError("a table or a list of records is expected");
}

/** @param {string} method @returns {(table: any, ...values: any[]) => any} */
const operation = (method) => (table, ...values) => asTable(table)[method](...values);

/** A list stays a list. */
export function where(items, condition) {
  if (Array.isArray(items)) return items.filter((row) => columnOf(condition)(row));
  return asTable(items).where(condition);
}

export function limit(items, n) {
  return Array.isArray(items) ? items.slice(0, Math.max(0, n)) : asTable(items).limit(n);
}

/** `-.name` in select(). @param {...string} names */
export const without = (...names) => ({ __exclude: names });

export const select = operation("select");
export const derive = operation("derive");
export const sortBy = operation("sortBy");
export const pivot = operation("pivot");
export const unpivot = operation("unpivot");
export const explode = operation("explode");
export const dropDuplicates = operation("dropDuplicates");
export const rename = operation("rename");
export const cast = operation("cast");
export const dropNil = operation("dropNil");
export const fillNil = operation("fillNil");
export const peek = operation("peek");
export const describe = operation("describe");
export const schemaOf = operation("schema");
export const lazy = operation("lazy");
export const tableGroupBy = operation("groupBy");
export const tableJoin = operation("join");
export const tableUnion = operation("union");
export const tableSample = operation("sample");
export const stratifiedSample = operation("stratifiedSample");

/** Without groups, all rows are one. */
export function agg(groups, columns) {
  if (groups?.isGrouped === true) return groups.agg(columns);
  const rows = [...asTable(groups)];
  return new TableValue([Object.fromEntries(Object.entries(columns).map(([name, f]) => [name, f(rows)]))], Object.keys(columns));
}

export {
  agg as tableAgg, agg as table_agg, derive as tableDerive, derive as table_derive, dropDuplicates as drop_duplicates,
  dropDuplicates as tableDropDuplicates, dropDuplicates as table_drop_duplicates, dropNil as drop_nil,
  explode as tableExplode, explode as table_explode, fillNil as fill_nil, limit as tableLimit, limit as table_limit,
  pivot as tablePivot, pivot as table_pivot, rename as tableRename, rename as table_rename, schemaOf as schema_of,
  select as tableSelect, select as table_select, sortBy as sort_by, sortBy as tableSortBy, sortBy as table_sort_by,
  stratifiedSample as stratified_sample, stratifiedSample as tableStratifiedSample,
  stratifiedSample as table_stratified_sample, tableGroupBy as table_group_by, tableJoin as table_join,
  tableSample as table_sample, tableUnion as table_union, unpivot as tableUnpivot, unpivot as table_unpivot,
  where as tableWhere, where as table_where,
};
