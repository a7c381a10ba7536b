import { createServer, soleArgument } from "./runtime/server.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function page(query) {
  return [query];
}

function users(ids) {
  return ids;
}

function count() {
  return 1;
}

// POST /rpc/page
__addRoute("POST", "/rpc/page", async (req) => {
  const body = await req.json();
  const query = body.__args ? body.__args[0] : soleArgument(body, "query");
  const result = (await page(query)) ?? null;
  return Response.json({ result });
});

// POST /rpc/users
__addRoute("POST", "/rpc/users", async (req) => {
  const body = await req.json();
  const ids = body.__args ? body.__args[0] : soleArgument(body, "ids");
  const result = (await users(ids)) ?? null;
  return Response.json({ result });
});

// POST /rpc/count
__addRoute("POST", "/rpc/count", async (req) => {
  const body = await req.json();
  const result = (await count()) ?? null;
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
