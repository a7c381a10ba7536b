/**
 * SQLite in a file or in memory, with write-ahead log and foreign keys. Everything is synchronous:
 * answers are values. A transaction therefore cannot wait for anything.
 */
import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { handleOf } from "./db.js";
import { exact } from "./db_sql.js";
import { tablesPlan } from "./db_tables.js";
import { onStop } from "./lifecycle.js";

/**
 * @typedef {object} SqliteOptions
 * @property {string} [database] or path or url: a file, relative to the working directory; memory without it
 * @property {boolean} [wal] false keeps the journal of the rollback kind
 * @property {boolean} [temporary] memory, whatever the file is: tests have a database of their own
 */

/** @param {SqliteOptions & { path?: string, url?: string }} [options] */
export const connect = (options = {}) => handleOf(new Sqlite(options));

const quote = (name) => `"${name.replaceAll('"', '""')}"`;

const dialect = {
  label: "SQLite",
  quote,
  place: () => "?",
  types: { Int: "INTEGER", Float: "REAL", String: "TEXT", Bool: "INTEGER", Date: "TEXT", Json: "TEXT" },
  fits: {
    Int: /INT/i, Float: /REAL|FLOA|DOUB|NUM|DEC/i, String: /CHAR|CLOB|TEXT/i, Bool: /INT|BOOL/i,
    Date: /CHAR|TEXT|DATE|TIME/i, Json: /CHAR|CLOB|TEXT|JSON/i,
  },
  store: { Bool: Number, Date: (date) => date.toISOString() },
  key: "INTEGER PRIMARY KEY AUTOINCREMENT",
  tableEnd: "",
  noValues: "DEFAULT VALUES",
  returns: true,
  namesReferences: false,
  order: (name, down) => (down ? `${name} DESC` : name),
  columnsOf: (table) => ({ sql: "SELECT name, type, 1 - \"notnull\" AS nullable FROM pragma_table_info(?)", values: [table] }),
  indexesOf: (table) => ({ sql: "SELECT name FROM pragma_index_list(?)", values: [table] }),
  problemOf,
};

const PROBLEMS = {
  __proto__: null,
  SQLITE_CONSTRAINT_UNIQUE: "unique", SQLITE_CONSTRAINT_PRIMARYKEY: "unique",
  SQLITE_CONSTRAINT_NOTNULL: "required", SQLITE_CONSTRAINT_FOREIGNKEY: "reference",
};

/** SQLite names the columns as table.column, but for references, of which it names none. */
function problemOf({ code, message }) {
  const kind = PROBLEMS[code];
  if (kind === undefined) return null;
  const names = /failed: (.*)$/s.exec(message)?.[1].split(", ") ?? [];
  return { kind, columns: names.map((name) => name.slice(name.indexOf(".") + 1)) };
}

function fileOf({ database, path, url, temporary }) {
  const given = database ?? path ?? url;
  if (temporary || given === undefined || given === "") return ":memory:";
  return given.replace(/^(sqlite|file):(\/\/(?=\/))?/, "");
}

export class Sqlite {
  dialect = dialect;
  #db;
  #pending = [];
  #forgetStop;

  constructor(options) {
    const file = fileOf(options);
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    this.#db = new Database(file, { create: true, readwrite: true, safeIntegers: true });
    this.#db.exec("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;");
    if (options.wal !== false) this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    this.#forgetStop = onStop(() => this.close());
  }

  perform(plan) {
    this.ready();
    return this.#run(plan);
  }

  #run(plan) {
    let step = plan.next();
    while (!step.done) {
      let answer;
      try {
        answer = this.#ask(step.value);
      } catch (error) {
        step = plan.throw(error);
        continue;
      }
      step = plan.next(answer);
    }
    return step.value;
  }

  #ask({ sql, values }) {
    const statement = this.#db.query(sql);
    const bound = values.map(stored);
    if (statement.columnNames.length > 0) return { rows: statement.all(...bound), changes: 0, lastInsertRowid: null };
    const { changes, lastInsertRowid } = statement.run(...bound);
    return { rows: [], changes: exact(changes), lastInsertRowid: exact(lastInsertRowid) };
  }

  exec(sql) {
    this.ready();
    this.#db.exec(sql);
  }

  /** Work that waits is refused, since other requests would take part in it. */
  transaction(work) {
    this.ready();
    return this.#step(() => {
      const result = work();
      if (typeof result?.then !== "function") return result;
      result.then(undefined, () => {});
      throw new TypeError("a transaction of SQLite cannot wait for anything asynchronous");
    });
  }

  /** To begin as a writer is to wait for other processes at once, and not when it is too late to. */
  #step(work) {
    return this.#db.transaction(work).immediate();
  }

  prepare(model) {
    this.#pending.push(model);
  }

  /** Makes the tables of all models that are known by now. */
  ready() {
    if (this.#pending.length === 0) return;
    const models = this.#pending;
    this.#pending = [];
    try {
      this.#step(() => this.#run(tablesPlan(models, dialect)));
    } catch (error) {
      this.#pending = models;
      throw error;
    }
  }

  /** Also once more, to no effect. */
  close() {
    this.#forgetStop();
    this.#db.close();
  }
}

function stored(value) {
  if (typeof value === "boolean") return Number(value);
  return value instanceof Date ? value.toISOString() : value;
}
