import { given } from "./runtime/operators.js";
import { createServer, soleArgument, checkType } from "./runtime/server.js";
import { openapi } from "./runtime/openapi.js";
import { connect } from "./runtime/db_postgres.js";
import { env } from "./runtime/processes.js";
import { mapAsync, filter } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({
  name: "api",
  port: 3000,
  servers: { api: 3000, local: 3001, either: 3002, maria: 3003, memory: 3004 },
});

const db = connect({ adapter: "postgres", url: env("DATABASE_URL"), pool: 4 });

const TagModel = db.model("Tag", { name: "String" }, { belongs_to: ["Post"] });

const PostModel = db.model("Post", { title: "String" }, { has_many: ["Tag"] });

async function posts() {
  return (await PostModel.all({ order: "-id" })).filter((p) => p.title !== "");
}

async function titles() {
  return (await posts()).map((p) => p.title);
}

async function first_title() {
  return given((await PostModel.first())?.title) ?? "none";
}

async function several(ids) {
  return filter(await mapAsync(ids, PostModel.find), (p) => p != null);
}

async function tagged(ids) {
  const items = [];
  for (const i of ids) {
    if (await PostModel.count({ id: i }) > 0) {
      items.push(await PostModel.tags(i));
    }
  }
  return items;
}

async function rename(id, title) {
  return await db.transaction(async (tx) => {
    if (await PostModel.count({ title }) > 0) {
      return null;
    }
    await tx.run("INSERT INTO log (what) VALUES (?)", title);
    return await PostModel.update(id, { title });
  });
}

async function* each_title() {
  for (const post of await PostModel.all()) {
    yield post.title;
  }
}

// GET /posts/:id
__addRoute("GET", "/posts/:id", async (req) => await PostModel.find(req.params.id));

// POST /rpc/posts
__addRoute("POST", "/rpc/posts", async (req) => {
  const body = await req.json();
  const result = (await posts()) ?? null;
  return Response.json({ result });
});

// POST /rpc/titles
__addRoute("POST", "/rpc/titles", async (req) => {
  const body = await req.json();
  const result = (await titles()) ?? null;
  return Response.json({ result });
});

// POST /rpc/first_title
__addRoute("POST", "/rpc/first_title", async (req) => {
  const body = await req.json();
  const result = (await first_title()) ?? null;
  return Response.json({ result });
});

// POST /rpc/several
__addRoute("POST", "/rpc/several", async (req) => {
  const body = await req.json();
  const ids = body.__args ? body.__args[0] : soleArgument(body, "ids");
  const __validationErrors = [];
  checkType(__validationErrors, "ids", ids, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await several(ids)) ?? null;
  return Response.json({ result });
});

// POST /rpc/tagged
__addRoute("POST", "/rpc/tagged", async (req) => {
  const body = await req.json();
  const ids = body.__args ? body.__args[0] : soleArgument(body, "ids");
  const __validationErrors = [];
  checkType(__validationErrors, "ids", ids, { list: "Int" });
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await tagged(ids)) ?? null;
  return Response.json({ result });
});

// POST /rpc/rename
__addRoute("POST", "/rpc/rename", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const title = body.__args ? body.__args[1] : body.title;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (title === undefined || title === null) __validationErrors.push("title is required");
  else if (typeof title !== "string") __validationErrors.push("title must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await rename(id, title)) ?? null;
  return Response.json({ result });
});

// POST /rpc/each_title
__addRoute("POST", "/rpc/each_title", async (req) => {
  const body = await req.json();
  const result = (await each_title()) ?? null;
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app api",
  routes: [{ method: "GET", path: "/posts/:id" }],
  functions: [
    { name: "posts" },
    { name: "titles" },
    { name: "first_title" },
    { name: "several", takes: { ids: { list: "Int" } } },
    { name: "tagged", takes: { ids: { list: "Int" } } },
    { name: "rename", takes: { id: "Int", title: "String" } },
    { name: "each_title" },
  ],
}));

await db.ready();

__listen();
