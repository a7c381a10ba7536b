import { createServer, soleArgument } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

function find({ text, page }) {
  return [text, page];
}

function save({ text }) {
  return text;
}

// GET /find
__addRoute("GET", "/find", async (req) => {
  const argument = req.query;
  return find(argument);
});

// POST /save
__addRoute("POST", "/save", async (req) => {
  const body = await req.json();
  const argument = body;
  return save(argument);
});

// POST /rpc/find
__addRoute("POST", "/rpc/find", async (req) => {
  const body = await req.json();
  const argument = body.__args ? body.__args[0] : soleArgument(body, "");
  const result = (await find(argument)) ?? null;
  return Response.json({ result });
});

// POST /rpc/save
__addRoute("POST", "/rpc/save", async (req) => {
  const body = await req.json();
  const argument = body.__args ? body.__args[0] : soleArgument(body, "");
  const result = (await save(argument)) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    { method: "GET", path: "/find", name: "find" },
    { method: "POST", path: "/save", name: "save" },
  ],
  functions: [{ name: "find" }, { name: "save" }],
}));

__listen();
