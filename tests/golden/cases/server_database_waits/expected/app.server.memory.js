import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_sqlite.js";

const { __addRoute, __listen } = createServer({
  name: "memory",
  port: 3004,
  servers: { api: 3000, local: 3001, either: 3002, maria: 3003, memory: 3004 },
});

const db = connect();

function rows() {
  return db.get("SELECT 1");
}

// POST /rpc/rows
__addRoute("POST", "/rpc/rows", async (req) => {
  const body = await req.json();
  const result = (await rows()) ?? null;
  return Response.json({ result });
});

__listen();
