import { Card, Cash, Line, Order } from "./app.shared.js";
import { createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { inRuns } from "./runtime/runs.js";
import { reviver } from "./runtime/shapes.js";
import { print } from "./runtime/core.js";

const owners = {
  __proto__: null,
  save: "api",
  newest: "api",
  pay: "api",
  plain: "api",
  local: "api",
  other: "api",
  chosen: "api",
  count: "api",
  size: "mirror",
};

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
const received = reviver({ Card: (it) => Card(it.number), Cash: () => Cash }, {
  newest: { list: OrderSchema },
  pay: PaymentSchema,
});

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, owners[name], received); },
});

createEffect(inRuns(async (track) => {
  const orders = await server.newest();
  print(
    orders[0].size(),
    (await track(() => server.pay(null))).kind(),
    await track(() => server.plain(null)),
    await track(() => server.local(null)),
  );
}));

function App() {
  return tova_el("p", {}, server.pay(null));
}

mount(App, document.getElementById("app"));
