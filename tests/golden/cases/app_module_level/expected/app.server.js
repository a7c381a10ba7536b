import { basename } from "node:path";
import { tag } from "./app.shared.js";
import { plain } from "./runtime/result.js";
import { createServer } from "./runtime/server.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000, collections: true });

function version() {
  return tag(basename("/x/y"));
}

// POST /rpc/version
__addRoute("POST", "/rpc/version", async (req) => {
  const body = await req.json();
  const result = (await version()) ?? null;
  return Response.json({ result: plain(result) });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "app.shared.js",
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
