import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_any.js";
import { env } from "./runtime/processes.js";
import { len } from "./runtime/core.js";

const { __addRoute, __listen } = createServer({
  name: "either",
  port: 3002,
  servers: { api: 3000, local: 3001, either: 3002, maria: 3003, memory: 3004 },
});

const db = connect({ url: env("DATABASE_URL") });

async function rows() {
  return len(await db.query("SELECT * FROM things WHERE id > ?", 3));
}

// POST /rpc/rows
__addRoute("POST", "/rpc/rows", async (req) => {
  const body = await req.json();
  const result = (await rows()) ?? null;
  return Response.json({ result });
});

__listen();
