import { createServer } from "./runtime/server.js";
import { serveFolder } from "./runtime/http_static.js";
import { openapi } from "./runtime/openapi.js";
import { events } from "./runtime/event_routes.js";
import { background, spawn_job } from "./runtime/jobs.js";
import { broadcast_to, leave, broadcast } from "./runtime/rooms.js";
import { schedule } from "./runtime/schedule.js";
import { websockets } from "./runtime/websockets.js";
import { join, sleep } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

let runs = 0;
let done = [];

__use(websockets({
  auth: (req) => req.query.key !== "bad",
  max_connections: 20,
  on_open: (ws) => {
    join(ws, "lobby");
    return broadcast_to("lobby", { joined: ws.request.query.name }, ws);
  },
  on_message: async (ws, message) => {
    if (message === "throw") {
      JSON.parse(message);
    }
    if (message === "slow") {
      await sleep(30);
    }
    if (message === "leave") {
      leave(ws, "lobby");
    }
    if (message === "all") {
      broadcast("to all");
    }
    return ws.send(`echo ${message}`);
  },
  on_close: (ws, code, reason) => broadcast_to("lobby", `closed ${code} ${reason}`),
  on_error: (ws, error) => ws.send(`error ${error.message}`),
}));

__use(events("/clock/:zone", async (send, close, req) => {
  send("zone", req.params.zone);
  send({ type: "tick", data: [1, 2] });
  await sleep(5);
  return close();
}));

__use(serveFolder("/assets", "public"));

__use(serveFolder("/app", "public/app", "index.html"));

__use(schedule("20ms", () => {
  runs = runs + 1;
}));

function nightly() {
  runs = 0;
}
__use(schedule("0 3 * * mon-fri", nightly));

async function record(name, wait) {
  await sleep(wait);
  if (name === "bad") {
    JSON.parse(name);
  }
  done = [...done, name];
}
__use(background(record));

function work(name, wait = 0) {
  spawn_job("record", name, wait);
  return spawn_job(record, `${name} too`, wait);
}

// GET /runs
__addRoute("GET", "/runs", () => runs);

// GET /done
__addRoute("GET", "/done", () => done);

// POST /work
__addRoute("POST", "/work", async (req) => {
  const body = await req.json();
  const name = body.name;
  const wait = body.wait ?? undefined;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (wait !== undefined && !Number.isSafeInteger(wait)) {
    __validationErrors.push("wait must be an integer");
  }
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return work(name, wait);
});

// POST /rpc/work
__addRoute("POST", "/rpc/work", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const wait = (body.__args ? body.__args[1] : body.wait) ?? undefined;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (wait !== undefined && !Number.isSafeInteger(wait)) {
    __validationErrors.push("wait must be an integer");
  }
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await work(name, wait)) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    { method: "GET", path: "/runs" },
    { method: "GET", path: "/done" },
    {
      method: "POST",
      path: "/work",
      name: "work",
      takes: { name: "String", wait: { optional: "Int" } },
    },
  ],
  functions: [{ name: "work", takes: { name: "String", wait: { optional: "Int" } } }],
}));

__listen();
