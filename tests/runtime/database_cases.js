// What a database answers to a program, whichever it is: each case says what its models are, what is done,
// and the one answer that SQLite, PostgreSQL and MySQL must all give. databases.test.js runs them.
import { Err, None, Ok, Some } from "../../codegen/runtime/core.js";

/** The error of a call as a program or a client sees it. */
export async function refused(work) {
  try {
    await work();
  } catch (error) {
    return error.status === undefined ? { thrown: error.message } : { status: error.status, message: error.message, details: error.details };
  }
  return "nothing was thrown";
}

const wrong = (...details) => ({ status: 400, message: "Validation failed", details });
const conflict = (...details) => ({ status: 409, message: "Conflict", details });
const USER = { name: "String", email: "String" };
const names = (list) => list.map(({ name }) => name);
const FRUIT = { name: "String", price: "Float", stock: "Option<Int>" };
const FRUITS = [["pear", 2.5, 3], ["Apple", 1, null], ["fig", 0.1, 3], ["éclair", 9, 1], ["apple", 1, 2]];

async function fruits(db) {
  const Fruit = db.model("Fruit", FRUIT);
  for (const [name, price, stock] of FRUITS) await Fruit.create({ name, price, stock });
  return Fruit;
}

const shop = (db) => ({
  Author: db.model("Author", { name: "String" }, { has_many: ["Post"], has_one: ["Profile"] }),
  Post: db.model("Post", { title: "String" }, { belongs_to: ["Author", "Option<Topic>"] }),
  Profile: db.model("Profile", { text: "String", author_id: "Int" }, { belongs_to: ["Author"] }),
  Topic: db.model("Topic", { name: "String" }, { has_many: ["Post"] }),
});

/** A row whose stamps are only known to be dates. */
const withoutStamps = ({ created_at: created, updated_at: updated, ...rest }) => (
  { ...rest, stamped: created instanceof Date && updated instanceof Date, changed: updated > created }
);

/** @type {{ name: string, run: (db: any, again: (work: (db: any) => any) => any) => any, answer: any }[]} */
export const CASES = [
  {
    name: "records are created, found, listed, changed, deleted and counted",
    async run(db) {
      const User = db.model("User", USER);
      const ann = await User.create({ name: "Ann", email: "a@b.c" });
      await User.create({ name: "Bob", email: "b@c.d" });
      return [
        ann, await User.find(1), await User.find("1"), await User.find(9), names(await User.all()),
        await User.where({ name: "Bob" }), await User.update(2, { email: "x@y.z" }), await User.update("2", {}),
        await User.update(2, { email: "x@y.z" }), await User.update(9, { name: "N" }),
        await User.count(), await User.count({ name: "Ann" }), await User.first(), await User.first({ name: "none" }),
        await User.delete("2"), await User.delete(2), await User.delete("x"), (await User.create({ name: "C", email: "c" })).id,
      ];
    },
    answer: [
      { id: 1, name: "Ann", email: "a@b.c" }, { id: 1, name: "Ann", email: "a@b.c" }, { id: 1, name: "Ann", email: "a@b.c" }, null,
      ["Ann", "Bob"], [{ id: 2, name: "Bob", email: "b@c.d" }], { id: 2, name: "Bob", email: "x@y.z" },
      { id: 2, name: "Bob", email: "x@y.z" }, { id: 2, name: "Bob", email: "x@y.z" }, null,
      2, 1, { id: 1, name: "Ann", email: "a@b.c" }, null, true, false, false, 3,
    ],
  },
  {
    name: "an id of the program's own is kept, and the next one is another",
    async run(db) {
      const User = db.model("User", USER);
      const own = await User.create({ id: 41, name: "a", email: "e" });
      const next = await User.create({ id: null, name: "b", email: "e" });
      return [own.id, next.id > 41, await refused(() => User.create({ id: 41, name: "c", email: "e" })), await refused(() => User.create({ id: "x", name: "c", email: "e" }))];
    },
    answer: [41, true, conflict("id is already taken"), wrong("id must be an integer")],
  },
  {
    name: "every type comes back as what it was",
    async run(db) {
      const Thing = db.model("Thing", {
        flag: "Bool", ratio: "Float", count: "Int", text: "String", born: "Date", tags: "[String]", shape: "Shape",
        maybe: "Option<Int>", list: "Option<[Int]>", on: "Option<Bool>", due: "Option<Date>",
      });
      const made = await Thing.create({
        flag: false, ratio: 0.1, count: -3, text: "é😀 'x' \"y\" \\ % _ ` ; --\n\t", born: "2024-02-29T23:59:59.123Z", tags: ["a", 'b"', "\u0000"],
        shape: { __tag: "Circle", r: 1, n: null }, maybe: Some(4), list: None, on: true, due: new Date(0),
      });
      const found = await Thing.find(1);
      const absent = await Thing.create({ ...found, id: null, maybe: undefined, list: [], on: null, due: null });
      return [found, JSON.stringify(made) === JSON.stringify(found), absent.maybe, absent.list, absent.on, absent.due, found.born.toISOString()];
    },
    answer: [
      {
        id: 1, flag: false, ratio: 0.1, count: -3, text: "é😀 'x' \"y\" \\ % _ ` ; --\n\t", born: new Date("2024-02-29T23:59:59.123Z"),
        tags: ["a", 'b"', "\u0000"], shape: { __tag: "Circle", r: 1, n: null }, maybe: Some(4), list: None, on: Some(true), due: Some(new Date(0)),
      },
      true, None, Some([]), None, None, "2024-02-29T23:59:59.123Z",
    ],
  },
  {
    name: "a Set, a Map and dates in lists are kept, come back and can be saved again",
    async run(db) {
      const Days = { list: "Date" };
      const Kept = db.model("Kept", {
        ids: { type: "Set<Int>", schema: { set: "Int" } },
        names: { type: "Map<Int,Set<String>>", schema: { map: ["Int", { set: "String" }] } },
        days: { type: "[Date]", schema: Days }, more: { type: "Option<[Date]>", schema: { option: Days } },
      });
      const fields = { ids: new Set([1, 2]), names: new Map([[7, new Set(["a"])]]), days: [new Date(0)], more: ["1970-01-02"] };
      const made = await Kept.create(fields);
      const again = await Kept.create({ ...await Kept.find(1), id: null });
      return [
        made, again, (await Kept.update(2, { ids: [3, 3], days: [] })).ids,
        await refused(() => Kept.create({ ...fields, ids: new Set(["1"]) })), await refused(() => Kept.create({ ...fields, names: new Map([["x", []]]) })),
        await refused(() => Kept.create({ ...fields, days: ["no date", 3, { a: 1 }] })), await refused(() => Kept.create({ ...fields, more: Some(["no date"]) })),
      ];
    },
    answer: [
      ...[1, 2].map((id) => ({
        id, ids: new Set([1, 2]), names: new Map([[7, new Set(["a"])]]), days: [new Date(0)], more: Some([new Date(86_400_000)]),
      })),
      new Set([3]), wrong("ids[0] must be an integer"), wrong("the key x of names must be an integer"),
      wrong("days[0] must be a date", "days[1] must be a date", "days[2] must be a date"), wrong("more[0] must be a date"),
    ],
  },
  {
    name: "numbers are exact, or refused",
    async run(db) {
      const N = db.model("Number", { i: "Int", f: "Float" });
      const kept = [];
      for (const [i, f] of [[Number.MAX_SAFE_INTEGER, 1e300], [Number.MIN_SAFE_INTEGER, 5e-324], [0, -0.1], [3000000000, 3]]) kept.push(await N.create({ i, f }));
      return [
        kept.map(({ i, f }) => [i, f]), (await N.where({ i: Number.MAX_SAFE_INTEGER })).length, (await N.where({ f: 1e300 })).length,
        await refused(() => N.create({ i: 2 ** 53, f: 1 })), await refused(() => N.create({ i: 1.5, f: Infinity })), await refused(() => N.create({ i: "1", f: NaN })),
      ];
    },
    answer: [
      [[9007199254740991, 1e300], [-9007199254740991, 5e-324], [0, -0.1], [3000000000, 3]], 1, 1,
      wrong("i must be an integer"), wrong("i must be an integer", "f must be a number"), wrong("i must be an integer", "f must be a number"),
    ],
  },
  {
    name: "an integer that is too large for a number is the text of its digits",
    run: async (db) => [await db.get("SELECT 9223372036854775807 AS n"), await db.get("SELECT 9007199254740991 AS n")],
    answer: [{ n: "9223372036854775807" }, { n: 9007199254740991 }],
  },
  {
    name: "what is wrong with fields is said by name",
    async run(db) {
      const User = db.model("User", { ...USER, age: { type: "Int", schema: { ruled: ["Int", ["min", 18]] } } });
      const fine = { name: "A", email: "b", age: 20 };
      return [
        await refused(() => User.create({ name: "A", age: 18 })), await refused(() => User.create({ name: null, email: {}, age: 3 })),
        await refused(() => User.create({ ...fine, admin: true })), await refused(() => User.create(null)), await refused(() => User.create([1])),
        await refused(() => User.create({ ...fine, email: "a\0" })), await refused(() => User.create({ ...fine, email: "\ud800" })),
        await refused(() => User.update(1, { age: 17 })), await refused(() => User.update(1, { name: null })), await User.count(),
      ];
    },
    answer: [
      wrong("email is required"), wrong("name is required", "email must be a string", "age must be at least 18"), wrong("admin is not a field"),
      wrong("the fields must be an object"), wrong("the fields must be an object"), wrong("email has a character that no database can keep"),
      wrong("email has a character that no database can keep"), wrong("age must be at least 18"), wrong("name is required"), 0,
    ],
  },
  {
    name: "conditions: nothing, nil, one of several, exactly this text",
    async run(db) {
      const Fruit = await fruits(db);
      const found = async (conditions) => names(await Fruit.where(conditions));
      return [
        await found({}), await found({ stock: null }), await found({ stock: [3, null] }), await found({ stock: None }), await found({ stock: Some(3) }),
        await found({ name: ["fig", "pear", "no"] }), await found({ name: [] }), await found({ price: 1, name: "apple" }), await found({ price: 1, name: "apple " }),
        await found({ name: "APPLE" }), await found({ stock: "3" }), await found({ id: "2" }), await found({ name: "a%" }), await found({ name: "" }),
      ];
    },
    answer: [
      ["pear", "Apple", "fig", "éclair", "apple"], ["Apple"], ["pear", "Apple", "fig"], ["Apple"], ["pear", "fig"], ["pear", "fig"], [], ["apple"], [], [],
      ["pear", "fig"], ["Apple"], [], [],
    ],
  },
  {
    name: "order, limit, offset and pages",
    async run(db) {
      const Fruit = await fruits(db);
      const listed = async (options) => names(await Fruit.all(options));
      const page = await Fruit.paginate(2, 2, {}, { order: "-name" });
      return [
        await listed({ order: "name" }), await listed({ order: "-price" }), await listed({ order: ["stock", "name desc"] }), await listed({ order: "stock DESC" }),
        await listed({ limit: 2 }), await listed({ offset: 3 }), await listed({ order: "price", limit: 1, offset: 1 }), await listed({ limit: 0 }),
        [names(page.items), page.page, page.size, page.total, page.pages], (await Fruit.paginate(9)).items, (await Fruit.first({}, { order: "-price" })).name,
        await refused(() => Fruit.all({ order: "nope" })), await refused(() => Fruit.all({ order: "name; DROP TABLE fruits" })), await refused(() => Fruit.all({ limit: -1 })),
        await refused(() => Fruit.all({ limit: "1" })), await refused(() => Fruit.all({ having: 1 })), await refused(() => Fruit.paginate(0)), await refused(() => Fruit.paginate(2 ** 53 - 1, 100)),
      ];
    },
    answer: [
      ["Apple", "apple", "fig", "pear", "éclair"], ["éclair", "pear", "Apple", "apple", "fig"], ["Apple", "éclair", "apple", "pear", "fig"],
      ["pear", "fig", "apple", "éclair", "Apple"], ["pear", "Apple"], ["éclair", "apple"], ["Apple"], [],
      [["fig", "apple"], 2, 2, 5, 3], [], "éclair",
      wrong("order: nope is not a field"), wrong("order: name; DROP TABLE fruits is not a field"), wrong("limit must be an integer from 0"),
      wrong("limit must be an integer from 0"), wrong("having is not an option"), wrong("page must be at least 1"), wrong("page is too high"),
    ],
  },
  {
    name: "defaults, made anew for each record",
    async run(db) {
      const Note = db.model("Note", { text: { type: "String", default: () => "empty" }, tags: { type: "[String]", default: () => [] }, level: { type: "Int", default: () => 3 } });
      return [await Note.create({}), await Note.create({ text: "x", level: 0 }), await refused(() => Note.create({ text: 1 }))];
    },
    answer: [{ id: 1, text: "empty", tags: [], level: 3 }, { id: 2, text: "x", tags: [], level: 0 }, wrong("text must be a string")],
  },
  {
    name: "a model of nothing but an id",
    async run(db) {
      const Ticket = db.model("Ticket", {});
      return [await Ticket.create({}), await Ticket.create({})];
    },
    answer: [{ id: 1 }, { id: 2 }],
  },
  {
    name: "unique fields, alone and together",
    async run(db) {
      const User = db.model("User", { email: { type: "String", unique: true }, team: "String", nick: "String" }, { unique: [["team", "nick"]] });
      await User.create({ email: "a", team: "t", nick: "n" });
      await User.create({ email: "b", team: "t", nick: "m" });
      return [
        await refused(() => User.create({ email: "a", team: "x", nick: "y" })), await refused(() => User.create({ email: "c", team: "t", nick: "n" })),
        await refused(() => User.update(2, { email: "a" })), (await User.create({ email: "A", team: "T", nick: "n" })).email, await User.count(),
      ];
    },
    answer: [conflict("email is already taken"), conflict("team and nick is already taken"), conflict("email is already taken"), "A", 3],
  },
  {
    name: "timestamps are the model's own",
    async run(db) {
      const Post = db.model("Post", { title: "String" }, { timestamps: true });
      const made = await Post.create({ title: "a" });
      await Bun.sleep(3);
      const changed = await Post.update(1, { title: "b" });
      return [
        withoutStamps(made), withoutStamps(changed), made.created_at.getTime() === changed.created_at.getTime(),
        await refused(() => Post.create({ title: "x", created_at: new Date() })), await refused(() => Post.update(1, { updated_at: new Date() })),
      ];
    },
    answer: [
      { id: 1, title: "a", stamped: true, changed: false }, { id: 1, title: "b", stamped: true, changed: true }, true,
      wrong("created_at is set by the model"), wrong("updated_at is set by the model"),
    ],
  },
  {
    name: "soft deletion, and back",
    async run(db) {
      const Post = db.model("Post", { title: "String" }, { soft_delete: true });
      for (const title of ["a", "b", "c"]) await Post.create({ title });
      const gone = await Post.soft_delete(2);
      const titles = async (list) => (await list).map(({ title }) => title);
      const Plain = db.model("Plain", { title: "String" });
      return [
        gone.deleted_at.isSome(), await titles(Post.active()), await titles(Post.all()), await titles(Post.active({ title: "b" })), await titles(Post.active({}, { order: "-id" })),
        (await Post.restore(2)).deleted_at, await titles(Post.active()), await Post.soft_delete(9), await refused(() => Plain.active()), await refused(() => Post.active(null)),
        await refused(() => Post.update(1, { deleted_at: null })),
      ];
    },
    answer: [
      true, ["a", "c"], ["a", "b", "c"], [], ["c", "a"], None, ["a", "b", "c"], null, { thrown: "the model Plain has no `soft_delete: true`" },
      wrong("the conditions must be an object"), wrong("deleted_at is set by the model"),
    ],
  },
  {
    name: "relations: methods, loading along, and what refers to nothing",
    async run(db) {
      const { Author, Post, Profile, Topic } = shop(db);
      const ann = await Author.create({ name: "Ann" });
      const bob = await Author.create({ name: "Bob" });
      const art = await Topic.create({ name: "art" });
      const first = await Post.create({ title: "p1", author_id: ann.id, topic_id: art.id });
      await Post.create({ title: "p2", author_id: ann.id });
      await Profile.create({ text: "hi", author_id: 1 });
      const titles = (list) => list.map(({ title }) => title);
      return [
        first, titles(await Author.posts(ann)), titles(await Author.posts(1)), await Author.posts(bob), (await Author.profile(ann)).text, await Author.profile(bob),
        (await Post.author(first)).name, (await Post.author(2)).name, (await Post.topic(1)).name, await Post.topic(2), await Author.posts(99),
        (await Author.all({ with: ["posts", "profile"] })).map(({ name, posts, profile }) => [name, titles(posts), profile?.text ?? null]),
        (await Post.find(1, { with: "author" })).author, (await Topic.where({}, { with: "posts" }))[0].posts.length,
        await refused(() => Post.create({ title: "x", author_id: 99 })), await refused(() => Post.create({ title: "x" })), await refused(() => Post.update(1, { topic_id: 5 })),
        await refused(() => Author.delete(1)), await Author.delete(2), await refused(() => Post.all({ with: "nope" })),
      ];
    },
    answer: [
      { id: 1, title: "p1", author_id: 1, topic_id: Some(1) }, ["p1", "p2"], ["p1", "p2"], [], "hi", null, "Ann", "Ann", "art", null, [],
      [["Ann", ["p1", "p2"], "hi"], ["Bob", [], null]], { id: 1, name: "Ann" }, 1,
      wrong("author_id refers to nothing"), wrong("author_id is required"), wrong("topic_id refers to nothing"),
      conflict("Author 1 cannot be deleted while others refer to it"), true, wrong("with: nope is not a relation"),
    ],
  },
  {
    name: "a relation to a model that is not there is an error that says so",
    async run(db) {
      const Post = db.model("Post", { title: "String" }, { belongs_to: ["Author"] });
      return refused(() => Post.all());
    },
    answer: { thrown: "Post refers to Author, and there is no model of that name" },
  },
  {
    name: "a transaction is all or nothing, nested too, and goes on after a refused write",
    async run(db) {
      const User = db.model("User", { name: { type: "String", unique: true } });
      const made = await db.transaction(() => User.create({ name: "a" }));
      const thrown = await refused(() => db.transaction(() => then(User.create({ name: "b" }), () => { throw new Error("no"); })));
      await db.transaction((tx) => then(User.create({ name: "c" }), () => then(
        caught(() => tx.transaction(() => then(User.create({ name: "d" }), () => { throw new Error("inner"); }))),
        () => then(caught(() => User.create({ name: "a" })), () => then(User.create({ name: "e" }), () => tx.run("UPDATE users SET name = ? WHERE name = ?", "E", "e"))),
      )));
      return [made.name, thrown, names(await User.all())];
    },
    answer: ["a", { thrown: "no" }, ["a", "c", "E"]],
  },
  {
    name: "an Err takes a transaction back, and is its result; an Ok does not",
    async run(db) {
      const User = db.model("User", { name: "String" });
      return [
        await db.transaction(() => then(User.create({ name: "a" }), () => Err("no"))), await User.count(),
        await db.transaction(() => then(User.create({ name: "b" }), ({ name }) => Ok(name))), await User.count(),
        (await refused(() => db.migrate([{ name: "one", up: () => Err("not this time") }]))).thrown, (await db.migrate([{ name: "one", up: () => Ok(1) }])),
      ];
    },
    answer: [Err("no"), 0, Ok("b"), 1, "the migration one failed: not this time", ["one"]],
  },
  {
    name: "SQL with values one by one, as a list, and by name",
    async run(db) {
      const User = db.model("User", USER);
      const evil = "'); DROP TABLE users; --";
      const { changes } = await db.run("INSERT INTO users (name, email) VALUES (?, ?)", evil, "a?");
      await db.run("INSERT INTO users (name, email) VALUES ($name, $email)", { name: "n", email: "$name" });
      return [
        changes, await db.query("SELECT name, email FROM users WHERE name <> '?' /* ? */ AND email IN (?, ?) ORDER BY id -- ?", ["a?", "$name"]),
        await db.get("SELECT email FROM users WHERE name = $name OR name = $name", { name: "n" }), await db.get("SELECT 1 AS one FROM users WHERE name = ?", "none"),
        (await db.run("UPDATE users SET email = ?", "z")).changes, (await db.run("DELETE FROM users WHERE id = ?", 9)).changes, await User.count(),
        await refused(() => db.query("SELECT ? AS a", 1, 2)), await refused(() => db.query("SELECT $a AS a", {})), await refused(() => db.query("SELECT 1 AS a", "x")),
      ];
    },
    answer: [
      1, [{ name: "'); DROP TABLE users; --", email: "a?" }, { name: "n", email: "$name" }], { email: "$name" }, null, 2, 0, 2,
      { thrown: "the SQL has 1 places for values, and 2 were given" }, { thrown: "there is no value for $a" },
      { thrown: "the SQL has no place for the values: write ? where they go" },
    ],
  },
  {
    name: "new fields become columns, old rows get the defaults, nothing is lost",
    async run(db, again) {
      await db.model("User", { name: "String", gone: "Option<Int>" }).create({ name: "old", gone: 7 });
      return again(async (next) => {
        const User = next.model("User", { name: "String", age: { type: "Int", default: () => 18 }, nick: "Option<String>", city: "String" });
        return [await User.all(), await User.create({ name: "new", city: "x" }), await next.query("SELECT gone FROM users ORDER BY id"), await refused(() => User.create({ name: "y" }))];
      });
    },
    answer: [
      [{ id: 1, name: "old", age: 18, nick: None, city: null }], { id: 2, name: "new", age: 18, nick: None, city: "x" }, [{ gone: 7 }, { gone: null }],
      wrong("city is required"),
    ],
  },
  {
    name: "a default that comes later than its column is what old rows have, unless nothing is a value of the field",
    async run(db, again) {
      await db.model("User", { name: "String" }).create({ name: "old" });
      return again(async (second) => {
        await second.model("User", { name: "String", city: "String", nick: "String?" }).all();
        return again(async (third) => {
          const fields = { name: "String", city: { type: "String", default: () => "x" }, nick: { type: "String?", default: () => "y" } };
          const User = third.model("User", fields);
          return [await User.all(), await User.count({ city: "x" }), await User.create({ name: "new" })];
        });
      });
    },
    answer: [[{ id: 1, name: "old", city: "x", nick: null }], 1, { id: 2, name: "new", city: "x", nick: "y" }],
  },
  {
    name: "a default that comes later and is another value each time gives each row its own, also where it is unique",
    async run(db, again) {
      for (const name of ["a", "b"]) await db.model("User", { name: "String" }).create({ name });
      return again(async (second) => {
        await second.model("User", { name: "String", code: { type: "String", unique: true } }).all();
        return again(async (third) => {
          let last = 0;
          const User = third.model("User", { name: "String", code: { type: "String", unique: true, default: () => `c${++last}` } });
          const codes = (await User.all()).map(({ code }) => code);
          return [codes.every((code) => /^c\d$/.test(code)), new Set(codes).size];
        });
      });
    },
    answer: [true, 2],
  },
  {
    name: "a default that comes later and is one value leaves a unique field of several rows as it was",
    async run(db, again) {
      for (const name of ["a", "b"]) await db.model("User", { name: "String" }).create({ name });
      return again(async (second) => {
        await second.model("User", { name: "String", code: { type: "String", unique: true } }).all();
        return again(async (third) => {
          const User = third.model("User", { name: "String", code: { type: "String", unique: true, default: () => "x" } });
          return (await User.all()).map(({ code }) => code);
        });
      });
    },
    answer: [null, null],
  },
  {
    name: "a field that is required by the table and gone from the model is told",
    async run(db, again) {
      await db.model("User", USER).create({ name: "a", email: "b" });
      return again((next) => refused(() => next.model("User", { name: "String" }).create({ name: "x" })));
    },
    answer: { thrown: 'The table "users" wants email, which the model User has not.' },
  },
  {
    name: "rows that are the same already keep a field from becoming unique",
    async run(db, again) {
      const User = db.model("User", USER);
      for (const name of ["a", "b"]) await User.create({ name, email: "same" });
      return again(async (next) => {
        const Other = next.model("User", { name: "String", email: { type: "String", unique: true } });
        const told = (await refused(() => Other.all())).thrown;
        return [/email/.test(told), told.includes("unique") || told.includes("index")];
      });
    },
    answer: [true, true],
  },
  {
    name: "migrations run once each, in their order, and only whole",
    async run(db, again) {
      const list = (more = []) => [
        { name: "one", up: "CREATE TABLE things (a INT); INSERT INTO things VALUES (1)" },
        { name: "two", up: (inner) => inner.run("INSERT INTO things VALUES (?)", 2) }, ...more,
      ];
      const first = await db.migrate(list());
      return again(async (next) => [
        first, await next.migrate(list([{ name: "three", up: "UPDATE things SET a = a + 1" }])), await next.migrate(list()), await next.query("SELECT a FROM things ORDER BY a"),
        (await refused(() => next.migrate([{ name: "bad", up: (inner) => then(inner.run("INSERT INTO things VALUES (9)"), () => { throw new Error("stop"); }) }]))).thrown,
        await next.query("SELECT a FROM things ORDER BY a"), (await refused(() => next.migrate([{ name: "x" }]))).thrown,
      ]);
    },
    answer: [["one", "two"], ["three"], [], [{ a: 2 }, { a: 3 }], "stop", [{ a: 2 }, { a: 3 }], "a migration is { name, up }, where up is SQL or a function"],
  },
  {
    name: "names of tables and columns are any names",
    async run(db) {
      const Order = db.model("Order", { group: "String", 'a"b`c?': "Int", select: "Int" }, { table: "my order?" });
      return [await Order.create({ group: "g", 'a"b`c?': 1, select: 2 }), await Order.where({ 'a"b`c?': 1, select: 2 }), await Order.all({ order: 'a"b`c?' })];
    },
    answer: [{ id: 1, group: "g", 'a"b`c?': 1, select: 2 }, [{ id: 1, group: "g", 'a"b`c?': 1, select: 2 }], [{ id: 1, group: "g", 'a"b`c?': 1, select: 2 }]],
  },
];

/** A transaction of SQLite is synchronous, one of the others is not; these do for both. */
const then = (value, next) => (typeof value?.then === "function" ? value.then(next) : next(value));

function caught(work) {
  try {
    const result = work();
    return typeof result?.then === "function" ? result.catch(() => {}) : result;
  } catch {
    return undefined;
  }
}
