import { createServer } from "./runtime/server.js";

const { __addRoute, __addPage, __listen } = createServer({ name: "api", port: 3000 });

function status() {
  return "api";
}

function list() {
  return [1];
}

// POST /rpc/status
__addRoute("POST", "/rpc/status", async (req) => {
  const body = await req.json();
  const result = (await status()) ?? null;
  return Response.json({ result });
});

// POST /rpc/list
__addRoute("POST", "/rpc/list", async (req) => {
  const body = await req.json();
  const result = (await list()) ?? null;
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
  servers: { api: 3000, "back-office": 3001 },
});

__listen();
