import { createServer, soleArgument } from "./runtime/server.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function add(name) {
  return name;
}

function price(name) {
  return 5;
}

// POST /rpc/add
__addRoute("POST", "/rpc/add", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : soleArgument(body, "name");
  const result = (await add(name)) ?? null;
  return Response.json({ result });
});

// POST /rpc/price
__addRoute("POST", "/rpc/price", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : soleArgument(body, "name");
  const result = (await price(name)) ?? null;
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
