/**
 * A database that is another process: a pool of connections by Bun's client. Answers are promises.
 * What a transaction does goes over one connection, which follows the work through its awaits; what
 * other requests ask meanwhile goes over others.
 */
import { SQL } from "bun";
import { AsyncLocalStorage } from "node:async_hooks";
import { exact } from "./db_sql.js";
import { tablesPlan } from "./db_tables.js";
import { onStop } from "./lifecycle.js";

/**
 * @typedef {object} ClientOptions
 * @property {string} [url] such as postgres://user:password@host:5432/name; the rest are parts of one
 * @property {string} [host]
 * @property {number} [port]
 * @property {string} [user]
 * @property {string} [password]
 * @property {string} [database]
 * @property {number} [pool] connections at most, 10 by default
 * @property {boolean} [temporary] tests ask another database than the real one
 */

/** What PostgreSQL and MySQL call a wrong password or database. */
const REFUSALS = /^(28\w{3}|3D000|1044|1045|1049)$/;

const TEST_VARIABLE = "TOVA_TEST_DATABASE_URL";

/** Tests never touch the database that the program names. */
function optionsOf(adapter, { url, host, port, user, password, database, pool = 10, temporary }) {
  const common = { adapter, max: pool, bigint: true };
  if (!temporary) {
    const parts = { url, hostname: host, port, username: user, password, database };
    return Object.assign(common, Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)));
  }
  const test = process.env[TEST_VARIABLE];
  if (!test) throw new Error(`a test does not use the program's own database: set ${TEST_VARIABLE} to one for tests`);
  return { ...common, url: test };
}

export class Client {
  #sql;
  #around = new AsyncLocalStorage(); // the transaction that code runs in
  #pending = [];
  #ready = Promise.resolve();
  #forgetStop;

  /** @param {"postgres" | "mysql"} adapter @param {object} dialect @param {ClientOptions} options */
  constructor(adapter, dialect, options) {
    this.dialect = dialect;
    this.#sql = new SQL(optionsOf(adapter, options));
    this.#forgetStop = onStop(() => this.close());
  }

  /** @param {boolean} [writes] a refused write leaves the transaction around it usable */
  async perform(plan, writes = false) {
    const around = this.#current();
    if (around !== undefined) return inTurn(around, () => (writes ? this.#guarded(around.sql, plan) : this.#run(around.sql, plan)));
    await this.ready();
    return this.#run(this.#sql, plan);
  }

  /** PostgreSQL gives a transaction up at the first error; a savepoint keeps it. */
  #guarded(sql, plan) {
    return this.dialect.needsSavepoints ? sql.savepoint((inner) => this.#run(inner, plan)) : this.#run(sql, plan);
  }

  async #run(sql, plan) {
    let step = plan.next();
    while (!step.done) {
      let answer;
      try {
        answer = await this.#ask(sql, step.value);
      } catch (error) {
        step = plan.throw(error);
        continue;
      }
      step = plan.next(answer);
    }
    return step.value;
  }

  async #ask(sql, { sql: text, values, raw }) {
    const rows = await sql.unsafe(raw ? text : this.dialect.written(text), values);
    return { rows: [...rows], changes: rows.affectedRows ?? rows.count, lastInsertRowid: exact(rows.lastInsertRowid) || null };
  }

  async exec(sql) {
    const around = this.#current();
    if (around !== undefined) return inTurn(around, () => around.sql.unsafe(sql));
    await this.ready();
    return this.#sql.unsafe(sql);
  }

  /** @param {() => any} work may wait */
  async transaction(work) {
    const around = this.#current();
    if (around !== undefined) return inTurn(around, () => around.sql.savepoint((sql) => this.#within(sql, work)));
    await this.ready();
    return this.#sql.begin((sql) => this.#within(sql, work));
  }

  async #within(sql, work) {
    const state = { sql, open: true, tail: Promise.resolve() };
    try {
      const result = await this.#around.run(state, work);
      await state.tail;
      return result;
    } finally {
      state.open = false;
    }
  }

  /** Code that goes on when its transaction is over is outside of it. */
  #current() {
    const state = this.#around.getStore();
    return state?.open ? state : undefined;
  }

  prepare(model) {
    this.#pending.push(model);
  }

  /** Makes the tables of all models that are known by now; two processes that start at once take turns. */
  ready() {
    if (this.#pending.length > 0) {
      const models = this.#pending.splice(0);
      const make = () => this.#sql.begin((sql) => this.#run(sql, tablesPlan(models, this.dialect)));
      this.#ready = this.#ready.then(make).catch((error) => this.#explain(error));
      this.#ready.catch(() => {});
    }
    return this.#ready;
  }

  /** Where it was that nobody answered; never who asked, or by which password. */
  #explain(error) {
    if (!/_CONNECTION_|_AUTH/.test(error?.code) && !REFUSALS.test(error?.errno)) throw error;
    const { hostname, port, database } = this.#sql.options;
    throw new Error(`${this.dialect.label} at ${hostname}:${port} (database ${database}) cannot be used: ${error.message}`, { cause: error });
  }

  async close() {
    this.#forgetStop();
    await this.#sql.close({ timeout: 5 });
  }
}

/** One statement after the other goes over a connection. */
function inTurn(state, ask) {
  const turn = state.tail.then(ask);
  state.tail = turn.then(() => {}, () => {});
  return turn;
}
