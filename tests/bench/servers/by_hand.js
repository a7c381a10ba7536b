// The server of app.tova as a careful person writes it for Bun by hand: the same answers, the same checks.
const rows = Array.from({ length: 100 }, (_, index) => {
  const id = index + 1;
  return { id, name: `Person number ${id}`, email: `person${id}@example.com`, active: id % 3 === 0 };
});

const LIMIT = 1 << 20;
const refuse = (status, error, details) => Response.json(details ? { error, details } : { error }, { status });

function problems({ name, age, tags }) {
  const found = [];
  if (name === undefined || name === null) found.push("name is required");
  else if (typeof name !== "string") found.push("name must be a string");
  if (age === undefined || age === null) found.push("age is required");
  else if (!Number.isInteger(age)) found.push("age must be an integer");
  if (tags === undefined || tags === null) found.push("tags is required");
  else if (!Array.isArray(tags)) found.push("tags must be a list");
  else tags.forEach((tag, index) => typeof tag === "string" || found.push(`tags[${index}] must be a string`));
  return found;
}

async function register(req) {
  if (!req.headers.get("content-type")?.startsWith("application/json")) return refuse(415, "Unsupported media type");
  if (Number(req.headers.get("content-length")) > LIMIT) return refuse(413, "Payload too large");
  let body;
  try {
    body = await req.json();
  } catch {
    return refuse(400, "Invalid JSON");
  }
  if (body === null || typeof body !== "object") return refuse(400, "Invalid JSON");
  const [name, age, tags] = body.__args ?? [body.name, body.age, body.tags];
  const found = problems({ name, age, tags });
  if (found.length > 0) return refuse(400, "Validation failed", found);
  return Response.json({ result: { name, age, tags: tags.length } });
}

Bun.serve({
  port: Number(process.env.PORT),
  hostname: "127.0.0.1",
  development: false,
  routes: {
    "/hello": { GET: () => Response.json({ hello: "world" }) },
    "/rows": { GET: () => Response.json(rows) },
    "/rpc/register": { POST: register },
  },
  fetch: () => refuse(404, "Not found"),
  error: () => refuse(500, "Internal server error"),
});
