import { createServer } from "./runtime/server.js";
import { log } from "./runtime/log.js";
import { peer } from "./runtime/peers.js";
import { requestIds } from "./runtime/request_ids.js";
import { filterAsync, len } from "./runtime/core.js";

const { __use, __addRoute, __addPage, __listen } = createServer({ name: "api", port: 3000 });

const filter_server = peer("filter", { port: 3001 });
const log_server = peer("log", { port: 3002 });

async function go() {
  log.info("go");
  const xs = await filterAsync([1, 2], async (x) => x > await filter_server.thing());
  return await log_server.append(len(xs));
}

__use(requestIds());

// POST /rpc/go
__addRoute("POST", "/rpc/go", async (req) => {
  const body = await req.json();
  const result = (await go()) ?? null;
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
  servers: { api: 3000, filter: 3001, log: 3002 },
});

__listen();
