import { plain } from "./runtime/result.js";
import { createServer, soleArgument, checkType } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000, collections: true });

function counted(of) {
  return [of];
}

function total(counts) {
  return counts.size;
}

function inverted(names) {
  return new Map([...names].map((pair) => [pair[1], pair[0]]));
}

function several(maps = null) {
  return 1;
}

const CountedSchema = { record: { title: "String", counts: { map: ["String", "Int"] } } };

// POST /rpc/counted
__addRoute("POST", "/rpc/counted", async (req) => {
  const body = await req.json();
  const of = body.__args ? body.__args[0] : soleArgument(body, "of");
  const __validationErrors = [];
  checkType(__validationErrors, "of", of, CountedSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await counted(shaped(of, CountedSchema))) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/total
__addRoute("POST", "/rpc/total", async (req) => {
  const body = await req.json();
  const counts = body.__args ? body.__args[0] : soleArgument(body, "counts");
  const __validationErrors = [];
  checkType(__validationErrors, "counts", counts, { map: ["String", "Int"] });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await total(shaped(counts, { map: ["String", "Int"] }))) ?? null;
  return Response.json({ result });
});

// POST /rpc/inverted
__addRoute("POST", "/rpc/inverted", async (req) => {
  const body = await req.json();
  const names = body.__args ? body.__args[0] : soleArgument(body, "names");
  const __validationErrors = [];
  checkType(__validationErrors, "names", names, { map: ["Int", "String"] });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await inverted(shaped(names, { map: ["Int", "String"] }))) ?? null;
  return Response.json({ result: plain(result) });
});

// POST /rpc/several
__addRoute("POST", "/rpc/several", async (req) => {
  const body = await req.json();
  const maps = (body.__args ? body.__args[0] : soleArgument(body, "maps")) ?? undefined;
  const __validationErrors = [];
  if (maps !== undefined) {
    checkType(__validationErrors, "maps", maps, {
      optional: { list: { map: ["String", { list: "Int" }] } },
    });
  }
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await several(shaped(maps, {
    optional: { list: { map: ["String", { list: "Int" }] } },
  })))
    ?? null;
  return Response.json({ result: plain(result) });
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
});

__listen();
