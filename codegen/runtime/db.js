/**
 * The database of a server block as its code sees it: `db`, with models, SQL and transactions. Who
 * asks the database is an adapter (db_sqlite.js, db_postgres.js, db_mysql.js); which one decides
 * whether answers are values (SQLite) or promises of them (the others, and db_any.js), and the
 * compiler awaits them where that is so. A question is a plan: a generator that yields statements,
 * gets their answers, and returns the result; so a model is written once for both.
 */
import { Model } from "./db_model.js";
import { exactRows, statementOf } from "./db_sql.js";
import { onCheck } from "./lifecycle.js";

/**
 * @typedef {import("./db_sql.js").Statement} Statement
 * @typedef {{ rows: object[], changes: number, lastInsertRowid: number | null }} Answer
 * @typedef {Generator<Statement, any, Answer>} Plan
 *
 * @typedef {object} Adapter
 * @property {object} dialect what its SQL looks like
 * @property {(plan: Plan, writes?: boolean) => any} perform
 * @property {(sql: string) => any} exec any number of statements, without values
 * @property {(work: () => any) => any} transaction
 * @property {(model: Model) => void} prepare sees to the model's table before anything else is asked
 * @property {() => any} ready when all tables are there
 * @property {() => any} close
 *
 * @typedef {ReturnType<typeof handleOf>} Handle
 */

/** @param {Adapter} adapter */
export function handleOf(adapter) {
  const models = new Map();
  const ask = (sql, values) => adapter.perform(single(statementOf(sql, values, adapter.dialect.place)), true);
  const forgetCheck = onCheck("db", () => ask("SELECT 1 AS one", []));
  const handle = {
    /** @param {string} name @param {Record<string, any>} columns @param {object} [settings] see db_model.js */
    model(name, columns, settings) {
      const model = new Model(adapter, models, name, columns, settings);
      models.set(name, model);
      adapter.prepare(model);
      return model;
    },
    /** The rows. `?` stands for values, or `$name` where they are a record. */
    query: (sql, ...values) => after(ask(sql, values), ({ rows }) => exactRows(rows)),
    /** The first row, or nil. */
    get: (sql, ...values) => after(ask(sql, values), ({ rows }) => exactRows(rows)[0] ?? null),
    /** What changed. */
    run: (sql, ...values) => after(ask(sql, values), ({ changes, lastInsertRowid }) => ({ changes, lastInsertRowid })),
    exec: (sql) => after(adapter.exec(sql), () => undefined),
    /** Runs work as one step: what it throws takes everything back, and so does an Err, which is then the result. */
    transaction: (work) => transaction(adapter, () => work(handle)),
    migrate: (migrations) => migrate(adapter, handle, migrations),
    ready: () => adapter.ready(),
    close() {
      forgetCheck();
      return adapter.close();
    },
  };
  return handle;
}

function* single(statement) {
  return yield statement;
}

/** @param {any} value perhaps a promise @param {(value: any) => any} next */
const after = (value, next) => (typeof value?.then === "function" ? value.then(next) : next(value));

/** What takes a transaction back without being an error. */
class Undone {
  constructor(result) {
    this.result = result;
  }
}

function transaction(adapter, work) {
  const settle = (result) => {
    if (result?.__tag === "Err") throw new Undone(result);
    return result;
  };
  const undone = (error) => {
    if (error instanceof Undone) return error.result;
    throw error;
  };
  let result;
  try {
    result = adapter.transaction(() => after(work(), settle));
  } catch (error) {
    return undone(error);
  }
  return typeof result?.then === "function" ? result.catch(undone) : result;
}

/**
 * Runs those that have not been run on this database, in their order, each as one step.
 * @param {{ name: string, up: string | ((db: Handle) => any) }[]} migrations
 * @returns {string[]} the names of those that were run
 */
function migrate(adapter, handle, migrations) {
  const { quote, lock } = adapter.dialect;
  const notes = quote("tova_migrations");
  const one = (migration) => adapter.transaction(() => after(adapter.perform(isNew(migration)), (fresh) => {
    if (!fresh) return [];
    const done = typeof migration.up === "function" ? migration.up(handle) : adapter.exec(migration.up);
    return after(after(done, (result) => {
      if (result?.__tag === "Err") throw new Error(`the migration ${migration.name} failed: ${result.error}`);
      return adapter.perform(note(migration), true);
    }), () => [migration.name]);
  }));
  function* isNew({ name, up }) {
    if (typeof name !== "string" || (typeof up !== "string" && typeof up !== "function")) {
      throw new TypeError("a migration is { name, up }, where up is SQL or a function");
    }
    if (lock !== undefined) yield lock;
    const { rows } = yield { sql: `SELECT ${quote("name")} FROM ${notes} WHERE ${quote("name")} = ?`, values: [name] };
    return rows.length === 0;
  }
  function* note({ name }) {
    yield { sql: `INSERT INTO ${notes} (${quote("name")}) VALUES (?)`, values: [name] };
  }
  const make = single({ sql: `CREATE TABLE IF NOT EXISTS ${notes} (${quote("name")} VARCHAR(255) PRIMARY KEY)`, values: [] });
  return migrations.reduce(
    (before, migration) => after(before, (names) => after(one(migration), (more) => [...names, ...more])),
    after(adapter.perform(make), () => []),
  );
}
