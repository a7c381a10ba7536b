import { createServer, soleArgument } from "./runtime/server.js";
import { crypto } from "./runtime/crypto.js";
import { read } from "./runtime/data_files.js";
import { http } from "./runtime/http_client.js";
import { filterOk } from "./runtime/outcomes.js";
import { where, agg, sort_by } from "./runtime/tables.js";
import { group_by, sum, count, mapAsync } from "./runtime/core.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

async function report(path) {
  const rows = await read(path);
  return agg(group_by(where(rows, (row) => row.amount > 0), (row) => row.region), {
    total: sum((row) => row.amount),
    n: count(),
  });
}

async function fetch_all(urls) {
  const answers = await mapAsync(urls, async (u) => await http.get(u));
  return sort_by(filterOk(answers), "status");
}

function checksum(text) {
  return crypto.sha256(text);
}

// POST /rpc/report
__addRoute("POST", "/rpc/report", async (req) => {
  const body = await req.json();
  const path = body.__args ? body.__args[0] : body.path;
  const __validationErrors = [];
  if (path === undefined || path === null) __validationErrors.push("path is required");
  else if (typeof path !== "string") __validationErrors.push("path must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await report(path)) ?? null;
  return Response.json({ result });
});

// POST /rpc/fetch_all
__addRoute("POST", "/rpc/fetch_all", async (req) => {
  const body = await req.json();
  const urls = body.__args ? body.__args[0] : soleArgument(body, "urls");
  const result = (await fetch_all(urls)) ?? null;
  return Response.json({ result });
});

// POST /rpc/checksum
__addRoute("POST", "/rpc/checksum", async (req) => {
  const body = await req.json();
  const text = body.__args ? body.__args[0] : body.text;
  const __validationErrors = [];
  if (text === undefined || text === null) __validationErrors.push("text is required");
  else if (typeof text !== "string") __validationErrors.push("text must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await checksum(text)) ?? null;
  return Response.json({ result });
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
    "runtime/texts_case.js",
  ],
});

__listen();
