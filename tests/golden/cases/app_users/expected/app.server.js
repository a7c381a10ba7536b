import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_sqlite.js";

const { __addRoute, __addPage, __listen } = createServer({ port: 3000 });

const db = connect({ path: "./members.db" });

const MemberModel = db.model("Member", { name: "String", mail: "String" });

function members() {
  return MemberModel.all();
}

function join(name, mail) {
  return MemberModel.create({ name, mail });
}

// POST /rpc/members
__addRoute("POST", "/rpc/members", async (req) => {
  const body = await req.json();
  const result = (await members()) ?? null;
  return Response.json({ result });
});

// POST /rpc/join
__addRoute("POST", "/rpc/join", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const mail = body.__args ? body.__args[1] : body.mail;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (mail === undefined || mail === null) __validationErrors.push("mail is required");
  else if (typeof mail !== "string") __validationErrors.push("mail must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await join(name, mail)) ?? null;
  return Response.json({ result });
});

db.ready();

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
