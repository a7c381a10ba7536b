// The same program on every database: database_cases.js on SQLite, on SQLite that is known only at run time,
// on PostgreSQL and on MySQL (MariaDB); and what only a server process can show.
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { connect as connectAny } from "../../codegen/runtime/db_any.js";
import { connect as connectMySQL } from "../../codegen/runtime/db_mysql.js";
import { connect as connectPostgres } from "../../codegen/runtime/db_postgres.js";
import { connect as connectSqlite } from "../../codegen/runtime/db_sqlite.js";
import { CASES } from "./database_cases.js";
import { mysql, postgres } from "./databases.js";
import { finish, folder } from "./support.js";

afterAll(finish, 30_000);

const servers = { postgres: await postgres(), mysql: await mysql() };
let files = 0;

/** Each gives an empty database, and connections to it. */
const DATABASES = {
  async SQLite() {
    const database = join(folder(), `${++files}.db`);
    return () => connectSqlite({ database });
  },
  async "SQLite at run time"() {
    const url = `sqlite://${folder()}/${++files}.db`;
    return () => connectAny({ url });
  },
  async PostgreSQL() {
    await servers.postgres.clear();
    return () => connectPostgres({ url: servers.postgres.url, pool: 4 });
  },
  async MySQL() {
    await servers.mysql.clear();
    return () => connectMySQL({ url: servers.mysql.url, pool: 4 });
  },
};

describe.each(Object.keys(DATABASES))("%s", (name) => {
  test.each(CASES)("$name", async ({ run, answer }) => {
    const connect = await DATABASES[name]();
    const open = [connect()];
    const again = (work) => {
      open.push(connect());
      return work(open.at(-1));
    };
    try {
      expect(await run(open[0], again)).toEqual(answer);
    } finally {
      for (const db of open) await db.close();
    }
  });
});
