import { createServer, soleArgument } from "./runtime/server.js";

const { __addRoute, __listen } = createServer({
  name: "log",
  port: 3002,
  servers: { api: 3000, filter: 3001, log: 3002 },
});

let lines = [];

function append(line) {
  lines = [...lines, line];
}

// POST /rpc/append
__addRoute("POST", "/rpc/append", async (req) => {
  const body = await req.json();
  const line = body.__args ? body.__args[0] : soleArgument(body, "line");
  const result = (await append(line)) ?? null;
  return Response.json({ result });
});

__listen();
