import { createServer, toInt } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";
import { sleep } from "./runtime/core.js";

const { __use, __addRoute, __addMiddleware, __listen } = createServer({ port: 3000 });

async function slow(id) {
  await sleep(1);
  return id;
}

async function twice(id) {
  return [await slow(id), await slow(id)];
}

async function wait(req, next) {
  await slow(1);
  return await next(req);
}
__addMiddleware(wait, { next: true });

// GET /twice/:id
__addRoute("GET", "/twice/:id", async (req) => {
  const id = toInt(req.params.id);
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return twice(id);
});

// GET /inline
__addRoute("GET", "/inline", async (req) => await slow(2));

// POST /rpc/slow
__addRoute("POST", "/rpc/slow", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await slow(id)) ?? null;
  return Response.json({ result });
});

// POST /rpc/twice
__addRoute("POST", "/rpc/twice", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await twice(id)) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    { method: "GET", path: "/twice/:id", name: "twice", takes: { id: "Int" } },
    { method: "GET", path: "/inline" },
  ],
  functions: [{ name: "slow", takes: { id: "Int" } }, { name: "twice", takes: { id: "Int" } }],
}));

__listen();
