import { Order } from "./app.shared.js";
import { createServer, soleArgument, checkType } from "./runtime/server.js";
import { peer } from "./runtime/peers.js";
import { env } from "./runtime/processes.js";
import { requestIds } from "./runtime/request_ids.js";
import { print, filter, map, mapAsync } from "./runtime/core.js";

const { __use, __addRoute, __addMiddleware, __listen } = createServer({
  name: "shop",
  port: 3000,
  servers: { shop: 3000, audit: 3001, "my-stock": 3002 },
});

const address = "http://billing.example:8080";

const audit = peer("audit", {
  url: "http://audit.example",
  threshold: 3,
  reset_timeout: 5000,
  timeout: 2 * 1000,
});

const billing = peer("billing", { url: address });

const rates = peer("rates", { url: env("RATES_URL"), timeout: 500 });

const my_stock = peer("my-stock", { port: 3002, threshold: 2 });

async function order(text) {
  const saved = await audit.record(new Order(1, text));
  const receipt = await billing.charge(saved.id);
  print(receipt);
  return saved;
}

// a name that is no identifier, in a pipe and in a callback
async function names() {
  return map(filter(await my_stock.list(), (x) => x.left > 0), (x) => x.name);
}

async function counts(names) {
  return await mapAsync(names, async (name) => await my_stock.count(name));
}

// whoever calls it waits too
async function first() {
  return (await names())[0];
}

async function rate() {
  return await rates.today("EUR");
}

async function seen(req, res) {
  await audit.seen(req.path);
}
__addMiddleware(seen);

__use(requestIds());

// POST /rpc/order
__addRoute("POST", "/rpc/order", async (req) => {
  const body = await req.json();
  const text = body.__args ? body.__args[0] : body.text;
  const __validationErrors = [];
  if (text === undefined || text === null) __validationErrors.push("text is required");
  else if (typeof text !== "string") __validationErrors.push("text must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await order(text)) ?? null;
  return Response.json({ result });
});

// POST /rpc/names
__addRoute("POST", "/rpc/names", async (req) => {
  const body = await req.json();
  const result = (await names()) ?? null;
  return Response.json({ result });
});

// POST /rpc/counts
__addRoute("POST", "/rpc/counts", async (req) => {
  const body = await req.json();
  const names = body.__args ? body.__args[0] : soleArgument(body, "names");
  const __validationErrors = [];
  checkType(__validationErrors, "names", names, { list: "String" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await counts(names)) ?? null;
  return Response.json({ result });
});

// POST /rpc/first
__addRoute("POST", "/rpc/first", async (req) => {
  const body = await req.json();
  const result = (await first()) ?? null;
  return Response.json({ result });
});

// POST /rpc/rate
__addRoute("POST", "/rpc/rate", async (req) => {
  const body = await req.json();
  const result = (await rate()) ?? null;
  return Response.json({ result });
});

__listen();
