import { Note, LIMIT } from "./app.shared.js";
import { createServer } from "./runtime/server.js";
import { take } from "./runtime/core.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

function notes() {
  return take([new Note(1, "a")], LIMIT);
}

function latest() {
  return notes()[0];
}

// POST /rpc/notes
__addRoute("POST", "/rpc/notes", async (req) => {
  const body = await req.json();
  const result = (await notes()) ?? null;
  return Response.json({ result });
});

// POST /rpc/latest
__addRoute("POST", "/rpc/latest", async (req) => {
  const body = await req.json();
  const result = (await latest()) ?? null;
  return Response.json({ result });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "app.shared.js",
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
