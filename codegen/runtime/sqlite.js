/**
 * sqlite: one connection to an SQLite database. Queries give tables; values are always bound. Models of
 * servers are in db.js.
 */
import { Database } from "bun:sqlite";
import { Table } from "./tables.js";
import { columnsOf } from "./text_tables.js";

const quoted = (name) => `"${String(name).replaceAll('"', '""')}"`;

/** Of the first value that is there: TEXT where there is none. */
function typeFor(values) {
  const value = values.find((item) => item != null);
  if (typeof value === "boolean") return "INTEGER";
  if (typeof value !== "number") return "TEXT";
  return values.every((item) => item == null || Number.isInteger(item)) ? "INTEGER" : "REAL";
}

/** What SQLite can keep. */
function stored(value) {
  if (value == null) return null;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "object" && !ArrayBuffer.isView(value) ? JSON.stringify(value) : value;
}

class SqliteDatabase {
  #database;

  /** @param {string} path ":memory:" for none */
  constructor(path) {
    this.#database = new Database(path);
  }

  /** @param {string} sql @param {any[]} [values] for its question marks */
  query(sql, values = []) {
    const statement = this.#database.query(sql);
    const rows = statement.all(...values.map(stored));
    return Table(rows, statement.columnNames);
  }

  /** @returns {{ changes: number }} */
  exec(sql, values = []) {
    const { changes } = this.#database.query(sql).run(...values.map(stored));
    return { changes };
  }

  /** @param {Iterable<any>} table @param {string} name @param {{ append?: boolean }} [options] replaces unless append */
  writeTable(table, name, options) {
    const rows = [...table];
    const columns = table?.columns ?? columnsOf(rows);
    const types = columns.map((column) => `${quoted(column)} ${typeFor(rows.map((row) => row[column]))}`);
    this.#database.transaction(() => {
      if (!options?.append) this.exec(`DROP TABLE IF EXISTS ${quoted(name)}`);
      this.exec(`CREATE TABLE IF NOT EXISTS ${quoted(name)} (${types.join(", ")})`);
      const places = columns.map(() => "?").join(", ");
      const sql = `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(", ")}) VALUES (${places})`;
      for (const row of rows) this.exec(sql, columns.map((column) => row[column]));
    })();
  }

  close() {
    this.#database.close();
  }
}

Object.defineProperty(SqliteDatabase, "name", { value: "Database" });

/** @param {string} path */
export const sqlite = (path) => new SqliteDatabase(path);
