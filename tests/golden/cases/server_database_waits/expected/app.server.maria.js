import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_mysql.js";
import { env } from "./runtime/processes.js";

const { __addRoute, __listen } = createServer({
  name: "maria",
  port: 3003,
  servers: { api: 3000, local: 3001, either: 3002, maria: 3003, memory: 3004 },
});

const db = connect({
  driver: "mysql",
  host: "127.0.0.1",
  port: 3306,
  user: "app",
  password: env("DATABASE_PASSWORD"),
  database: "app",
});

async function rows() {
  return await db.get("SELECT 1");
}

// POST /rpc/rows
__addRoute("POST", "/rpc/rows", async (req) => {
  const body = await req.json();
  const result = (await rows()) ?? null;
  return Response.json({ result });
});

__listen();
