/**
 * A database that is known only when the program runs, from `adapter: env("…")` or `url: env("…")`.
 * Answers are promises, of SQLite too, so that the same program serves all of them. A program that
 * says which database it is ships that one only.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { handleOf } from "./db.js";
import { connect as connectMySQL } from "./db_mysql.js";
import { connect as connectPostgres } from "./db_postgres.js";
import { Sqlite } from "./db_sqlite.js";

const CONNECTS = {
  __proto__: null,
  postgres: connectPostgres, postgresql: connectPostgres, mysql: connectMySQL, mariadb: connectMySQL,
  sqlite: connectSqlite, file: connectSqlite,
};

/** @param {{ adapter?: string, driver?: string, url?: string }} options the rest is the adapter's own */
export function connect({ adapter, driver, ...options } = {}) {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(options.url ?? "")?.[1];
  const name = (adapter ?? driver ?? scheme ?? "sqlite").toLowerCase();
  const open = CONNECTS[name];
  if (open === undefined) throw new Error(`there is no database adapter "${name}": there are sqlite, postgres and mysql`);
  return open(options);
}

function connectSqlite(options) {
  return handleOf(new AwaitedSqlite(new Sqlite(options)));
}

/** One connection: who is not part of a transaction waits until it is over. */
class AwaitedSqlite {
  #inner;
  #around = new AsyncLocalStorage();
  #turn = Promise.resolve();

  constructor(inner) {
    this.#inner = inner;
    this.dialect = inner.dialect;
  }

  async perform(plan) {
    await this.#ownTurn();
    return this.#inner.perform(plan);
  }

  async exec(sql) {
    await this.#ownTurn();
    this.#inner.exec(sql);
  }

  /** Waits for transactions that are not around the code that asks. */
  async #ownTurn() {
    if (this.#current() !== undefined) return;
    let turn;
    do {
      turn = this.#turn;
      await turn;
    } while (turn !== this.#turn);
  }

  #current() {
    const state = this.#around.getStore();
    return state?.open ? state : undefined;
  }

  async transaction(work) {
    const around = this.#current();
    if (around !== undefined) {
      const name = `s${around.depth}`;
      const words = { begin: `SAVEPOINT ${name}`, end: `RELEASE ${name}`, undo: `ROLLBACK TO ${name}; RELEASE ${name}` };
      return this.#step(work, words, around.depth + 1);
    }
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers();
    this.#turn = promise;
    await before;
    try {
      return await this.#step(work, { begin: "BEGIN IMMEDIATE", end: "COMMIT", undo: "ROLLBACK" }, 1);
    } finally {
      resolve();
    }
  }

  async #step(work, { begin, end, undo }, depth) {
    const state = { open: true, depth };
    this.#inner.ready();
    this.#inner.exec(begin);
    try {
      const result = await this.#around.run(state, work);
      state.open = false;
      this.#inner.exec(end);
      return result;
    } catch (error) {
      state.open = false;
      this.#inner.exec(undo);
      throw error;
    }
  }

  prepare(model) {
    this.#inner.prepare(model);
  }

  async ready() {
    await this.#ownTurn();
    this.#inner.ready();
  }

  close() {
    this.#inner.close();
  }
}
