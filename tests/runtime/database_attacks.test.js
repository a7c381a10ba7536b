// What somebody sends who wants more than the program gives: texts of SQL, objects, lists and names in every
// argument of every method, on every database. Each attack is refused, or is a value like any other; the
// victim's row is untouched.
import { afterAll, describe, expect, test } from "bun:test";
import { refused } from "./database_cases.js";
import { DATABASES, startDatabases } from "./databases.js";
import { finish } from "./support.js";

afterAll(finish, 120_000);

await startDatabases();

const TEXTS = [
  "' OR '1'='1", "\" OR \"1\"=\"1", "` OR `1`=`1", "'; DROP TABLE users; --", "\"; DROP TABLE users; --", "`; DROP TABLE users; #",
  "\\'; DROP TABLE users; #", "\\", "1 OR 1=1", "1); DELETE FROM users; --", "1 UNION SELECT secret FROM users", "name", "users.secret",
  "id\" = 1 OR \"id", "?", "$1", "$name", ":name", "%", "_", "/*", "*/", "--", "0x1", "''", "NULL", "true", "é' OR 1=1 -- ",
];

/** What is no text where a text is wanted; the operators of other query languages among it. */
const SHAPES = [
  {}, { $ne: null }, { gt: "" }, { like: "%" }, { sql: "1=1" }, { toString: "x" }, { length: 1 }, { __tag: "Nope" }, [["a"]], [{ $ne: 1 }],
  true, 0, 1, -1, 1.5, JSON.parse('{"__proto__": {"name": "x"}}'), { raw: true, strings: ["1=1"], values: [] },
];

const statusOf = async (work) => {
  const answer = await refused(work);
  return answer === "nothing was thrown" ? answer : answer.status;
};

describe.each(Object.keys(DATABASES))("%s", (name) => {
  /** Runs with a victim in the table, and looks after it. */
  async function attacked(work) {
    const db = (await DATABASES[name]())();
    try {
      const User = db.model("User", { name: "String", secret: "String", level: "Int", tags: "[String]" }, { soft_delete: true, has_many: ["Post"] });
      const Post = db.model("Post", { title: "String" }, { belongs_to: ["User"] });
      const victim = await User.create({ name: "victim", secret: "s3cret", level: 1, tags: ["a"] });
      await Post.create({ title: "p", user_id: victim.id });
      await work(User, Post, db);
      expect(await User.find(victim.id)).toEqual(victim);
      expect(await Post.count()).toBe(1);
    } finally {
      await db.close();
    }
  }

  test("texts as values are values", () => attacked(async (User) => {
    for (const text of TEXTS) {
      expect([text, await User.where({ name: text }), await User.where({ secret: text, name: "victim" })]).toEqual([text, [], []]);
      expect([text, await User.where({ name: [text, text] }), await User.first({ name: text })]).toEqual([text, [], null]);
      expect([text, await User.count({ name: text }), await User.active({ name: text }), await User.where({ tags: [text] })]).toEqual([text, 0, [], []]);
      expect([text, (await User.paginate(1, 5, { name: text })).total]).toEqual([text, 0]);
      const made = await User.create({ name: text, secret: text, level: 2, tags: [text] });
      expect([text, made.name, made.secret, made.tags]).toEqual([text, text, text, [text]]);
      expect([text, (await User.where({ name: text })).map(({ id }) => id), (await User.update(made.id, { secret: `${text}!` })).secret]).toEqual([text, [made.id], `${text}!`]);
      expect([text, await User.delete(made.id), await User.count()]).toEqual([text, true, 1]);
    }
  }));

  test("texts as ids find nothing", () => attacked(async (User, Post) => {
    for (const id of [...TEXTS, ...SHAPES].filter((id) => id !== 1)) {
      expect([id, await User.find(id), await User.delete(id), await User.update(id, { level: 9 })]).toEqual([id, null, false, null]);
      expect([id, await User.soft_delete(id), await User.restore(id)]).toEqual([id, null, null]);
      if (id === null || typeof id !== "object" || Array.isArray(id)) expect([id, await User.posts(id), await Post.user(id)]).toEqual([id, [], null]);
      expect([id, await User.posts({ id })]).toEqual([id, []]);
      expect([id, ["nothing was thrown", 400].includes(await statusOf(() => Post.user({ user_id: id })))]).toEqual([id, true]);
      if (!Number.isSafeInteger(id)) expect([id, await statusOf(() => User.where({ id }))]).toEqual([id, 400]);
    }
  }));

  test("texts as names of fields are refused", () => attacked(async (User) => {
    for (const text of TEXTS.filter((text) => text !== "name")) {
      for (const attack of [
        () => User.where({ [text]: 1 }), () => User.where({ name: "victim", [text]: "x" }), () => User.first({ [text]: 1 }), () => User.count({ [text]: 1 }),
        () => User.active({ [text]: 1 }), () => User.paginate(1, 1, { [text]: 1 }), () => User.create({ name: "a", secret: "b", level: 1, tags: [], [text]: 1 }),
        () => User.update(1, { [text]: 1 }), () => User.all({ order: text }), () => User.all({ order: [text] }), () => User.all({ order: `-${text}` }),
        () => User.all({ order: `name ${text}` }), () => User.all({ with: text }), () => User.find(1, { with: [text] }), () => User.all({ [text]: 1 }),
        () => User.all({ limit: text }), () => User.all({ offset: text }), () => User.paginate(text), () => User.paginate(1, text), () => User.where(text),
        () => User.where([text]), () => User.where({}, text), () => User.create(text), () => User.update(1, text),
      ]) expect([text, String(attack), await statusOf(attack)]).toEqual([text, String(attack), 400]);
    }
  }));

  test("what is no text is no condition on a text, and no text to keep", () => attacked(async (User) => {
    for (const shape of SHAPES) {
      for (const attack of [
        () => User.where({ name: shape }), () => User.first({ secret: shape }), () => User.count({ name: shape }), () => User.active({ name: [shape] }),
        () => User.create({ name: shape, secret: "x", level: 1, tags: [] }), () => User.update(1, { secret: shape }), () => User.where({ tags: shape }),
        () => User.all({ order: shape }), () => User.all({ with: shape }),
      ]) {
        const empty = String(attack).includes("with") && Array.isArray(shape) && shape.length === 0;
        expect([shape, String(attack), await statusOf(attack)]).toEqual([shape, String(attack), empty ? "nothing was thrown" : 400]);
      }
    }
  }));

  test("fields that are the model's own, and prototypes", () => attacked(async (User) => {
    const fields = (text) => JSON.parse(`{"name": "a", "secret": "b", "level": 1, "tags": [], ${text}}`);
    for (const text of ['"__proto__": {"admin": true}', '"constructor": 1', '"toString": 1', '"hasOwnProperty": 1', '"deleted_at": "2020-01-01"']) {
      expect([text, await statusOf(() => User.create(fields(text)))]).toEqual([text, 400]);
    }
    expect({}.admin).toBe(undefined);
    expect(await refused(() => User.create(Object.create({ name: "inherited", secret: "s", level: 1, tags: [] })))).toMatchObject({ status: 400 });
  }));

  test("more than anybody needs is refused early, and soon", () => attacked(async (User) => {
    const many = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
    const start = performance.now();
    expect(await refused(() => User.where({ name: many }))).toMatchObject({ status: 400, details: ["name has more than 10000 values"] });
    const answer = await refused(() => User.create(Object.fromEntries(many.map((key) => [key, 1]))));
    expect([answer.status, answer.details.length]).toEqual([400, 50]);
    expect(await statusOf(() => User.all({ order: " ".repeat(1_000_000) + "x" }))).toBe(400);
    expect(await statusOf(() => User.all({ order: `name${" ".repeat(1_000_000)}x` }))).toBe(400);
    expect(await User.where({ name: many.slice(0, 5000) })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(30_000);
  }));

  test("SQL of the program's own: values stay values", () => attacked(async (User, Post, db) => {
    for (const text of TEXTS) {
      expect([text, await db.query("SELECT id FROM users WHERE name = ?", text)]).toEqual([text, []]);
      expect([text, await db.query("SELECT id FROM users WHERE name = $name", { name: text })]).toEqual([text, []]);
      expect([text, (await db.run("UPDATE users SET level = level WHERE secret = ?", [text])).changes]).toEqual([text, 0]);
    }
  }));
});
