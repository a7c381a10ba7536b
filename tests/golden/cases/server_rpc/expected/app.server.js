import { Fast, Slow } from "./app.shared.js";
import { createServer, checkType, soleArgument, several } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";

const { __addRoute, __listen } = createServer({ port: 3000 });

function scalars(s, i, f, b) {
  return [s, i, f, b];
}

function defaults(limit = 10, names = []) {
  return [limit, names];
}

function lists(ids, nested) {
  return [ids, nested];
}

function record(item) {
  return item;
}

function variant(mode) {
  return mode;
}

function option(x, y) {
  return [x, y];
}

function union(x, pair, open) {
  return [x, pair, open];
}

function any(x) {
  return x;
}

function sole(user) {
  return user;
}

function names(body, result, req2) {
  return [body, result, req2];
}

function same(same2) {
  return same2;
}

function pattern({ a, b }) {
  return a + b;
}

function rest(first, ...others) {
  return others;
}

function _hidden() {
  return 1;
}

function takes_request(req) {
  return req.path;
}

// POST /rpc/scalars
__addRoute("POST", "/rpc/scalars", async (req) => {
  const body = await req.json();
  const s = body.__args ? body.__args[0] : body.s;
  const i = body.__args ? body.__args[1] : body.i;
  const f = body.__args ? body.__args[2] : body.f;
  const b = body.__args ? body.__args[3] : body.b;
  const __validationErrors = [];
  if (s === undefined || s === null) __validationErrors.push("s is required");
  else if (typeof s !== "string") __validationErrors.push("s must be a string");
  if (i === undefined || i === null) __validationErrors.push("i is required");
  else if (!Number.isSafeInteger(i)) __validationErrors.push("i must be an integer");
  if (f === undefined || f === null) __validationErrors.push("f is required");
  else if (typeof f !== "number") __validationErrors.push("f must be a number");
  if (b === undefined || b === null) __validationErrors.push("b is required");
  else if (typeof b !== "boolean") __validationErrors.push("b must be a boolean");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await scalars(s, i, f, b)) ?? null;
  return Response.json({ result });
});

// POST /rpc/defaults
__addRoute("POST", "/rpc/defaults", async (req) => {
  const body = await req.json();
  const limit = (body.__args ? body.__args[0] : body.limit) ?? undefined;
  const names = (body.__args ? body.__args[1] : body.names) ?? undefined;
  const __validationErrors = [];
  if (limit !== undefined && !Number.isSafeInteger(limit)) {
    __validationErrors.push("limit must be an integer");
  }
  if (names !== undefined) checkType(__validationErrors, "names", names, { list: "String" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await defaults(limit, names)) ?? null;
  return Response.json({ result });
});

// POST /rpc/lists
__addRoute("POST", "/rpc/lists", async (req) => {
  const body = await req.json();
  const ids = body.__args ? body.__args[0] : body.ids;
  const nested = body.__args ? body.__args[1] : body.nested;
  const __validationErrors = [];
  checkType(__validationErrors, "ids", ids, { list: "Int" });
  checkType(__validationErrors, "nested", nested, { list: { list: "Float" } });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await lists(ids, nested)) ?? null;
  return Response.json({ result });
});

const ItemSchema = { record: { id: "Int", name: "String", parent: { option: () => ItemSchema } } };

// POST /rpc/record
__addRoute("POST", "/rpc/record", async (req) => {
  const body = await req.json();
  const item = body.__args ? body.__args[0] : soleArgument(body, "item");
  const __validationErrors = [];
  checkType(__validationErrors, "item", item, ItemSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await record(shaped(item, ItemSchema))) ?? null;
  return Response.json({ result });
});

const ModeSchema = {
  variants: { Fast: {}, Slow: { by: "Int" } },
  make: { Fast: () => Fast, Slow: (it) => Slow(it.by) },
};

// POST /rpc/variant
__addRoute("POST", "/rpc/variant", async (req) => {
  const body = await req.json();
  const mode = body.__args ? body.__args[0] : soleArgument(body, "mode");
  const __validationErrors = [];
  checkType(__validationErrors, "mode", mode, ModeSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await variant(shaped(mode, ModeSchema))) ?? null;
  return Response.json({ result });
});

// POST /rpc/option
__addRoute("POST", "/rpc/option", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : body.x;
  const y = body.__args ? body.__args[1] : body.y;
  const __validationErrors = [];
  checkType(__validationErrors, "x", x, { option: "String" });
  checkType(__validationErrors, "y", y, { optional: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await option(shaped(x, { option: "String" }), y)) ?? null;
  return Response.json({ result });
});

// POST /rpc/union
__addRoute("POST", "/rpc/union", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : body.x;
  const pair = body.__args ? body.__args[1] : body.pair;
  const open = body.__args ? body.__args[2] : body.open;
  const __validationErrors = [];
  checkType(__validationErrors, "x", x, { union: ["Int", "String"] });
  checkType(__validationErrors, "pair", pair, { tuple: ["Int", "String"] });
  checkType(__validationErrors, "open", open, { record: { a: "Int" } });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await union(x, pair, open)) ?? null;
  return Response.json({ result });
});

// POST /rpc/any
__addRoute("POST", "/rpc/any", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : soleArgument(body, "x");
  const result = (await any(x)) ?? null;
  return Response.json({ result });
});

// POST /rpc/sole
__addRoute("POST", "/rpc/sole", async (req) => {
  const body = await req.json();
  const user = body.__args ? body.__args[0] : soleArgument(body, "user");
  const result = (await sole(user)) ?? null;
  return Response.json({ result });
});

// POST /rpc/names
__addRoute("POST", "/rpc/names", async (req) => {
  const body2 = await req.json();
  const body = body2.__args ? body2.__args[0] : body2.body;
  const result = body2.__args ? body2.__args[1] : body2.result;
  const req2 = body2.__args ? body2.__args[2] : body2.req2;
  const result2 = (await names(body, result, req2)) ?? null;
  return Response.json({ result: result2 });
});

// POST /rpc/same
__addRoute("POST", "/rpc/same", async (req) => {
  const body = await req.json();
  const same2 = body.__args ? body.__args[0] : soleArgument(body, "same");
  const result = (await same(same2)) ?? null;
  return Response.json({ result });
});

// POST /rpc/pattern
__addRoute("POST", "/rpc/pattern", async (req) => {
  const body = await req.json();
  const argument = body.__args ? body.__args[0] : soleArgument(body, "");
  const result = (await pattern(argument)) ?? null;
  return Response.json({ result });
});

// POST /rpc/rest
__addRoute("POST", "/rpc/rest", async (req) => {
  const body = await req.json();
  const first = body.__args ? body.__args[0] : body.first;
  const others = body.__args ? body.__args.slice(1) : several(body.others);
  const result = (await rest(first, ...others)) ?? null;
  return Response.json({ result });
});

__listen();
