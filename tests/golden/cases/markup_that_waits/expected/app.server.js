import { createServer } from "./runtime/server.js";
import { print } from "./runtime/core.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function name_of(id) {
  return `${id}`;
}

function greet(id) {
  print(id);
}

// POST /rpc/name_of
__addRoute("POST", "/rpc/name_of", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await name_of(id)) ?? null;
  return Response.json({ result });
});

// POST /rpc/greet
__addRoute("POST", "/rpc/greet", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await greet(id)) ?? null;
  return Response.json({ result });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "runtime/result.js",
    "runtime/reactivity.js",
    "runtime/scopes.js",
    "runtime/signals.js",
    "runtime/dom.js",
    "runtime/dom_events.js",
    "runtime/dom_parts.js",
    "runtime/dom_props.js",
    "runtime/rpc.js",
    "runtime/runs.js",
  ],
});

__listen();
