// Programs with a database, from their source to their answers: compiled, started, asked over HTTP, stopped and
// started again; the same program on SQLite, PostgreSQL and MySQL (MariaDB).
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bun, tova } from "../harness/program.mjs";
import { servers, startDatabases } from "./databases.js";
import { atEnd, finish, post, remove, start } from "./support.js";

afterAll(finish, 120_000);

await startDatabases();

/** The same program on another database, and with other fields of its User. */
const program = (db, fields = "") => `
shared {
  type Role { Admin, Member(since: Int) }
  type Email = String where { it.contains("@") }
  type User {
    id: Int
    name: String { minLength(2) }
    email: Email { unique }
    role: Role = Admin
    ${fields}
  }
  impl User {
    fn label(self) { "{self.name} <{self.email}>" }
  }
}

server {
  ${db}
  health "/health" { check_db }

  model User { has_many: Purchase, timestamps: true }
  model Purchase {
    item: String
    price: Float = 1.5
    belongs_to: User
  }

  fn sign_up(name: String, email: String) {
    user = User.create({ name, email })
    { id: user.id, name: user.name, email: user.email, role: user.role }
  }

  fn buy(user_id: Int, items: [String]) {
    db.transaction(fn(tx) {
      bought = items |> map(fn(item) Purchase.create({ item, user_id }))
      if Purchase.count({ user_id }) > 3 { return Err("too many") }
      Ok(bought.map(fn(purchase) purchase.item))
    })
  }

  fn names() { [user.name for user in User.all({ order: "name" })] }
  fn find(filter) { User.where(filter).map(fn(user) user.name) }
  fn items_of(id: Int) { User.purchases(id) |> map(fn(purchase) "{purchase.item} {purchase.price}") }
  fn each_count() { [Purchase.count({ user_id: user.id }) for user in User.all()] }
  fn labels() { User.all().map(fn(user) user.label()) }
  fn has_role(id: Int, role: Role) { [User.find(id).role == Admin, User.find(id).role == role, role == Admin] }
  fn is_user(id: Int) { User.find(id) is User }
  fn remove(id: Int) { User.delete(id) }
  fn raw(name: String) { db.get("SELECT count(*) AS n FROM users WHERE name = ?", name).n }
  fn everything() { User.all().map(fn(user) { name: user.name, ${fields === "" ? "" : "age: user.age"} }) }

  route GET "/users/:id" => fn(req) {
    user = User.find(req.params.id)
    match user { nil => nil, _ => { name: user.name } }
  }
  route POST "/users" => sign_up
}
`;

/** A folder with the program, compiled. */
function compiled(source) {
  const directory = mkdtempSync(join(tmpdir(), "tova-program-"));
  atEnd(() => remove(directory));
  recompile(directory, source);
  return directory;
}

function recompile(directory, source) {
  writeFileSync(join(directory, "app.tova"), source);
  const { exitCode, stdout, stderr } = Bun.spawnSync([tova, "build", directory], { cwd: directory, env: { ...process.env, TOVA_BUN: bun } });
  if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
}

const DATABASES = {
  SQLite: async () => ({ db: 'db { path: "./data/app.db" }', env: {} }),
  "SQLite, known at run time": async () => ({ db: 'db { url: env("DATABASE_URL") }', env: { DATABASE_URL: "sqlite:./data/app.db" } }),
  PostgreSQL: async () => {
    await servers.postgres.clear();
    return { db: 'db { adapter: "postgres", url: env("DATABASE_URL") }', env: { DATABASE_URL: servers.postgres.url } };
  },
  "PostgreSQL, known at run time": async () => {
    await servers.postgres.clear();
    return { db: 'db { url: env("DATABASE_URL") }', env: { DATABASE_URL: servers.postgres.url } };
  },
  MySQL: async () => {
    await servers.mysql.clear();
    return { db: 'db { driver: "mysql", url: env("DATABASE_URL") }', env: { DATABASE_URL: servers.mysql.url } };
  },
};

const failed = (...details) => [400, { error: "Validation failed", details }];
const conflict = (...details) => [409, { error: "Conflict", details }];

describe.each(Object.keys(DATABASES))("%s", (name) => {
  test("answers, refuses, keeps what it has over a restart, and says what it cannot do", async () => {
    const { db, env } = await DATABASES[name]();
    const directory = compiled(program(db));
    const run = () => start(directory, ".tova-out/app.server.js", { ...env, PORT: "0" });
    let server = await run();
    expect([server.port === null ? await server.stderr() : ""]).toEqual([""]);
    const rpc = async (call, ...args) => {
      const response = await post(`${server.url}/rpc/${call}`, { __args: args });
      const body = await response.json();
      return [response.status, "result" in body ? body.result : body];
    };
    expect(await rpc("sign_up", "Ann", "ann@x.y")).toEqual([200, { id: 1, name: "Ann", email: "ann@x.y", role: { __tag: "Admin" } }]);
    expect(await rpc("sign_up", "Bob", "bob@x.y")).toMatchObject([200, { id: 2 }]);
    expect(await rpc("sign_up", "C", "no mail")).toEqual(failed("name must have at least 2 characters", "email is not valid"));
    expect(await rpc("sign_up", "Ann 2", "ann@x.y")).toEqual(conflict("email is already taken"));
    expect(await rpc("buy", 1, ["pen", "ink"])).toEqual([200, { __tag: "Ok", value: ["pen", "ink"] }]);
    expect(await rpc("buy", 1, ["pad", "cup"])).toEqual([200, { __tag: "Err", error: "too many" }]);
    expect(await rpc("buy", 99, ["pad"])).toEqual(failed("user_id refers to nothing"));
    expect(await rpc("items_of", 1)).toEqual([200, ["pen 1.5", "ink 1.5"]]);
    expect(await rpc("each_count")).toEqual([200, [2, 0]]);
    expect(await rpc("names")).toEqual([200, ["Ann", "Bob"]]);
    expect(await rpc("raw", "x' OR '1'='1")).toEqual([200, 0]);
    expect(await rpc("raw", "Ann")).toEqual([200, 1]);
    expect(await rpc("find", { name: "Bob" })).toEqual([200, ["Bob"]]);
    expect(await rpc("find", { "name\" = 'x' OR 1=1 --": 1 })).toEqual(failed("name\" = 'x' OR 1=1 -- is not a field"));
    expect(await rpc("find", { name: { $ne: "" } })).toEqual(failed("name must be a string"));
    expect(await rpc("labels")).toEqual([200, ["Ann <ann@x.y>", "Bob <bob@x.y>"]]);
    expect(await rpc("has_role", 1, { __tag: "Admin" })).toEqual([200, [true, true, true]]);
    expect(await rpc("has_role", 1, { __tag: "Member", since: 3 })).toEqual([200, [true, false, false]]);
    expect(await rpc("is_user", 1)).toEqual([200, true]);
    expect(await rpc("remove", 1)).toEqual(conflict("User 1 cannot be deleted while others refer to it"));
    expect(await rpc("remove", 2)).toEqual([200, true]);
    expect(await (await fetch(`${server.url}/users/1`)).json()).toEqual({ name: "Ann" });
    expect((await fetch(`${server.url}/users/1%20OR%201=1`)).status).toBe(404);
    expect((await post(`${server.url}/users`, { name: "Zoe", email: "z@x.y" })).status).toBe(200);
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: "ok", checks: { db: "ok" } });
    expect(await server.stop()).toBe(0);

    recompile(directory, program(db, "age: Int = 18"));
    server = await run();
    expect(await rpc("everything")).toEqual([200, [{ name: "Ann", age: 18 }, { name: "Zoe", age: 18 }]]);
    await server.stop();

    recompile(directory, program(db, "age: String = \"\""));
    server = await run();
    expect([server.port, await server.process.exited]).toEqual([null, 1]);
    expect(await server.stderr()).toContain('The column "age" of the table "users" is');
  }, 120_000);
});

/** Passes connections on until it is cut, which ends those that it has. */
async function wire({ hostname, port }) {
  const open = new Set();
  let cut = false;
  const entrance = createServer((near) => {
    if (cut) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [from, to] of [[near, far], [far, near]]) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy()).on("close", () => (to.destroy(), open.delete(from)));
    }
  });
  await new Promise((resolve) => entrance.listen(0, "127.0.0.1", resolve));
  atEnd(() => entrance.close());
  return {
    port: entrance.address().port,
    set(whole) {
      cut = !whole;
      if (cut) for (const socket of open) socket.destroy();
    },
  };
}

test.each(["postgres", "mysql"])("health { check_db } asks the database itself: %s cut off is 503, and 200 when it is back", async (adapter) => {
  await servers[adapter].clear();
  const url = new URL(servers[adapter].url);
  const between = await wire(url);
  url.hostname = "127.0.0.1";
  url.port = String(between.port);
  const directory = compiled(`server {
  db { adapter: "${adapter}", url: env("DATABASE_URL") }
  health "/health" { check_db }
}
`);
  const server = await start(directory, ".tova-out/app.server.js", { DATABASE_URL: url.href, PORT: "0" });
  expect([server.port === null ? await server.stderr() : ""]).toEqual([""]);
  const health = async () => {
    const response = await fetch(`${server.url}/health`);
    const text = await response.text();
    expect(text).not.toContain(url.port);
    return [response.status, JSON.parse(text).checks.db];
  };
  expect(await health()).toEqual([200, "ok"]);
  between.set(false);
  expect(await health()).toEqual([503, "failing"]);
  between.set(true);
  expect(await health()).toEqual([200, "ok"]);
  await server.stop();
}, 120_000);

test("a server ships the adapter that it uses, and no other", () => {
  const modules = (db) => {
    const out = join(compiled(program(db)), ".tova-out/runtime");
    return ["db_sqlite.js", "db_postgres.js", "db_mysql.js", "db_clients.js", "db_any.js"].filter((file) => existsSync(join(out, file)));
  };
  expect(modules('db { path: "x.db" }')).toEqual(["db_sqlite.js"]);
  expect(modules('db { adapter: "postgres" }')).toEqual(["db_postgres.js", "db_clients.js"]);
  expect(modules('db { adapter: "mysql" }')).toEqual(["db_mysql.js", "db_clients.js"]);
});

test("tests of a server have a database of their own", async () => {
  const directory = compiled(`
server {
  db { path: "./real.db" }
  model Note { text: String }
  fn add(text: String) { Note.create({ text }) }
  fn texts() { Note.all().map(fn(note) note.text) }

  test "begins with nothing" {
    assert_eq(texts(), [])
    add("one")
    assert_eq(texts(), ["one"])
  }
}
`);
  const { exitCode, stderr } = Bun.spawnSync([tova, "test", directory], { cwd: directory, env: { ...process.env, TOVA_BUN: bun } });
  expect([exitCode, stderr.toString().includes("1 pass")]).toEqual([0, true]);
  expect(existsSync(join(directory, "real.db"))).toBe(false);
}, 120_000);

test("tests never ask the server that the program names", async () => {
  const source = 'server {\n  db { adapter: "postgres", url: env("DATABASE_URL") }\n  model Note { text: String }\n  fn count() { Note.count() }\n\n'
    + '  test "counts" {\n    assert_eq(count(), 0)\n  }\n}\n';
  const directory = compiled(source);
  await servers.postgres.clear();
  const run = (env) => Bun.spawnSync([tova, "test", directory], { cwd: directory, env: { ...process.env, TOVA_BUN: bun, ...env } });
  const refused = run({ DATABASE_URL: servers.postgres.url });
  expect([refused.exitCode, refused.stderr.toString().includes("set TOVA_TEST_DATABASE_URL")]).toEqual([1, true]);
  const allowed = run({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", TOVA_TEST_DATABASE_URL: servers.postgres.url });
  expect([allowed.stderr.toString().includes("1 pass"), allowed.exitCode]).toEqual([true, 0]);
}, 120_000);
