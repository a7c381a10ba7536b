import { Circle, Dot } from "./app.shared.js";
import { plain } from "./runtime/result.js";
import { createServer, fromText, checkType, several } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";
import { connect } from "./runtime/db_sqlite.js";
import { shaped } from "./runtime/shapes.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000, collections: true });

const db = connect();

const MoodSchema = { literals: ["calm", "wild"] };
const FeelingSchema = { optional: MoodSchema };
const IdSchema = { union: ["Int", { literals: ["new"] }] };
const DiaryModel = db.model("Diary", {
  mood: { type: "String", schema: MoodSchema },
  before: { type: "String?", schema: { optional: MoodSchema } },
  after: { type: "String?", schema: FeelingSchema },
  pages: { type: "Int?", schema: { optional: "Int" } },
  first: { type: "Int | \"new\"", schema: IdSchema },
  share: { type: "Float", schema: "Float" },
  only: { type: "String", schema: { literals: ["diary"] } },
  day: "Date",
  days: { type: "[Date]", schema: { list: "Date" } },
  others: { type: "Option<[Date]>", schema: { option: { list: "Date" } } },
  last: "Option<Date>",
});

function texts(a, b, only) {
  return a;
}

function nils(a, b, c, d) {
  return a;
}

function names(mood, feeling, either, shape, node) {
  return mood;
}

function within(list, map, record, pair) {
  return list;
}

function anything(a, b) {
  return a;
}

function itself(a, b) {
  return a;
}

function words(a, b, c) {
  return a;
}

function given(mood = "calm", n = 3, ...ids) {
  return mood;
}

const ShapeSchema = {
  union: [
    {
      variants: { Circle: { r: "Float" }, Dot: {} },
      make: { Circle: (it) => Circle(it.r), Dot: () => Dot },
    },
    { literals: ["none"] },
  ],
};
const NodeSchema = {
  record: {
    name: "String",
    next: { optional: () => NodeSchema },
    around: { list: { union: [() => NodeSchema, "String"] } },
  },
};

// GET /moods/:mood
__addRoute("GET", "/moods/:mood", async (req) => {
  const mood = fromText(req.params.mood, MoodSchema);
  const feeling = fromText(req.query.feeling, FeelingSchema);
  const either = fromText(req.query.either, { union: [FeelingSchema, "Int"] });
  const shape = fromText(req.query.shape, ShapeSchema);
  const node = fromText(req.query.node, NodeSchema);
  const __validationErrors = [];
  checkType(__validationErrors, "mood", mood, MoodSchema);
  checkType(__validationErrors, "feeling", feeling, FeelingSchema);
  checkType(__validationErrors, "either", either, { union: [FeelingSchema, "Int"] });
  checkType(__validationErrors, "shape", shape, ShapeSchema);
  checkType(__validationErrors, "node", node, NodeSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return names(mood, feeling, either, shaped(shape, ShapeSchema), node);
});

// POST /rpc/texts
__addRoute("POST", "/rpc/texts", async (req) => {
  const body = await req.json();
  const a = body.__args ? body.__args[0] : body.a;
  const b = body.__args ? body.__args[1] : body.b;
  const only = body.__args ? body.__args[2] : body.only;
  const __validationErrors = [];
  checkType(__validationErrors, "a", a, { literals: ["a", "b"] });
  checkType(__validationErrors, "b", b, { literals: ["a", "b"] });
  checkType(__validationErrors, "only", only, { literals: ["x"] });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await texts(a, b, only)) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/nils
__addRoute("POST", "/rpc/nils", async (req) => {
  const body = await req.json();
  const a = body.__args ? body.__args[0] : body.a;
  const b = body.__args ? body.__args[1] : body.b;
  const c = body.__args ? body.__args[2] : body.c;
  const d = body.__args ? body.__args[3] : body.d;
  const __validationErrors = [];
  checkType(__validationErrors, "a", a, { optional: "String" });
  checkType(__validationErrors, "b", b, { optional: { union: ["Int", "String"] } });
  checkType(__validationErrors, "c", c, { optional: "Int" });
  checkType(__validationErrors, "d", d, "Nil");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await nils(a, b, c, d)) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/names
__addRoute("POST", "/rpc/names", async (req) => {
  const body = await req.json();
  const mood = body.__args ? body.__args[0] : body.mood;
  const feeling = body.__args ? body.__args[1] : body.feeling;
  const either = body.__args ? body.__args[2] : body.either;
  const shape = body.__args ? body.__args[3] : body.shape;
  const node = body.__args ? body.__args[4] : body.node;
  const __validationErrors = [];
  checkType(__validationErrors, "mood", mood, MoodSchema);
  checkType(__validationErrors, "feeling", feeling, FeelingSchema);
  checkType(__validationErrors, "either", either, { union: [FeelingSchema, "Int"] });
  checkType(__validationErrors, "shape", shape, ShapeSchema);
  checkType(__validationErrors, "node", node, NodeSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await names(mood, feeling, either, shaped(shape, ShapeSchema), node)) ?? null;
  return Response.json({ result: plain(result) });
});

const PairOfIdSchema = { record: { left: { optional: IdSchema }, right: IdSchema } };

// POST /rpc/within
__addRoute("POST", "/rpc/within", async (req) => {
  const body = await req.json();
  const list = body.__args ? body.__args[0] : body.list;
  const map = body.__args ? body.__args[1] : body.map;
  const record = body.__args ? body.__args[2] : body.record;
  const pair = body.__args ? body.__args[3] : body.pair;
  const __validationErrors = [];
  checkType(__validationErrors, "list", list, { list: { union: [MoodSchema, "Int"] } });
  checkType(__validationErrors, "map", map, { map: [MoodSchema, { optional: "Int" }] });
  checkType(__validationErrors, "record", record, { record: { mood: { optional: MoodSchema } } });
  checkType(__validationErrors, "pair", pair, PairOfIdSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await within(
    list,
    shaped(map, { map: [MoodSchema, { optional: "Int" }] }),
    record,
    pair,
  ))
    ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/anything
__addRoute("POST", "/rpc/anything", async (req) => {
  const body = await req.json();
  const a = body.__args ? body.__args[0] : body.a;
  const b = body.__args ? body.__args[1] : body.b;
  const result = (await anything(a, b)) ?? null;
  return Response.json({ result: plain(result) });
});

const ChosenSchema = "Any";

// POST /rpc/itself
__addRoute("POST", "/rpc/itself", async (req) => {
  const body = await req.json();
  const a = body.__args ? body.__args[0] : body.a;
  const b = body.__args ? body.__args[1] : body.b;
  const __validationErrors = [];
  checkType(__validationErrors, "a", a, ChosenSchema);
  checkType(__validationErrors, "b", b, { list: ChosenSchema });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await itself(shaped(a, ChosenSchema), shaped(b, { list: ChosenSchema }))) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/words
__addRoute("POST", "/rpc/words", async (req) => {
  const body = await req.json();
  const a = body.__args ? body.__args[0] : body.a;
  const b = body.__args ? body.__args[1] : body.b;
  const c = body.__args ? body.__args[2] : body.c;
  const __validationErrors = [];
  if (a === undefined || a === null) __validationErrors.push("a is required");
  else if (typeof a !== "number") __validationErrors.push("a must be a number");
  checkType(__validationErrors, "b", b, { list: "Any" });
  checkType(__validationErrors, "c", c, { record: {} });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await words(a, b, c)) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/given
__addRoute("POST", "/rpc/given", async (req) => {
  const body = await req.json();
  const mood = (body.__args ? body.__args[0] : body.mood) ?? undefined;
  const n = (body.__args ? body.__args[1] : body.n) ?? undefined;
  const ids = body.__args ? body.__args.slice(2) : several(body.ids);
  const __validationErrors = [];
  if (mood !== undefined) checkType(__validationErrors, "mood", mood, MoodSchema);
  if (n !== undefined) checkType(__validationErrors, "n", n, { optional: "Int" });
  checkType(__validationErrors, "ids", ids, { list: IdSchema });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await given(mood, n, ...ids)) ?? null;
  return Response.json({ result: plain(result) });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  types: {
    Mood: MoodSchema,
    Feeling: FeelingSchema,
    Id: IdSchema,
    Shape: ShapeSchema,
    Node: NodeSchema,
    PairOfId: PairOfIdSchema,
    Chosen: ChosenSchema,
  },
  routes: [
    {
      method: "GET",
      path: "/moods/:mood",
      name: "names",
      takes: {
        mood: MoodSchema,
        feeling: FeelingSchema,
        either: { union: [FeelingSchema, "Int"] },
        shape: ShapeSchema,
        node: NodeSchema,
      },
    },
  ],
  functions: [
    {
      name: "texts",
      takes: { a: { literals: ["a", "b"] }, b: { literals: ["a", "b"] }, only: { literals: ["x"] } },
    },
    {
      name: "nils",
      takes: {
        a: { optional: "String" },
        b: { optional: { union: ["Int", "String"] } },
        c: { optional: "Int" },
        d: "Nil",
      },
    },
    {
      name: "names",
      takes: {
        mood: MoodSchema,
        feeling: FeelingSchema,
        either: { union: [FeelingSchema, "Int"] },
        shape: ShapeSchema,
        node: NodeSchema,
      },
    },
    {
      name: "within",
      takes: {
        list: { list: { union: [MoodSchema, "Int"] } },
        map: { map: [MoodSchema, { optional: "Int" }] },
        record: { record: { mood: { optional: MoodSchema } } },
        pair: PairOfIdSchema,
      },
    },
    { name: "anything", takes: { a: "Any", b: "Any" } },
    { name: "itself", takes: { a: ChosenSchema, b: { list: ChosenSchema } } },
    { name: "words", takes: { a: "Float", b: { list: "Any" }, c: { record: {} } } },
    {
      name: "given",
      takes: {
        mood: { optional: MoodSchema },
        n: { optional: "Int" },
        ids: { optional: { list: IdSchema } },
      },
    },
  ],
}));

db.ready();

__listen();
