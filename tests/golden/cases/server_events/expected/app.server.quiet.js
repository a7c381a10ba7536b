import { createServer } from "./runtime/server.js";

const { __addRoute, __listen } = createServer({
  name: "quiet",
  port: 3003,
  servers: { shop: 3000, audit: 3001, "mail-out": 3002, quiet: 3003 },
});

function hello() {
  return "hello";
}

// POST /rpc/hello
__addRoute("POST", "/rpc/hello", async (req) => {
  const body = await req.json();
  const result = (await hello()) ?? null;
  return Response.json({ result });
});

__listen();
