import { createServer, soleArgument } from "./runtime/server.js";
import { subscribe } from "./runtime/events.js";
import { peer } from "./runtime/peers.js";
import { requestIds } from "./runtime/request_ids.js";

const { __use, __addRoute, __listen } = createServer({
  name: "audit",
  port: 3001,
  servers: { shop: 3000, audit: 3001, "mail-out": 3002, quiet: 3003 },
});

const shop = peer("shop", { port: 3000 });

let log = [];

__use(subscribe("ordered", (order) => {
  log = [...log, order.name];
}));

__use(subscribe("ordered", note));

async function note(data) {
  return await shop.order(data.name);
}

__use(requestIds());

// POST /rpc/note
__addRoute("POST", "/rpc/note", async (req) => {
  const body = await req.json();
  const data = body.__args ? body.__args[0] : soleArgument(body, "data");
  const result = (await note(data)) ?? null;
  return Response.json({ result });
});

__listen();
