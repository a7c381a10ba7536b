import { Item, Size, Circle, Point } from "./app.shared.js";
import { createServer, toInt, fromText, checkType, soleArgument } from "./runtime/server.js";
import { bodyOf } from "./runtime/http_validate.js";
import { openapi } from "./runtime/openapi.js";
import { shaped } from "./runtime/shapes.js";
import { None, len, Some, Ok, Err } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

// One item by its number.
function item(id) {
  return new Item(id, "first", ["a"], None);
}

function items(tags = [], ids = [], size = 1, near = "here", deep) {
  Size(size);
  return [new Item(size, `${near} ${deep}`, tags, Some(new Item(len(ids), "inner", [], None)))];
}

function renamed(req, id, name) {
  return new Item(id, `${name} ${req.method}`, [], None);
}

function parts(req, params) {
  return [req.method, params.a];
}

function shape(kind) {
  if (kind === "circle") {
    return Ok(Circle(1.5));
  } else {
    return Err(kind);
  }
}

function add(item) {
  return item;
}

function none() {}

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

const SizeSchema = { refined: ["Int", Size] };

// GET /items
__addRoute("GET", "/items", async (req) => {
  const tags = fromText(req.query.tags, { list: "String" });
  const ids = fromText(req.query.ids, { list: "Int" });
  const size = fromText(req.query.size, SizeSchema);
  const near = fromText(req.query.near, { union: ["Float", "String"] });
  const deep = fromText(req.query.deep, { optional: "Bool" });
  const __validationErrors = [];
  if (tags !== undefined) checkType(__validationErrors, "tags", tags, { list: "String" });
  if (ids !== undefined) checkType(__validationErrors, "ids", ids, { list: "Int" });
  if (size !== undefined) checkType(__validationErrors, "size", size, SizeSchema);
  if (near !== undefined) checkType(__validationErrors, "near", near, { union: ["Float", "String"] });
  checkType(__validationErrors, "deep", deep, { optional: "Bool" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return items(tags, ids, size, near, deep);
});

// PUT /items/:id
__addRoute("PUT", "/items/:id", async (req) => {
  const body = await req.json();
  const id = toInt(req.params.id);
  const name = body.name;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return renamed(req, id, name);
});

const ItemSchema = {
  record: {
    id: "Int",
    name: { ruled: ["String", ["required"], ["maxLength", 20]] },
    tags: { optional: { list: "String" } },
    parent: { option: () => ItemSchema },
  },
  make: (it) => new Item(it.id, it.name, it.tags ?? undefined, it.parent),
};

// POST /items
__addRoute("POST", "/items", (req) => req.json(), { with: [bodyOf(ItemSchema, shaped)] });

// GET /parts/:a
__addRoute("GET", "/parts/:a", async (req) => {
  return parts(req, req.params);
});

// GET /shapes/:kind
__addRoute("GET", "/shapes/:kind", async (req) => {
  const kind = req.params.kind;
  const __validationErrors = [];
  if (kind === undefined || kind === null) __validationErrors.push("kind is required");
  else if (typeof kind !== "string") __validationErrors.push("kind must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return shape(kind);
});

// DELETE /items/:id
__addRoute("DELETE", "/items/:id", () => true);

// GET /files/*rest
__addRoute("GET", "/files/*rest", (req) => ((req, params) => params.rest)(req, req.params));

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

// POST /rpc/items
__addRoute("POST", "/rpc/items", async (req) => {
  const body = await req.json();
  const tags = (body.__args ? body.__args[0] : body.tags) ?? undefined;
  const ids = (body.__args ? body.__args[1] : body.ids) ?? undefined;
  const size = (body.__args ? body.__args[2] : body.size) ?? undefined;
  const near = (body.__args ? body.__args[3] : body.near) ?? undefined;
  const deep = body.__args ? body.__args[4] : body.deep;
  const __validationErrors = [];
  if (tags !== undefined) checkType(__validationErrors, "tags", tags, { list: "String" });
  if (ids !== undefined) checkType(__validationErrors, "ids", ids, { list: "Int" });
  if (size !== undefined) checkType(__validationErrors, "size", size, SizeSchema);
  if (near !== undefined) checkType(__validationErrors, "near", near, { union: ["Float", "String"] });
  checkType(__validationErrors, "deep", deep, { optional: "Bool" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await items(tags, ids, size, near, deep)) ?? null;
  return Response.json({ result });
});

// POST /rpc/shape
__addRoute("POST", "/rpc/shape", async (req) => {
  const body = await req.json();
  const kind = body.__args ? body.__args[0] : body.kind;
  const __validationErrors = [];
  if (kind === undefined || kind === null) __validationErrors.push("kind is required");
  else if (typeof kind !== "string") __validationErrors.push("kind must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await shape(kind)) ?? null;
  return Response.json({ result });
});

// POST /rpc/add
__addRoute("POST", "/rpc/add", async (req) => {
  const body = await req.json();
  const item = body.__args ? body.__args[0] : soleArgument(body, "item");
  const __validationErrors = [];
  checkType(__validationErrors, "item", item, ItemSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await add(shaped(item, ItemSchema))) ?? null;
  return Response.json({ result });
});

// POST /rpc/none
__addRoute("POST", "/rpc/none", async (req) => {
  const body = await req.json();
  const result = (await none()) ?? null;
  return Response.json({ result });
});

const ShapeSchema = {
  variants: { Circle: { r: "Float" }, Point: {} },
  make: { Circle: (it) => Circle(it.r), Point: () => Point },
};

// GET /openapi.json
__use(openapi({
  title: "app",
  types: { Size: SizeSchema, Item: ItemSchema, Shape: ShapeSchema },
  routes: [
    {
      method: "GET",
      path: "/items/:id",
      name: "item",
      about: "One item by its number.",
      takes: { id: "Int" },
      gives: ItemSchema,
    },
    {
      method: "GET",
      path: "/items",
      name: "items",
      takes: {
        tags: { optional: { list: "String" } },
        ids: { optional: { list: "Int" } },
        size: { optional: SizeSchema },
        near: { optional: { union: ["Float", "String"] } },
        deep: { optional: "Bool" },
      },
      gives: { list: ItemSchema },
    },
    {
      method: "PUT",
      path: "/items/:id",
      name: "renamed",
      takes: { id: "Int", name: "String" },
      gives: ItemSchema,
    },
    { method: "POST", path: "/items", body: ItemSchema },
    { method: "GET", path: "/parts/:a", name: "parts" },
    {
      method: "GET",
      path: "/shapes/:kind",
      name: "shape",
      takes: { kind: "String" },
      gives: { variants: { Ok: { value: ShapeSchema }, Err: { error: "String" } } },
    },
    { method: "DELETE", path: "/items/:id", gives: "Bool" },
    { method: "GET", path: "/files/*rest" },
  ],
  functions: [
    { name: "item", about: "One item by its number.", takes: { id: "Int" }, gives: ItemSchema },
    {
      name: "items",
      takes: {
        tags: { optional: { list: "String" } },
        ids: { optional: { list: "Int" } },
        size: { optional: SizeSchema },
        near: { optional: { union: ["Float", "String"] } },
        deep: { optional: "Bool" },
      },
      gives: { list: ItemSchema },
    },
    {
      name: "shape",
      takes: { kind: "String" },
      gives: { variants: { Ok: { value: ShapeSchema }, Err: { error: "String" } } },
    },
    { name: "add", takes: { item: ItemSchema }, gives: ItemSchema },
    { name: "none" },
  ],
}));

__listen();
