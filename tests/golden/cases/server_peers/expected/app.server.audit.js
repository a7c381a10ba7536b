import { createServer, soleArgument, checkType } from "./runtime/server.js";

const { __addRoute, __listen } = createServer({
  name: "audit",
  port: 3001,
  servers: { shop: 3000, audit: 3001, "my-stock": 3002 },
});

let log = [];

function record(order) {
  log = [...log, order];
  return order;
}

function seen(path) {
  log = [...log, path];
}

const OrderSchema = { record: { id: "Int", text: "String" } };

// POST /rpc/record
__addRoute("POST", "/rpc/record", async (req) => {
  const body = await req.json();
  const order = body.__args ? body.__args[0] : soleArgument(body, "order");
  const __validationErrors = [];
  checkType(__validationErrors, "order", order, OrderSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await record(order)) ?? null;
  return Response.json({ result });
});

// POST /rpc/seen
__addRoute("POST", "/rpc/seen", async (req) => {
  const body = await req.json();
  const path = body.__args ? body.__args[0] : body.path;
  const __validationErrors = [];
  if (path === undefined || path === null) __validationErrors.push("path is required");
  else if (typeof path !== "string") __validationErrors.push("path must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await seen(path)) ?? null;
  return Response.json({ result });
});

__listen();
