import { createServer } from "./runtime/server.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function good() {
  return 1;
}

// Not emitted: a statement with syntax errors (main.tova, line 3).

// POST /rpc/good
__addRoute("POST", "/rpc/good", async (req) => {
  const body = await req.json();
  const result = (await good()) ?? null;
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
