import { createServer, several, toInt, fromText, checkType } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

function all(...tags) {
  return tags;
}

function later(req, ...rest) {
  return [req.method, rest];
}

function numbers(id, ...others) {
  return [id, others];
}

function sent(...names) {
  return names;
}

// GET /all
__addRoute("GET", "/all", async (req) => {
  const tags = several(req.query.tags);
  return all(...tags);
});

// GET /later
__addRoute("GET", "/later", async (req) => {
  const rest = several(req.query.rest);
  return later(req, ...rest);
});

// GET /numbers/:id
__addRoute("GET", "/numbers/:id", async (req) => {
  const id = toInt(req.params.id);
  const others = several(fromText(req.query.others, { list: "Int" }));
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  checkType(__validationErrors, "others", others, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return numbers(id, ...others);
});

// POST /sent
__addRoute("POST", "/sent", async (req) => {
  const body = await req.json();
  const names = several(body.names);
  return sent(...names);
});

// POST /rpc/all
__addRoute("POST", "/rpc/all", async (req) => {
  const body = await req.json();
  const tags = body.__args ? body.__args.slice(0) : several(body.tags);
  const result = (await all(...tags)) ?? null;
  return Response.json({ result });
});

// POST /rpc/numbers
__addRoute("POST", "/rpc/numbers", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const others = body.__args ? body.__args.slice(1) : several(body.others);
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  checkType(__validationErrors, "others", others, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await numbers(id, ...others)) ?? null;
  return Response.json({ result });
});

// POST /rpc/sent
__addRoute("POST", "/rpc/sent", async (req) => {
  const body = await req.json();
  const names = body.__args ? body.__args.slice(0) : several(body.names);
  const result = (await sent(...names)) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    { method: "GET", path: "/all", name: "all", takes: { tags: { optional: { list: "Any" } } } },
    { method: "GET", path: "/later", name: "later", takes: { rest: { optional: { list: "Any" } } } },
    {
      method: "GET",
      path: "/numbers/:id",
      name: "numbers",
      takes: { id: "Int", others: { optional: { list: "Int" } } },
    },
    { method: "POST", path: "/sent", name: "sent", takes: { names: { optional: { list: "Any" } } } },
  ],
  functions: [
    { name: "all", takes: { tags: { optional: { list: "Any" } } } },
    { name: "numbers", takes: { id: "Int", others: { optional: { list: "Int" } } } },
    { name: "sent", takes: { names: { optional: { list: "Any" } } } },
  ],
}));

__listen();
