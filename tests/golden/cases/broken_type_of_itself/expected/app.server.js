import { createServer, checkType, soleArgument } from "./runtime/server.js";

const { __addRoute, __listen } = createServer({ port: 3000 });

function itself(a, b, c) {
  return a;
}

function tree(tree2) {
  return tree2;
}

const AroundSchema = "Any";
const RightSchema = { union: [() => LeftSchema, "String"] };
const LeftSchema = "Any";

// POST /rpc/itself
__addRoute("POST", "/rpc/itself", async (req) => {
  const body = await req.json();
  const a = body.__args ? body.__args[0] : body.a;
  const b = body.__args ? body.__args[1] : body.b;
  const c = body.__args ? body.__args[2] : body.c;
  const __validationErrors = [];
  checkType(__validationErrors, "a", a, AroundSchema);
  checkType(__validationErrors, "b", b, { list: LeftSchema });
  checkType(__validationErrors, "c", c, RightSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await itself(a, b, c)) ?? null;
  return Response.json({ result });
});

const TreeSchema = { union: ["Int", { list: () => TreeSchema }] };

// POST /rpc/tree
__addRoute("POST", "/rpc/tree", async (req) => {
  const body = await req.json();
  const tree2 = body.__args ? body.__args[0] : soleArgument(body, "tree");
  const __validationErrors = [];
  checkType(__validationErrors, "tree", tree2, TreeSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await tree(tree2)) ?? null;
  return Response.json({ result });
});

__listen();
