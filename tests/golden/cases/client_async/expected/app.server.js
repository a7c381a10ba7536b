import { createServer, soleArgument } from "./runtime/server.js";
import { Ok, Err } from "./runtime/core.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function find(id) {
  return id;
}

function ids() {
  return [1, 2];
}

function risky(x) {
  if (x) {
    return Ok(x);
  } else {
    return Err("no");
  }
}

// POST /rpc/find
__addRoute("POST", "/rpc/find", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await find(id)) ?? null;
  return Response.json({ result });
});

// POST /rpc/ids
__addRoute("POST", "/rpc/ids", async (req) => {
  const body = await req.json();
  const result = (await ids()) ?? null;
  return Response.json({ result });
});

// POST /rpc/risky
__addRoute("POST", "/rpc/risky", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : soleArgument(body, "x");
  const result = (await risky(x)) ?? null;
  return Response.json({ result });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "runtime/core.js",
    "runtime/collections.js",
    "runtime/lists.js",
    "runtime/lists_async.js",
    "runtime/numbers.js",
    "runtime/result.js",
    "runtime/texts.js",
    "runtime/values.js",
    "runtime/operators.js",
    "runtime/reactivity.js",
    "runtime/scopes.js",
    "runtime/signals.js",
    "runtime/dom.js",
    "runtime/dom_events.js",
    "runtime/dom_parts.js",
    "runtime/dom_props.js",
    "runtime/rpc.js",
    "runtime/runs.js",
    "runtime/print.js",
    "runtime/text_tables.js",
  ],
});

__listen();
