import { createServer } from "./runtime/server.js";

const { __addRoute, __addMiddleware, __listen } = createServer({ port: 3000 });

let seen = 0;

// Counts what passes.
async function count_it(req, next) {
  seen += 1;
  return await next(req);
}
__addMiddleware(count_it, { next: true });

function refuse(req, res) {
  const subject = req.headers["x-key"];
  if (subject == null) {
    res.status(401).json({ error: "no key" });
  } else {
    const key = subject;
    res.setHeader("X-Key", key);
  }
}
__addMiddleware(refuse);

function hello() {
  return "hi";
}

// POST /rpc/hello
__addRoute("POST", "/rpc/hello", async (req) => {
  const body = await req.json();
  const result = (await hello()) ?? null;
  return Response.json({ result });
});

__listen();
