// db_sqlite.js: connections, and models where SQLite gives their answers at once. What every database answers is
// databases.test.js.
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { None, Ok, Some } from "../../codegen/runtime/core.js";
import { connect as connectAny } from "../../codegen/runtime/db_any.js";
import { connect } from "../../codegen/runtime/db_sqlite.js";
import { members } from "./builtins.js";
import { finish, folder } from "./support.js";

afterAll(finish);

const memory = () => connect({ database: ":memory:" });

const refused = (run) => {
  try {
    run();
  } catch (error) {
    return { status: error.status, expose: error.expose, message: error.message, details: error.details };
  }
  throw new Error("nothing was thrown");
};

const validation = (...details) => ({ status: 400, expose: true, message: "Validation failed", details });

describe("connect", () => {
  test("takes both spellings of file and driver, makes folders, and uses WAL", () => {
    const directory = folder();
    for (const [key, name] of [["database", "a.db"], ["path", "deep/b.db"], ["url", "c.db"]]) {
      const db = connect({ adapter: "sqlite", [key]: join(directory, name) });
      expect(db.get("PRAGMA journal_mode")).toEqual({ journal_mode: "wal" });
      expect(db.get("PRAGMA foreign_keys")).toEqual({ foreign_keys: 1 });
      db.close();
      db.close();
      expect(existsSync(join(directory, name))).toBe(true);
    }
    const db = connect({ driver: "sqlite", url: `sqlite://${directory}/d.db` });
    db.close();
    expect(existsSync(join(directory, "d.db"))).toBe(true);
    expect(() => connectAny({ adapter: "oracle" })).toThrow('no database adapter "oracle"');
  });

  test("gives what `db` has in the table of builtins, and what the compiler itself needs", () => {
    const listed = members.filter(({ space }) => space === "db").map(({ name }) => name);
    expect(Object.keys(memory()).sort()).toEqual([...listed, "model", "ready"].sort());
  });

  test("values are bound, one by one or as a list", () => {
    const db = memory();
    db.exec("CREATE TABLE t (a, b); CREATE TABLE u (a);");
    const evil = "'); DROP TABLE t; --";
    expect(db.run("INSERT INTO t VALUES (?, ?)", evil, true).changes).toBe(1);
    db.run("INSERT INTO t VALUES (?, ?)", [undefined, 2]);
    expect(db.query("SELECT * FROM t")).toEqual([{ a: evil, b: 1 }, { a: null, b: 2 }]);
    expect(db.get("SELECT b FROM t WHERE a = ?", evil)).toEqual({ b: 1 });
    expect(db.get("SELECT b FROM t WHERE a = ?", "none")).toBe(null);
  });

  test("a transaction is all or nothing, nested too, and does not wait", () => {
    const db = memory();
    const User = db.model("User", { name: "String" });
    expect(db.transaction(() => User.create({ name: "a" }).id)).toBe(1);
    expect(() => db.transaction(() => { User.create({ name: "b" }); throw new Error("no"); })).toThrow("no");
    expect(() => db.transaction(async () => User.create({ name: "c" }))).toThrow("cannot wait");
    db.transaction(() => {
      User.create({ name: "d" });
      try {
        db.transaction(() => { User.create({ name: "e" }); throw new Error("inner"); });
      } catch { /* the outer one goes on */ }
    });
    expect(User.all().map((user) => user.name)).toEqual(["a", "d"]);
  });
});

describe("a model", () => {
  const fresh = () => memory().model("User", { name: "String", email: "String" });

  test("creates, finds, lists, updates, deletes, counts", () => {
    const User = fresh();
    const ann = User.create({ name: "Ann", email: "a@b.c" });
    expect(ann).toEqual({ id: 1, name: "Ann", email: "a@b.c" });
    User.create({ name: "Bob", email: "b@c.d" });
    expect(User.find(1)).toEqual(ann);
    expect(User.find("1")).toEqual(ann);
    expect(User.all().length).toBe(2);
    expect(User.where({ name: "Bob" })).toEqual([{ id: 2, name: "Bob", email: "b@c.d" }]);
    expect(User.update(2, { email: "x@y.z" })).toEqual({ id: 2, name: "Bob", email: "x@y.z" });
    expect(User.update(2, {})).toEqual({ id: 2, name: "Bob", email: "x@y.z" });
    expect(User.update(9, { name: "N" })).toBe(null);
    expect([User.count(), User.count({ name: "Ann" })]).toEqual([2, 1]);
    expect([User.delete("2"), User.delete(2), User.delete("x")]).toEqual([true, false, false]);
    expect(User.create({ name: "C", email: "c" }).id).toBe(3);
  });

  test("an id that can be none finds nothing", () => {
    const User = fresh();
    User.create({ name: "Ann", email: "a" });
    for (const id of ["abc", "", "1.0", " 1", "1e0", "0x1", 1.5, null, undefined, {}, [1], true, "1 OR 1=1", NaN]) {
      expect([id, User.find(id)]).toEqual([id, null]);
    }
  });

  test("says what is wrong with fields", () => {
    const User = fresh();
    expect(refused(() => User.create({ name: "A" }))).toEqual(validation("email is required"));
    expect(refused(() => User.create({ name: null, email: {} }))).toEqual(validation("name is required", "email must be a string"));
    expect(refused(() => User.create({ name: "A", email: "b", admin: true }))).toEqual(validation("admin is not a field"));
    expect(refused(() => User.create(null))).toEqual(validation("the fields must be an object"));
    expect(refused(() => User.create(["A"]))).toEqual(validation("the fields must be an object"));
    expect(refused(() => User.create({ name: "A", email: "b", 'x" = 1; --': 1 }))).toEqual(validation('x" = 1; -- is not a field'));
    expect(refused(() => User.where({ nope: 1 }))).toEqual(validation("nope is not a field"));
    expect(refused(() => User.where({ name: { a: 1 } }))).toEqual(validation("name must be a string"));
    expect(refused(() => User.update(1, { name: 5 }))).toEqual(validation("name must be a string"));
    expect(refused(() => User.update(1, { toString: 5 }))).toEqual(validation("toString is not a field"));
    expect(User.all()).toEqual([]);
  });

  test("conditions: nothing, nil, one of several", () => {
    const Note = memory().model("Note", { text: "String", tag: "Option<String>" });
    for (const [text, tag] of [["a", "x"], ["b", null], ["c", "y"]]) Note.create({ text, tag });
    const texts = (conditions) => Note.where(conditions).map((note) => note.text);
    expect([texts({}), texts({ tag: null }), texts({ text: ["a", "c"] }), texts({ text: [] }), texts({ tag: "x", text: "a" })])
      .toEqual([["a", "b", "c"], ["b"], ["a", "c"], [], ["a"]]);
  });

  test("a field of type T? is the value itself or nil, one of Option<T> is Some or None", () => {
    const db = memory();
    db.model("Author", { name: "String" });
    const Note = db.model("Note", { text: "String?", done: "Bool?", tag: "Option<String>" }, { belongs_to: ["Author?"] });
    const plain = ({ text, done, tag, author_id }) => [text, done, tag, author_id];
    expect(plain(Note.create({}))).toEqual([null, null, None, null]);
    expect(plain(Note.create({ text: "a", done: true, tag: "b" }))).toEqual(["a", true, Some("b"), null]);
    expect(refused(() => Note.create({ text: Some("a") }))).toEqual(validation("text must be a string"));
  });

  test("pages", () => {
    const User = fresh();
    for (let i = 1; i <= 5; i++) User.create({ name: `n${i}`, email: "e" });
    const page = User.paginate(2, 2);
    expect([page.items.map((user) => user.id), page.page, page.size, page.total, page.pages]).toEqual([[3, 4], 2, 2, 5, 3]);
    expect(User.paginate(9, 2).items).toEqual([]);
    expect(refused(() => User.paginate(0))).toEqual(validation("page must be at least 1"));
  });

  test("every type comes back as what it was", () => {
    const Thing = memory().model("Thing", {
      flag: "Bool", ratio: "Float", count: "Int", tags: "[String]", shape: "Shape", owner: "User",
      maybe: "Option<Int>", list: "Option<[Int]>", result: "Result<Int, String>",
    });
    const fields = {
      flag: false, ratio: 2, count: -3, tags: ["a", 'b"'], shape: { __tag: "Circle", r: 1 }, owner: { id: 1, name: "A" },
      maybe: Some(4), list: None, result: Ok(5),
    };
    const made = Thing.create(fields);
    expect(made).toEqual({ id: 1, ...fields });
    expect(Thing.find(1).result.unwrap()).toBe(5);
    expect(Thing.find(1).maybe.unwrap()).toBe(4);
    const absent = Thing.create({ ...fields, maybe: undefined, list: [1, 2] });
    expect([absent.maybe, absent.list]).toEqual([None, Some([1, 2])]);
    expect(refused(() => Thing.create({ ...fields, flag: 1, ratio: "x", count: 1.5, tags: [1], maybe: "x" }))).toEqual(
      validation("flag must be a boolean", "ratio must be a number", "count must be an integer", "tags[0] must be a string", "maybe must be an integer"),
    );
  });

  test("gets the columns that its table has not", () => {
    const directory = folder();
    const database = join(directory, "m.db");
    const first = connect({ database });
    first.model("User", { name: "String" }).create({ name: "old" });
    first.close();
    const second = connect({ database });
    const User = second.model("User", { name: "String", age: "Int", nick: "Option<String>" });
    expect(User.all()).toEqual([{ id: 1, name: "old", age: null, nick: None }]);
    expect(User.create({ name: "new", age: 3 })).toEqual({ id: 2, name: "new", age: 3, nick: None });
    second.close();
  });

  test("names of tables and columns are any names", () => {
    const db = memory();
    const Order = db.model("Order", { group: "String", 'a"b': "Int", select: "Int" });
    expect(Order.create({ group: "g", 'a"b': 1, select: 2 })).toEqual({ id: 1, group: "g", 'a"b': 1, select: 2 });
    expect(db.get("SELECT count(*) AS n FROM orders").n).toBe(1);
    const People = db.model("Person", { name: "String" }, { table: "people" });
    People.create({ name: "x" });
    expect(db.get("SELECT name FROM people")).toEqual({ name: "x" });
    expect(() => db.model("Bad", { id: "String" })).toThrow("the id of Bad must be an Int");
  });

  test("records may be of a class", () => {
    class User {
      constructor(id, name) { this.id = id; this.name = name; }
      greeting() { return `hi ${this.name}`; }
    }
    const Users = memory().model("User", { id: "Int", name: "String" }, { type: User });
    expect(Users.create({ name: "Ann" }).greeting()).toBe("hi Ann");
    expect(Users.find(1)).toBeInstanceOf(User);
  });
});
