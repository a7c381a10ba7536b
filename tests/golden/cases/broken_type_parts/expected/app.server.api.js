import { Page, Hammer } from "./app.shared.js";
import { createServer, soleArgument, checkType } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";

const { __addRoute, __addPage, __listen } = createServer({ name: "api", port: 3000 });

function pages(tool) {
  return [new Page(1, "a")];
}

const ToolSchema = { variants: { Hammer: {} }, make: { Hammer: () => Hammer } };

// POST /rpc/pages
__addRoute("POST", "/rpc/pages", async (req) => {
  const body = await req.json();
  const tool = body.__args ? body.__args[0] : soleArgument(body, "tool");
  const __validationErrors = [];
  checkType(__validationErrors, "tool", tool, ToolSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await pages(shaped(tool, ToolSchema))) ?? null;
  return Response.json({ result });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "app.shared.js",
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
    "runtime/validation.js",
    "runtime/print.js",
    "runtime/shapes.js",
    "runtime/text_tables.js",
  ],
  servers: { api: 3000, log: 3001 },
});

__listen();
