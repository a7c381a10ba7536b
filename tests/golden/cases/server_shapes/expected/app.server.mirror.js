import { Card, Cash, Line, Order } from "./app.shared.js";
import { createServer } from "./runtime/server.js";
import { peer } from "./runtime/peers.js";
import { requestIds } from "./runtime/request_ids.js";
import { reviver } from "./runtime/shapes.js";

const { __use, __addRoute, __listen } = createServer({
  name: "mirror",
  port: 3001,
  servers: { api: 3000, mirror: 3001 },
});

const LineSchema = {
  record: { text: "String", count: { optional: "Int" } },
  make: (it) => new Line(it.text, it.count ?? undefined),
};
const PaymentSchema = {
  variants: { Card: { number: "String" }, Cash: {} },
  make: { Card: (it) => Card(it.number), Cash: () => Cash },
};
const OrderSchema = {
  record: { id: "Int", lines: { list: LineSchema }, paid: { option: PaymentSchema } },
  make: (it) => new Order(it.id, it.lines, it.paid),
};
const api = peer("api", {
  port: 3000,
  received: reviver({ Card: (it) => Card(it.number), Cash: () => Cash }, {
    newest: { list: OrderSchema },
  }),
});

async function size() {
  const orders = await api.newest();
  return orders[0].size();
}

__use(requestIds());

// POST /rpc/size
__addRoute("POST", "/rpc/size", async (req) => {
  const body = await req.json();
  const result = (await size()) ?? null;
  return Response.json({ result });
});

__listen();
