import { createServer } from "./runtime/server.js";
import { len } from "./runtime/core.js";

const { __addRoute, __listen } = createServer({
  name: "my-stock",
  port: 3002,
  servers: { shop: 3000, audit: 3001, "my-stock": 3002 },
});

function list() {
  return [{ name: "pen", left: 3 }];
}

function count(name) {
  return len(name);
}

// POST /rpc/list
__addRoute("POST", "/rpc/list", async (req) => {
  const body = await req.json();
  const result = (await list()) ?? null;
  return Response.json({ result });
});

// POST /rpc/count
__addRoute("POST", "/rpc/count", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await count(name)) ?? null;
  return Response.json({ result });
});

__listen();
