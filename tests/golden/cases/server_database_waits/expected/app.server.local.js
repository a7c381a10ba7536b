import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_sqlite.js";

const { __addRoute, __listen } = createServer({
  name: "local",
  port: 3001,
  servers: { api: 3000, local: 3001, either: 3002, maria: 3003, memory: 3004 },
});

const db = connect({ path: "./local.db" });

const NoteModel = db.model("Note", { text: "String" });

function notes() {
  return NoteModel.all();
}

// POST /rpc/notes
__addRoute("POST", "/rpc/notes", async (req) => {
  const body = await req.json();
  const result = (await notes()) ?? null;
  return Response.json({ result });
});

db.ready();

__listen();
