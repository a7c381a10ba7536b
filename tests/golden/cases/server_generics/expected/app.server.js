import { Page, Item, Full, Empty } from "./app.shared.js";
import { createServer, soleArgument, checkType } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";
import { len } from "./runtime/core.js";

const { __addRoute, __listen } = createServer({ port: 3000 });

function sizes(page) {
  return page.items[0] + page.size;
}

function names(page) {
  return page.items.map((item) => item.done);
}

function pair(pair2, limit) {
  return pair2.left + limit;
}

function tree(tree2) {
  return tree2.value;
}

function grow(grow2) {
  return grow2.value;
}

function answer(answer2) {
  return answer2?.__tag === "Empty";
}

function rows(rows2) {
  return len(rows2);
}

function bare(page) {
  return page.size;
}

function any(page, more) {
  return [page.size, more];
}

const PageOfIntSchema = {
  record: { items: { list: "Int" }, size: { optional: "Int" } },
  make: (it) => new Page(it.items, it.size ?? undefined),
};

// POST /rpc/sizes
__addRoute("POST", "/rpc/sizes", async (req) => {
  const body = await req.json();
  const page = body.__args ? body.__args[0] : soleArgument(body, "page");
  const __validationErrors = [];
  checkType(__validationErrors, "page", page, PageOfIntSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await sizes(shaped(page, PageOfIntSchema))) ?? null;
  return Response.json({ result });
});

const ItemSchema = {
  record: { name: "String", done: { optional: "Bool" } },
  make: (it) => new Item(it.name, it.done ?? undefined),
};
const PageOfItemSchema = {
  record: { items: { list: ItemSchema }, size: { optional: "Int" } },
  make: (it) => new Page(it.items, it.size ?? undefined),
};

// POST /rpc/names
__addRoute("POST", "/rpc/names", async (req) => {
  const body = await req.json();
  const page = body.__args ? body.__args[0] : soleArgument(body, "page");
  const __validationErrors = [];
  checkType(__validationErrors, "page", page, PageOfItemSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await names(shaped(page, PageOfItemSchema))) ?? null;
  return Response.json({ result });
});

const PairOfIntAndStringSchema = {
  record: { left: "Int", right: { optional: "String" }, page: { optional: PageOfIntSchema } },
};

// POST /rpc/pair
__addRoute("POST", "/rpc/pair", async (req) => {
  const body = await req.json();
  const pair2 = body.__args ? body.__args[0] : body.pair;
  const limit = body.__args ? body.__args[1] : body.limit;
  const __validationErrors = [];
  checkType(__validationErrors, "pair", pair2, PairOfIntAndStringSchema);
  checkType(__validationErrors, "limit", limit, "Int");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await pair(shaped(pair2, PairOfIntAndStringSchema), limit)) ?? null;
  return Response.json({ result });
});

const TreeOfIntSchema = { record: { value: "Int", kids: { list: () => TreeOfIntSchema } } };

// POST /rpc/tree
__addRoute("POST", "/rpc/tree", async (req) => {
  const body = await req.json();
  const tree2 = body.__args ? body.__args[0] : soleArgument(body, "tree");
  const __validationErrors = [];
  checkType(__validationErrors, "tree", tree2, TreeOfIntSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await tree(tree2)) ?? null;
  return Response.json({ result });
});

const Grow3Schema = { record: { value: { list: { list: "Int" } }, next: "Any" } };
const Grow2Schema = { record: { value: { list: "Int" }, next: { optional: Grow3Schema } } };
const GrowOfIntSchema = { record: { value: "Int", next: { optional: Grow2Schema } } };

// POST /rpc/grow
__addRoute("POST", "/rpc/grow", async (req) => {
  const body = await req.json();
  const grow2 = body.__args ? body.__args[0] : soleArgument(body, "grow");
  const __validationErrors = [];
  checkType(__validationErrors, "grow", grow2, GrowOfIntSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await grow(grow2)) ?? null;
  return Response.json({ result });
});

const AnswerOfPageOfIntSchema = {
  variants: { Full: { value: PageOfIntSchema }, Empty: {} },
  make: { Full: (it) => Full(it.value), Empty: () => Empty },
};

// POST /rpc/answer
__addRoute("POST", "/rpc/answer", async (req) => {
  const body = await req.json();
  const answer2 = body.__args ? body.__args[0] : soleArgument(body, "answer");
  const __validationErrors = [];
  checkType(__validationErrors, "answer", answer2, { optional: AnswerOfPageOfIntSchema });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await answer(shaped(answer2, { optional: AnswerOfPageOfIntSchema }))) ?? null;
  return Response.json({ result });
});

const RowsOfIntSchema = { list: "Int" };

// POST /rpc/rows
__addRoute("POST", "/rpc/rows", async (req) => {
  const body = await req.json();
  const rows2 = body.__args ? body.__args[0] : soleArgument(body, "rows");
  const __validationErrors = [];
  checkType(__validationErrors, "rows", rows2, RowsOfIntSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await rows(rows2)) ?? null;
  return Response.json({ result });
});

const PageSchema = {
  record: { items: { list: "Any" }, size: { optional: "Int" } },
  make: (it) => new Page(it.items, it.size ?? undefined),
};

// POST /rpc/bare
__addRoute("POST", "/rpc/bare", async (req) => {
  const body = await req.json();
  const page = body.__args ? body.__args[0] : soleArgument(body, "page");
  const __validationErrors = [];
  checkType(__validationErrors, "page", page, PageSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await bare(shaped(page, PageSchema))) ?? null;
  return Response.json({ result });
});

const PageOfAnySchema = {
  record: { items: { list: "Any" }, size: { optional: "Int" } },
  make: (it) => new Page(it.items, it.size ?? undefined),
};

// POST /rpc/any
__addRoute("POST", "/rpc/any", async (req) => {
  const body = await req.json();
  const page = body.__args ? body.__args[0] : body.page;
  const more = body.__args ? body.__args[1] : body.more;
  const __validationErrors = [];
  checkType(__validationErrors, "page", page, PageOfAnySchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await any(shaped(page, PageOfAnySchema), more)) ?? null;
  return Response.json({ result });
});

__listen();
