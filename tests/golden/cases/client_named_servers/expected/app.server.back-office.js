import { createServer } from "./runtime/server.js";

const { __addRoute, __listen } = createServer({
  name: "back-office",
  port: 3001,
  servers: { api: 3000, "back-office": 3001 },
});

function status() {
  return "back";
}

// POST /rpc/status
__addRoute("POST", "/rpc/status", async (req) => {
  const body = await req.json();
  const result = (await status()) ?? null;
  return Response.json({ result });
});

__listen();
