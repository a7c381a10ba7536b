import { createServer, soleArgument, checkType } from "./runtime/server.js";
import { filter } from "./runtime/core.js";

const { __addRoute, __listen } = createServer({
  name: "filter",
  port: 3001,
  servers: { api: 3000, filter: 3001, log: 3002 },
});

function thing() {
  return 1;
}

function own(xs) {
  return filter(xs, (x) => x > thing());
}

// POST /rpc/thing
__addRoute("POST", "/rpc/thing", async (req) => {
  const body = await req.json();
  const result = (await thing()) ?? null;
  return Response.json({ result });
});

// POST /rpc/own
__addRoute("POST", "/rpc/own", async (req) => {
  const body = await req.json();
  const xs = body.__args ? body.__args[0] : soleArgument(body, "xs");
  const __validationErrors = [];
  checkType(__validationErrors, "xs", xs, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await own(xs)) ?? null;
  return Response.json({ result });
});

__listen();
