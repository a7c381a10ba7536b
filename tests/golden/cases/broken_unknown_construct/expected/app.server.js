import { createServer } from "./runtime/server.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function f() {
  return 1;
}

// Not emitted: `ai` of a server (main.tova, line 3).

// POST /rpc/f
__addRoute("POST", "/rpc/f", async (req) => {
  const body = await req.json();
  const result = (await f()) ?? null;
  return Response.json({ result });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "runtime/reactivity.js",
    "runtime/scopes.js",
    "runtime/signals.js",
    "runtime/dom.js",
    "runtime/dom_events.js",
    "runtime/dom_parts.js",
    "runtime/dom_props.js",
  ],
});

__listen();
