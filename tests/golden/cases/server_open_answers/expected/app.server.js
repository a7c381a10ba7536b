import { plain } from "./runtime/result.js";
import {
  createServer,
  fromText,
  several,
  checkType,
  answerOfCall,
  soleArgument,
} from "./runtime/server.js";
import { respond } from "./runtime/http_answers.js";
import { openapi } from "./runtime/openapi.js";
import { shaped } from "./runtime/shapes.js";
import { Ok } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000, collections: true });

function sum(...xs) {
  return xs.reduce((a, b) => a + b, 0);
}

function sum_list(...xs) {
  return xs.reduce((a, b) => a + b, 0);
}

function sum_named(label, ...xs) {
  return xs.reduce((a, b) => a + b, 0);
}

// GET /sum
__addRoute("GET", "/sum", async (req) => {
  const xs = several(fromText(req.query.xs, { list: "Int" }));
  const __validationErrors = [];
  checkType(__validationErrors, "xs", xs, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return sum(...xs);
});

function counts() {
  return { words: new Map([["a", 1]]), seen: [new Set([1, 2])] };
}

function same(x) {
  return x;
}

function anything() {
  return [new Map([["a", new Set([1])]])];
}

function itself(x) {
  return x;
}

function inside() {
  return Ok(new Set([3]));
}

function text() {
  return "a";
}

// GET /counts
__addRoute("GET", "/counts", () => counts());

// GET /said
__addRoute("GET", "/said", () => respond(201, counts()));

// POST /rpc/sum
__addRoute("POST", "/rpc/sum", async (req) => {
  const body = await req.json();
  const xs = body.__args ? body.__args.slice(0) : several(body.xs);
  const __validationErrors = [];
  checkType(__validationErrors, "xs", xs, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await sum(...xs)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result: plain(result) });
});

// POST /rpc/sum_list
__addRoute("POST", "/rpc/sum_list", async (req) => {
  const body = await req.json();
  const xs = body.__args ? body.__args.slice(0) : several(body.xs);
  const __validationErrors = [];
  checkType(__validationErrors, "xs", xs, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await sum_list(...xs)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result: plain(result) });
});

const IdsSchema = { list: "Int" };

// POST /rpc/sum_named
__addRoute("POST", "/rpc/sum_named", async (req) => {
  const body = await req.json();
  const label = body.__args ? body.__args[0] : body.label;
  const xs = body.__args ? body.__args.slice(1) : several(body.xs);
  const __validationErrors = [];
  if (label === undefined || label === null) __validationErrors.push("label is required");
  else if (typeof label !== "string") __validationErrors.push("label must be a string");
  checkType(__validationErrors, "xs", xs, IdsSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await sum_named(label, ...xs)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result: plain(result) });
});

// POST /rpc/counts
__addRoute("POST", "/rpc/counts", async (req) => {
  const body = await req.json();
  const result = (await counts()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result: plain(result) });
});

// POST /rpc/same
__addRoute("POST", "/rpc/same", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : soleArgument(body, "x");
  const __validationErrors = [];
  checkType(__validationErrors, "x", x, { set: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await same(shaped(x, { set: "Int" }))) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result: plain(result) });
});

// POST /rpc/anything
__addRoute("POST", "/rpc/anything", async (req) => {
  const body = await req.json();
  const result = (await anything()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result: plain(result) });
});

// POST /rpc/itself
__addRoute("POST", "/rpc/itself", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : soleArgument(body, "x");
  const result = (await itself(x)) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/inside
__addRoute("POST", "/rpc/inside", async (req) => {
  const body = await req.json();
  const result = (await inside()) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/text
__addRoute("POST", "/rpc/text", async (req) => {
  const body = await req.json();
  const result = (await text()) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  types: { Ids: IdsSchema },
  routes: [
    { method: "GET", path: "/sum", name: "sum", takes: { xs: { optional: { list: "Int" } } } },
    { method: "GET", path: "/counts", name: "counts" },
    { method: "GET", path: "/said" },
  ],
  functions: [
    { name: "sum", takes: { xs: { optional: { list: "Int" } } } },
    { name: "sum_list", takes: { xs: { optional: { list: "Int" } } } },
    { name: "sum_named", takes: { label: "String", xs: { optional: IdsSchema } } },
    { name: "counts" },
    { name: "same", takes: { x: { set: "Int" } } },
    { name: "anything", gives: "Any" },
    { name: "itself", takes: { x: "Any" }, gives: "Any" },
    { name: "inside", gives: { variants: { Ok: { value: "Any" }, Err: { error: "Any" } } } },
    { name: "text", gives: "String" },
  ],
}));

__listen();
