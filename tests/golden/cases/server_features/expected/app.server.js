import { createServer } from "./runtime/server.js";
import { cors } from "./runtime/http_cors.js";
import { maxBody } from "./runtime/http_limits.js";
import { openapi } from "./runtime/openapi.js";

const { __use, __addRoute, __listen } = createServer({
  port: 3000,
  servers: { small: 3001, open: 3002, watched: 3003 },
});

const hosts = ["https://a.example"];

// who may read answers
__use(cors({ origins: hosts, methods: ["GET", "POST"], credentials: true, max_age: 60 * 60 }));

__use(maxBody(5 * 1024 * 1024));

function ping() {
  return "pong";
}

// GET /ping
__addRoute("GET", "/ping", () => ping());

// POST /rpc/ping
__addRoute("POST", "/rpc/ping", async (req) => {
  const body = await req.json();
  const result = (await ping()) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [{ method: "GET", path: "/ping", name: "ping" }],
  functions: [{ name: "ping" }],
}));

__listen();
