import { createServer } from "./runtime/server.js";
import { subscribe } from "./runtime/events.js";
import { print } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({
  name: "mail-out",
  port: 3002,
  servers: { shop: 3000, audit: 3001, "mail-out": 3002, quiet: 3003 },
});

function idle() {
  return null;
}

function farewell(user) {
  print(`bye ${user}`);
}
__use(subscribe("user_left", farewell));

// POST /rpc/idle
__addRoute("POST", "/rpc/idle", async (req) => {
  const body = await req.json();
  const result = (await idle()) ?? null;
  return Response.json({ result });
});

__listen();
