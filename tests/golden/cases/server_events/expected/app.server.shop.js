import { createServer } from "./runtime/server.js";
import { deliverEvents, subscribe, publish, emit } from "./runtime/events.js";
import { peer } from "./runtime/peers.js";
import { requestIds } from "./runtime/request_ids.js";
import { print } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({
  name: "shop",
  port: 3000,
  servers: { shop: 3000, audit: 3001, "mail-out": 3002, quiet: 3003 },
});

const audit = peer("audit", { port: 3001 });
deliverEvents(audit, ["ordered"]);
const mail_out = peer("mail-out", { port: 3002 });
deliverEvents(mail_out, ["user_left"]);

__use(subscribe("stock_low", (data) => print(`order more of ${data.name}`)));

function order(name) {
  publish("ordered", { name: name });
  emit("stock_low", { name: name });
  return name;
}

__use(requestIds());

// POST /rpc/order
__addRoute("POST", "/rpc/order", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await order(name)) ?? null;
  return Response.json({ result });
});

__listen();
