import { createServer, toInt, toBool, soleArgument } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

function search(term, page = 1, exact = false) {
  return [term, page, exact];
}

function item(id) {
  return id;
}

function change(id, name, price) {
  return [id, name, price];
}

function raw(req) {
  return req.method;
}

function file(path) {
  return path;
}

// GET /search/:term
__addRoute("GET", "/search/:term", async (req) => {
  const term = req.params.term;
  const page = toInt(req.query.page);
  const exact = toBool(req.query.exact);
  const __validationErrors = [];
  if (term === undefined || term === null) __validationErrors.push("term is required");
  else if (typeof term !== "string") __validationErrors.push("term must be a string");
  if (page !== undefined && !Number.isSafeInteger(page)) {
    __validationErrors.push("page must be an integer");
  }
  if (exact !== undefined && typeof exact !== "boolean") {
    __validationErrors.push("exact must be a boolean");
  }
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return search(term, page, exact);
});

// GET /items/:id
__addRoute("GET", "/items/:id", async (req) => {
  const id = toInt(req.params.id);
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return item(id);
});

// PUT /items/:id
__addRoute("PUT", "/items/:id", async (req) => {
  const body = await req.json();
  const id = toInt(req.params.id);
  const name = body.name;
  const price = body.price;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (price === undefined || price === null) __validationErrors.push("price is required");
  else if (typeof price !== "number") __validationErrors.push("price must be a number");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return change(id, name, price);
});

// DELETE /items/:id
__addRoute("DELETE", "/items/:id", async (req) => {
  const id = toInt(req.params.id);
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return item(id);
});

// GET /raw
__addRoute("GET", "/raw", raw);

// GET /files/*path
__addRoute("GET", "/files/*path", async (req) => {
  const path = req.params.path;
  return file(path);
});

// GET /inline
__addRoute("GET", "/inline", (req) => ({ path: req.path }));

// POST /pair/:a
__addRoute("POST", "/pair/:a", (req) => ((req, params) => params.a)(req, req.params));

// GET /now
__addRoute("GET", "/now", () => "now");

// POST /rpc/search
__addRoute("POST", "/rpc/search", async (req) => {
  const body = await req.json();
  const term = body.__args ? body.__args[0] : body.term;
  const page = (body.__args ? body.__args[1] : body.page) ?? undefined;
  const exact = (body.__args ? body.__args[2] : body.exact) ?? undefined;
  const __validationErrors = [];
  if (term === undefined || term === null) __validationErrors.push("term is required");
  else if (typeof term !== "string") __validationErrors.push("term must be a string");
  if (page !== undefined && !Number.isSafeInteger(page)) {
    __validationErrors.push("page must be an integer");
  }
  if (exact !== undefined && typeof exact !== "boolean") {
    __validationErrors.push("exact must be a boolean");
  }
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await search(term, page, exact)) ?? null;
  return Response.json({ result });
});

// POST /rpc/item
__addRoute("POST", "/rpc/item", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await item(id)) ?? null;
  return Response.json({ result });
});

// POST /rpc/change
__addRoute("POST", "/rpc/change", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const name = body.__args ? body.__args[1] : body.name;
  const price = body.__args ? body.__args[2] : body.price;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (price === undefined || price === null) __validationErrors.push("price is required");
  else if (typeof price !== "number") __validationErrors.push("price must be a number");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await change(id, name, price)) ?? null;
  return Response.json({ result });
});

// POST /rpc/file
__addRoute("POST", "/rpc/file", async (req) => {
  const body = await req.json();
  const path = body.__args ? body.__args[0] : soleArgument(body, "path");
  const result = (await file(path)) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    {
      method: "GET",
      path: "/search/:term",
      name: "search",
      takes: { term: "String", page: { optional: "Int" }, exact: { optional: "Bool" } },
    },
    { method: "GET", path: "/items/:id", name: "item", takes: { id: "Int" } },
    {
      method: "PUT",
      path: "/items/:id",
      name: "change",
      takes: { id: "Int", name: "String", price: "Float" },
    },
    { method: "DELETE", path: "/items/:id", name: "item", takes: { id: "Int" } },
    { method: "GET", path: "/raw", name: "raw" },
    { method: "GET", path: "/files/*path", name: "file", takes: { path: "Any" } },
    { method: "GET", path: "/inline" },
    { method: "POST", path: "/pair/:a" },
    { method: "GET", path: "/now" },
  ],
  functions: [
    {
      name: "search",
      takes: { term: "String", page: { optional: "Int" }, exact: { optional: "Bool" } },
    },
    { name: "item", takes: { id: "Int" } },
    { name: "change", takes: { id: "Int", name: "String", price: "Float" } },
    { name: "file", takes: { path: "Any" } },
  ],
}));

__listen();
