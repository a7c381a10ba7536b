import { createServer, soleArgument } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

function respond(status) {
  return `own ${status}`;
}

function show(text) {
  const html = `local ${text}`;
  return html;
}

// GET /a
__addRoute("GET", "/a", () => respond(404));

// POST /rpc/respond
__addRoute("POST", "/rpc/respond", async (req) => {
  const body = await req.json();
  const status = body.__args ? body.__args[0] : soleArgument(body, "status");
  const result = (await respond(status)) ?? null;
  return Response.json({ result });
});

// POST /rpc/show
__addRoute("POST", "/rpc/show", async (req) => {
  const body = await req.json();
  const text = body.__args ? body.__args[0] : soleArgument(body, "text");
  const result = (await show(text)) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [{ method: "GET", path: "/a" }],
  functions: [{ name: "respond", takes: { status: "Any" } }, { name: "show", takes: { text: "Any" } }],
}));

__listen();
