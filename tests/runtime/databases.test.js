// The same program on every database: database_cases.js on SQLite, on SQLite that is known only at run time,
// on PostgreSQL and on MySQL (MariaDB); and what several connections and processes do to each other.
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { CASES, refused } from "./database_cases.js";
import { DATABASES, servers, startDatabases } from "./databases.js";
import { finish, folder } from "./support.js";

afterAll(finish, 120_000);

await startDatabases();

const names = Object.keys(DATABASES);
const waiting = names.filter((name) => name !== "SQLite");

/** @param {string} name @param {(db: any, again: (work: (db: any) => any) => any) => any} work */
async function using(name, work) {
  const connect = await DATABASES[name]();
  const open = [connect()];
  const again = (other) => {
    open.push(connect());
    return other(open.at(-1));
  };
  try {
    return await work(open[0], again);
  } finally {
    for (const db of open) await db.close();
  }
}

describe.each(names)("%s", (name) => {
  test.each(CASES)("$name", async ({ run, answer }) => {
    expect(await using(name, run)).toEqual(answer);
  });
});

describe.each(waiting)("%s, while something waits:", (name) => {
  test("what others ask is outside of a transaction, and sees it when it is over", () => using(name, async (db) => {
    const User = db.model("User", { name: "String" });
    await db.ready();
    const isAlone = name === "SQLite at run time"; // one connection, so that others wait; the servers show what is committed
    const inside = Promise.withResolvers();
    const outside = Promise.withResolvers();
    const work = db.transaction(async () => {
      await User.create({ name: "a" });
      inside.resolve();
      await (isAlone ? Bun.sleep(100) : outside.promise);
      expect(await User.count()).toBe(1);
      return "done";
    });
    await inside.promise;
    const counted = User.count().then((count) => {
      outside.resolve();
      return count;
    });
    expect(await work).toBe("done");
    expect(await counted).toBe(isAlone ? 1 : 0);
    expect(await User.count()).toBe(1);
  }));

  test("twenty transactions at once, of which every second fails", () => using(name, async (db) => {
    const User = db.model("User", { name: "String" });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => db.transaction(async (tx) => {
      await User.create({ name: `a${index}` });
      await Promise.all([User.create({ name: `b${index}` }), tx.query("SELECT 1 AS one"), User.count()]);
      if (index % 2 === 1) throw new Error("no");
      return index;
    })));
    expect(results.map(({ status }) => status === "fulfilled")).toEqual(results.map((_, index) => index % 2 === 0));
    expect((await User.all()).map((user) => user.name).sort()).toEqual(Array.from({ length: 10 }, (_, index) => [`a${index * 2}`, `b${index * 2}`]).flat().sort());
  }));

  test("code that goes on when its transaction is over is outside of it", () => using(name, async (db) => {
    const User = db.model("User", { name: "String" });
    let late;
    const failed = refused(() => db.transaction(async () => {
      await User.create({ name: "gone" });
      late = Bun.sleep(30).then(() => User.create({ name: "late" }));
      throw new Error("no");
    }));
    expect(await failed).toEqual({ thrown: "no" });
    await late;
    expect((await User.all()).map((user) => user.name)).toEqual(["late"]);
  }));
});

/** A program of its own that connects, adds 50 rows and counts to 50 in a transaction each. */
const WRITER = `
  import { connect } from "./runtime/db_any.js";
  const db = connect(JSON.parse(process.env.OPTIONS));
  const Row = db.model("Row", { who: "String" }, { table: "rows_of_all" });
  const Counter = db.model("Counter", { name: { type: "String", unique: true }, value: "Int" });
  for (let i = 0; i < 50; i++) {
    await Row.create({ who: String(process.pid) });
    await db.transaction(async (tx) => {
      const lock = process.env.LOCK === "1" ? " FOR UPDATE" : "";
      const { value } = await tx.get("SELECT value FROM counters WHERE name = ?" + lock, "n");
      await tx.run("UPDATE counters SET value = ? WHERE name = ?", value + 1, "n");
    });
  }
  await db.close();
`;

const OPTIONS = {
  "SQLite at run time": () => ({ url: `sqlite://${folder()}/shared.db` }),
  PostgreSQL: async () => {
    await servers.postgres.clear();
    return { url: servers.postgres.url };
  },
  MySQL: async () => {
    await servers.mysql.clear();
    return { url: servers.mysql.url };
  },
};

test.each(Object.keys(OPTIONS))("four processes begin at once, make the tables and write: %s", async (name) => {
  const options = await OPTIONS[name]();
  const cwd = folder({ files: { "writer.js": WRITER, "maker.js": `${WRITER.split("for (let")[0]} await db.ready(); await db.close();` } });
  const run = (file) => Bun.spawn([process.execPath, join(cwd, file)], {
    cwd, stdout: "inherit", stderr: "inherit", env: { ...process.env, OPTIONS: JSON.stringify(options), LOCK: name.startsWith("SQLite") ? "0" : "1" },
  }).exited;
  expect(await Promise.all([run("maker.js"), run("maker.js"), run("maker.js"), run("maker.js")])).toEqual([0, 0, 0, 0]);
  const { connect } = await import("../../codegen/runtime/db_any.js");
  const db = connect(options);
  try {
    await db.run("INSERT INTO counters (name, value) VALUES (?, 0)", "n");
    expect(await Promise.all([run("writer.js"), run("writer.js"), run("writer.js"), run("writer.js")])).toEqual([0, 0, 0, 0]);
    expect([Number((await db.get("SELECT count(*) AS n FROM rows_of_all")).n), (await db.get("SELECT value FROM counters")).value]).toEqual([200, 200]);
  } finally {
    await db.close();
  }
}, 120_000);

test.each(Object.keys(OPTIONS))("a column of another type than the model says stops the program with a message: %s", async (name) => {
  await using(name, async (db, again) => {
    await db.model("User", { age: "String" }).create({ age: "old" });
    await again(async (next) => {
      const User = next.model("User", { age: "Int" });
      const { thrown } = await refused(() => next.ready());
      expect(thrown).toMatch(/^The column "age" of the table "users" is (TEXT|LONGTEXT); the model User says Int, which is (INTEGER|BIGINT) in \w+\. Nothing was changed/);
      expect((await refused(() => User.all())).thrown).toBe(thrown);
      expect(await again((third) => third.query("SELECT age FROM users"))).toEqual([{ age: "old" }]);
    });
  });
});

test("a server that is not there is an error, without the password", async () => {
  const { connect } = await import("../../codegen/runtime/db_postgres.js");
  const db = connect({ url: "postgres://me:hunter2@127.0.0.1:1/none" });
  const User = db.model("User", { name: "String" });
  const answer = await refused(() => User.all());
  expect(answer.thrown).toBe("PostgreSQL at 127.0.0.1:1 (database none) cannot be used: Failed to connect");
  expect(JSON.stringify(answer)).not.toContain("hunter2");
  await db.close();
});

test("a database that is not there is an error that names it", async () => {
  const { connect } = await import("../../codegen/runtime/db_any.js");
  for (const [server, label] of [[servers.postgres, "PostgreSQL"], [servers.mysql, "MySQL"]]) {
    const db = connect({ url: server.url.replace(/[^/]+$/, "nowhere") });
    db.model("User", { name: "String" });
    expect((await refused(() => db.ready())).thrown).toMatch(new RegExp(`^${label} at 127.0.0.1:\\d+ \\(database nowhere\\) cannot be used: `));
    await db.close();
  }
});

test("tests ask their own database, or none", async () => {
  const { connect } = await import("../../codegen/runtime/db_postgres.js");
  const real = { url: "postgres://me@127.0.0.1:1/real", temporary: true };
  delete process.env.TOVA_TEST_DATABASE_URL;
  expect(() => connect(real)).toThrow("set TOVA_TEST_DATABASE_URL");
  process.env.TOVA_TEST_DATABASE_URL = servers.postgres.url;
  const db = connect(real);
  expect(await db.get("SELECT 1 AS one")).toEqual({ one: 1 });
  await db.close();
  delete process.env.TOVA_TEST_DATABASE_URL;
});
