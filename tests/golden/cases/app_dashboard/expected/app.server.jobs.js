import { createServer, soleArgument } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";
import { connect } from "./runtime/db_sqlite.js";

const { __use, __addRoute, __addMiddleware, __addPage, __listen } = createServer({
  name: "jobs",
  port: 3000,
});

const db = connect({ adapter: "sqlite", database: "jobs.db" });

const JobModel = db.model("Job", { title: "String", state: "String" });

// Every answer says who gave it.
function stamp(req, res) {
  res.setHeader("X-Served-By", "jobs");
}
__addMiddleware(stamp);

let served = 0;

function limit(req, res) {
  if (served >= 1000) {
    res.status(429);
  }
  served = served + 1;
}
__addMiddleware(limit);

function key(req, res) {
  const given = req.headers["x-key"];
  if (given == null) {
    res.status(401);
  }
}
__addMiddleware(key);

function jobs() {
  return JobModel.all();
}

function job(id) {
  return JobModel.find(id);
}

function start(title, state) {
  return JobModel.create({ title: title, state: state });
}

// GET /jobs
__addRoute("GET", "/jobs", () => jobs());

// GET /jobs/:id
__addRoute("GET", "/jobs/:id", async (req) => {
  const id = req.params.id;
  return job(id);
});

// POST /jobs
__addRoute("POST", "/jobs", async (req) => {
  const body = await req.json();
  const title = body.title;
  const state = body.state;
  return start(title, state);
});

// POST /rpc/jobs
__addRoute("POST", "/rpc/jobs", async (req) => {
  const body = await req.json();
  const result = (await jobs()) ?? null;
  return Response.json({ result });
});

// POST /rpc/job
__addRoute("POST", "/rpc/job", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : soleArgument(body, "id");
  const result = (await job(id)) ?? null;
  return Response.json({ result });
});

// POST /rpc/start
__addRoute("POST", "/rpc/start", async (req) => {
  const body = await req.json();
  const title = body.__args ? body.__args[0] : body.title;
  const state = body.__args ? body.__args[1] : body.state;
  const result = (await start(title, state)) ?? null;
  return Response.json({ result });
});

const JobSchema = { record: { id: "Int", title: "String", state: "String" } };

// GET /openapi.json
__use(openapi({
  title: "app jobs",
  types: { Job: JobSchema },
  routes: [
    { method: "GET", path: "/jobs", name: "jobs", gives: { list: JobSchema } },
    { method: "GET", path: "/jobs/:id", name: "job", takes: { id: "Any" }, gives: JobSchema },
    {
      method: "POST",
      path: "/jobs",
      name: "start",
      takes: { title: "Any", state: "Any" },
      gives: JobSchema,
    },
  ],
  functions: [
    { name: "jobs", gives: { list: JobSchema } },
    { name: "job", takes: { id: "Any" }, gives: JobSchema },
    { name: "start", takes: { title: "Any", state: "Any" }, gives: JobSchema },
  ],
}));

db.ready();

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
    "runtime/print.js",
    "runtime/text_tables.js",
  ],
  servers: { jobs: 3000, notices: 3001 },
});

__listen();
