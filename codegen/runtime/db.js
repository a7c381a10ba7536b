/**
 * The database of a server block: SQLite in a file or in memory, with write-ahead log and foreign
 * keys. Everything is synchronous; values are always bound, never part of the SQL text. Models are
 * db_model.js.
 */
import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Model } from "./db_model.js";
import { onStop } from "./lifecycle.js";

/**
 * @typedef {object} ConnectOptions
 * @property {string} [adapter] or driver: "sqlite"
 * @property {string} [database] or path or url: a file, relative to the working directory; memory without it
 * @property {boolean} [wal] false keeps the journal of the rollback kind
 *
 * @typedef {ReturnType<typeof connect>} Connection
 */

/** @param {ConnectOptions & { driver?: string, path?: string, url?: string }} [options] */
export function connect(options = {}) {
  const adapter = options.adapter ?? options.driver ?? "sqlite";
  if (adapter !== "sqlite") throw new Error(`there is no database adapter "${adapter}", only "sqlite"`);
  const connection = new SQLite(fileOf(options), options.wal !== false);
  return {
    model: (name, columns, settings) => new Model(connection, name, columns, settings),
    query: (sql, ...values) => connection.query(sql, values),
    get: (sql, ...values) => connection.get(sql, values),
    run: (sql, ...values) => connection.run(sql, values),
    exec: (sql) => connection.exec(sql),
    transaction: (work) => connection.transaction(work),
    close: () => connection.close(),
  };
}

function fileOf({ database, path, url }) {
  const given = database ?? path ?? url;
  return given === undefined || given === "" ? ":memory:" : given.replace(/^(sqlite|file):(\/\/(?=\/))?/, "");
}

class SQLite {
  #db;
  #forgetStop;

  constructor(file, wal) {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    this.#db = new Database(file, { create: true });
    if (wal) this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    this.#db.exec("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;");
    this.#forgetStop = onStop(() => this.close());
  }

  /** @param {string} sql with ?, or $name where the one value is a record @returns {object[]} */
  query(sql, values) {
    return this.#db.query(sql).all(...bindings(values));
  }

  /** @returns {object | null} the first row */
  get(sql, values) {
    return this.#db.query(sql).get(...bindings(values));
  }

  /** @returns {{ changes: number, lastInsertRowid: number }} */
  run(sql, values) {
    return this.#db.query(sql).run(...bindings(values));
  }

  /** Any number of statements, without values. */
  exec(sql) {
    this.#db.exec(sql);
  }

  /**
   * Runs work as one step: what it throws takes everything back. Work that waits is refused, since
   * other requests would take part in it.
   */
  transaction(work) {
    return this.#db.transaction(() => {
      const result = work();
      if (typeof result?.then !== "function") return result;
      result.then(undefined, () => {});
      throw new TypeError("a transaction cannot wait for anything asynchronous");
    })();
  }

  /** Also once more, to no effect. */
  close() {
    this.#forgetStop();
    this.#db.close();
  }
}

/** `query(sql, 1, 2)` and `query(sql, [1, 2])` mean the same. */
function bindings(values) {
  const list = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
  return list.map((value) => {
    if (typeof value === "boolean") return Number(value);
    return value === undefined ? null : value;
  });
}
