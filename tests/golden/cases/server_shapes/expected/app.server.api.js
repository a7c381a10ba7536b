import { Cash, Chosen, Short, Line, Card, Order, Asked, Dated } from "./app.shared.js";
import { given } from "./runtime/operators.js";
import { createServer, checkType, soleArgument } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";

const { __addRoute, __addPage, __listen } = createServer({ name: "api", port: 3000 });

class Local {
  constructor(x) {
    this.x = x;
  }

  next() {
    return this.x + 1;
  }
}

function save(order, at) {
  return order;
}

function newest() {
  return [];
}

function pay(way) {
  return given(way) ?? Cash;
}

function plain(p) {
  return p;
}

function local(x) {
  return new Local(x.next());
}

function other() {
  return [Cash];
}

function chosen(number, dated, name) {
  Chosen(number);
  Short(name);
  return number;
}

function count(n, more = [], last) {
  return n;
}

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
const PlainSchema = { record: { x: "Int", y: "Int" } };

// POST /rpc/save
__addRoute("POST", "/rpc/save", async (req) => {
  const body = await req.json();
  const order = body.__args ? body.__args[0] : body.order;
  const at = body.__args ? body.__args[1] : body.at;
  const __validationErrors = [];
  checkType(__validationErrors, "order", order, OrderSchema);
  checkType(__validationErrors, "at", at, PlainSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await save(shaped(order, OrderSchema), at)) ?? null;
  return Response.json({ result });
});

// POST /rpc/newest
__addRoute("POST", "/rpc/newest", async (req) => {
  const body = await req.json();
  const result = (await newest()) ?? null;
  return Response.json({ result });
});

// POST /rpc/pay
__addRoute("POST", "/rpc/pay", async (req) => {
  const body = await req.json();
  const way = body.__args ? body.__args[0] : soleArgument(body, "way");
  const __validationErrors = [];
  checkType(__validationErrors, "way", way, { optional: PaymentSchema });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await pay(shaped(way, { optional: PaymentSchema }))) ?? null;
  return Response.json({ result });
});

// POST /rpc/plain
__addRoute("POST", "/rpc/plain", async (req) => {
  const body = await req.json();
  const p = body.__args ? body.__args[0] : soleArgument(body, "p");
  const __validationErrors = [];
  checkType(__validationErrors, "p", p, PlainSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await plain(p)) ?? null;
  return Response.json({ result });
});

const LocalSchema = { record: { x: "Int" }, make: (it) => new Local(it.x) };

// POST /rpc/local
__addRoute("POST", "/rpc/local", async (req) => {
  const body = await req.json();
  const x = body.__args ? body.__args[0] : soleArgument(body, "x");
  const __validationErrors = [];
  checkType(__validationErrors, "x", x, LocalSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await local(shaped(x, LocalSchema))) ?? null;
  return Response.json({ result });
});

// POST /rpc/other
__addRoute("POST", "/rpc/other", async (req) => {
  const body = await req.json();
  const result = (await other()) ?? null;
  return Response.json({ result });
});

const ChosenSchema = { refined: [{ option: "Int" }, Chosen, shaped] };
const AskedSchema = {
  record: { text: "String", at: { option: "Int" } },
  make: (it) => new Asked(it.text, it.at),
};
const DatedSchema = { refined: [AskedSchema, Dated, shaped] };
const ShortSchema = { refined: ["String", Short] };

// POST /rpc/chosen
__addRoute("POST", "/rpc/chosen", async (req) => {
  const body = await req.json();
  const number = body.__args ? body.__args[0] : body.number;
  const dated = body.__args ? body.__args[1] : body.dated;
  const name = body.__args ? body.__args[2] : body.name;
  const __validationErrors = [];
  checkType(__validationErrors, "number", number, ChosenSchema);
  checkType(__validationErrors, "dated", dated, { list: DatedSchema });
  checkType(__validationErrors, "name", name, ShortSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await chosen(
    shaped(number, ChosenSchema),
    shaped(dated, { list: DatedSchema }),
    name,
  ))
    ?? null;
  return Response.json({ result });
});

// POST /rpc/count
__addRoute("POST", "/rpc/count", async (req) => {
  const body = await req.json();
  const n = body.__args ? body.__args[0] : body.n;
  const more = (body.__args ? body.__args[1] : body.more) ?? undefined;
  const last = body.__args ? body.__args[2] : body.last;
  const __validationErrors = [];
  checkType(__validationErrors, "n", n, { option: "Int" });
  if (more !== undefined) checkType(__validationErrors, "more", more, { list: { option: "Int" } });
  checkType(__validationErrors, "last", last, { optional: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await count(
    shaped(n, { option: "Int" }),
    shaped(more, { optional: { list: { option: "Int" } } }),
    last,
  ))
    ?? null;
  return Response.json({ result });
});

__addPage("/", {
  title: "app",
  script: "app.client.js",
  modules: [
    "app.client.js",
    "app.shared.js",
    "runtime/core.js",
    "runtime/collections.js",
    "runtime/lists.js",
    "runtime/lists_async.js",
    "runtime/numbers.js",
    "runtime/result.js",
    "runtime/texts.js",
    "runtime/values.js",
    "runtime/derive.js",
    "runtime/reactivity.js",
    "runtime/scopes.js",
    "runtime/signals.js",
    "runtime/dom.js",
    "runtime/dom_events.js",
    "runtime/dom_parts.js",
    "runtime/dom_props.js",
    "runtime/rpc.js",
    "runtime/runs.js",
    "runtime/validation.js",
    "runtime/print.js",
    "runtime/shapes.js",
    "runtime/text_tables.js",
  ],
  servers: { api: 3000, mirror: 3001 },
});

__listen();
