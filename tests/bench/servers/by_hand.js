// The server of app.tova as a careful person writes it for Bun by hand: the same answers, and the same refusals, which
// servers.mjs asks for before it measures.
const rows = Array.from({ length: 100 }, (_, index) => {
  const id = index + 1;
  return { id, name: `Person number ${id}`, email: `person${id}@example.com`, active: id % 3 === 0 };
});

const LIMIT = 1 << 20;
const PATIENCE = 20_000; // milliseconds that a body may take
const LATE = Symbol("late");

const refuse = (status, error, { details, headers } = {}) => (
  Response.json({ error, details }, { status, headers: { "X-Content-Type-Options": "nosniff", ...headers } })
);

/** Pages of other sites may not call. */
function isForeign({ headers }) {
  const origin = headers.get("origin");
  if (origin === null) return headers.get("sec-fetch-site") === "cross-site";
  return !URL.canParse(origin) || new URL(origin).host !== headers.get("host");
}

function problems({ name, age, tags }) {
  const found = [];
  if (name === undefined || name === null) found.push("name is required");
  else if (typeof name !== "string") found.push("name must be a string");
  if (age === undefined || age === null) found.push("age is required");
  else if (!Number.isSafeInteger(age)) found.push("age must be an integer");
  if (tags === undefined || tags === null) found.push("tags is required");
  else if (!Array.isArray(tags)) found.push("tags must be a list");
  else tags.forEach((tag, index) => typeof tag === "string" || found.push(`tags[${index}] must be a string`));
  return found;
}

/** Whoever sends a body in drips is told that it takes too long; Bun alone closes such a connection without a word. */
function jsonOf(req) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE, LATE);
    req.json().then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function register(req) {
  if (isForeign(req)) return refuse(403, "Origin not allowed");
  if (!req.headers.get("content-type")?.startsWith("application/json")) return refuse(415, "Unsupported media type");
  if (Number(req.headers.get("content-length")) > LIMIT) return refuse(413, "Payload too large");
  let body;
  try {
    body = await jsonOf(req);
  } catch (error) {
    return error === LATE ? refuse(408, "Request timeout", { headers: { Connection: "close" } }) : refuse(400, "Invalid JSON");
  }
  if (body === null || typeof body !== "object" || Array.isArray(body)) return refuse(400, "Invalid JSON");
  if (body.__args !== undefined && !Array.isArray(body.__args)) return refuse(400, "Invalid JSON");
  const [name, age, tags] = body.__args ?? [body.name, body.age, body.tags];
  const details = problems({ name, age, tags });
  if (details.length > 0) return refuse(400, "Validation failed", { details });
  return Response.json({ result: { name, age, tags: tags.length } });
}

const routes = {
  "/hello": { GET: () => Response.json({ hello: "world" }) },
  "/rows": { GET: () => Response.json(rows) },
  "/rpc/register": { POST: register },
};

/** What Bun finds no route for. */
function otherwise(req) {
  const methods = routes[new URL(req.url).pathname];
  if (methods === undefined) return refuse(404, "Not found");
  return refuse(405, "Method not allowed", { headers: { Allow: Object.keys(methods).join(", ") } });
}

Bun.serve({
  port: Number(process.env.PORT),
  hostname: "127.0.0.1",
  development: false,
  idleTimeout: 60,
  maxRequestBodySize: LIMIT,
  routes,
  fetch: otherwise,
  error: () => refuse(500, "Internal server error"),
});
