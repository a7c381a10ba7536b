import { createServer, toInt, answerOfCall, soleArgument } from "./runtime/server.js";
import { respond, redirect, html, text, set_cookie, with_headers } from "./runtime/http_answers.js";
import { cache_control, etag } from "./runtime/http_fresh.js";
import { negotiate } from "./runtime/http_negotiation.js";
import { withLock } from "./runtime/locks.js";
import { stream, sse } from "./runtime/http_streams.js";
import { sign_jwt, verify_jwt } from "./runtime/jwt.js";
import { openapi } from "./runtime/openapi.js";
import { hash_password, verify_password } from "./runtime/passwords.js";
import { escapeHtml } from "./runtime/html_texts.js";
import { sleep } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

function created(name) {
  return respond(201, { name: name }, { "X-Kind": "new" });
}

function gone() {
  return respond(204);
}

function old() {
  return redirect("/new", 301);
}

function page(name) {
  return html(`<h1>${escapeHtml(name)}</h1>`);
}

function robots() {
  return text("none", 200, { "Cache-Control": "max-age=60" });
}

function login(req) {
  const cookie = set_cookie("id", "a b;c", { httpOnly: true, maxAge: 60 });
  return with_headers(respond(200, { ok: true }), { "Set-Cookie": [cookie, set_cookie("seen", 1)] });
}

function feed() {
  return stream(async (send, close) => {
    for (let i = 1; i <= 3; i++) {
      send(`piece ${i}\n`);
      await sleep(5);
    }
    return close();
  });
}

function clock() {
  return sse((send, close) => {
    send("started");
    send("tick", { at: 1 });
    send({ type: "tick", data: "two\nlines" });
    return close();
  });
}

async function register(password) {
  const hash = await hash_password(password);
  return {
    hash: hash,
    same: await verify_password(password, hash),
    other: await verify_password("other", hash),
  };
}

function token(user) {
  return sign_jwt({ user: user }, "secret", { expires_in: 60 });
}

function who(req) {
  return verify_jwt(req.headers["authorization"], "secret");
}

function kept() {
  return etag(cache_control(respond(200, { a: 1 }), 60, { private: true }), "v1");
}

async function shown(req, id) {
  return await negotiate(req, { id: id }, {
    html: (data) => html(`<h1>${data.id}</h1>`),
    xml: (data) => `<id>${data.id}</id>`,
  });
}

let total = 0;

async function count() {
  return await withLock(async () => {
    const before = total;
    await sleep(2);
    total = before + 1;
  });
}

// A function of the program's own comes first.
function broadcast(text) {
  return text;
}

// POST /users
__addRoute("POST", "/users", async (req) => {
  const body = await req.json();
  const name = body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return created(name);
});

// DELETE /users
__addRoute("DELETE", "/users", () => gone());

// GET /old
__addRoute("GET", "/old", () => old());

// GET /pages/:name
__addRoute("GET", "/pages/:name", async (req) => {
  const name = req.params.name;
  return page(name);
});

// GET /robots.txt
__addRoute("GET", "/robots.txt", () => robots());

// POST /login
__addRoute("POST", "/login", login);

// GET /feed
__addRoute("GET", "/feed", () => feed());

// GET /clock
__addRoute("GET", "/clock", () => clock());

// POST /register
__addRoute("POST", "/register", async (req) => {
  const body = await req.json();
  const password = body.password;
  const __validationErrors = [];
  if (password === undefined || password === null) __validationErrors.push("password is required");
  else if (typeof password !== "string") __validationErrors.push("password must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return register(password);
});

// POST /token
__addRoute("POST", "/token", async (req) => {
  const body = await req.json();
  const user = body.user;
  const __validationErrors = [];
  if (user === undefined || user === null) __validationErrors.push("user is required");
  else if (!Number.isSafeInteger(user)) __validationErrors.push("user must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return token(user);
});

// GET /me
__addRoute("GET", "/me", who);

// GET /kept
__addRoute("GET", "/kept", () => kept());

// GET /shown/:id
__addRoute("GET", "/shown/:id", async (req) => {
  const id = toInt(req.params.id);
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return shown(req, id);
});

// POST /count
__addRoute("POST", "/count", () => count());

// GET /total
__addRoute("GET", "/total", () => total);

// POST /rpc/created
__addRoute("POST", "/rpc/created", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await created(name)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/gone
__addRoute("POST", "/rpc/gone", async (req) => {
  const body = await req.json();
  const result = (await gone()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/old
__addRoute("POST", "/rpc/old", async (req) => {
  const body = await req.json();
  const result = (await old()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/page
__addRoute("POST", "/rpc/page", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : soleArgument(body, "name");
  const result = (await page(name)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/robots
__addRoute("POST", "/rpc/robots", async (req) => {
  const body = await req.json();
  const result = (await robots()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/feed
__addRoute("POST", "/rpc/feed", async (req) => {
  const body = await req.json();
  const result = (await feed()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/clock
__addRoute("POST", "/rpc/clock", async (req) => {
  const body = await req.json();
  const result = (await clock()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/register
__addRoute("POST", "/rpc/register", async (req) => {
  const body = await req.json();
  const password = body.__args ? body.__args[0] : body.password;
  const __validationErrors = [];
  if (password === undefined || password === null) __validationErrors.push("password is required");
  else if (typeof password !== "string") __validationErrors.push("password must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await register(password)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/token
__addRoute("POST", "/rpc/token", async (req) => {
  const body = await req.json();
  const user = body.__args ? body.__args[0] : body.user;
  const __validationErrors = [];
  if (user === undefined || user === null) __validationErrors.push("user is required");
  else if (!Number.isSafeInteger(user)) __validationErrors.push("user must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await token(user)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/kept
__addRoute("POST", "/rpc/kept", async (req) => {
  const body = await req.json();
  const result = (await kept()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/count
__addRoute("POST", "/rpc/count", async (req) => {
  const body = await req.json();
  const result = (await count()) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/broadcast
__addRoute("POST", "/rpc/broadcast", async (req) => {
  const body = await req.json();
  const text = body.__args ? body.__args[0] : soleArgument(body, "text");
  const result = (await broadcast(text)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    { method: "POST", path: "/users", name: "created", takes: { name: "String" } },
    { method: "DELETE", path: "/users", name: "gone" },
    { method: "GET", path: "/old", name: "old" },
    { method: "GET", path: "/pages/:name", name: "page", takes: { name: "Any" } },
    { method: "GET", path: "/robots.txt", name: "robots" },
    { method: "POST", path: "/login", name: "login" },
    { method: "GET", path: "/feed", name: "feed" },
    { method: "GET", path: "/clock", name: "clock" },
    { method: "POST", path: "/register", name: "register", takes: { password: "String" } },
    { method: "POST", path: "/token", name: "token", takes: { user: "Int" } },
    { method: "GET", path: "/me", name: "who" },
    { method: "GET", path: "/kept", name: "kept" },
    { method: "GET", path: "/shown/:id", name: "shown", takes: { id: "Int" } },
    { method: "POST", path: "/count", name: "count" },
    { method: "GET", path: "/total" },
  ],
  functions: [
    { name: "created", takes: { name: "String" } },
    { name: "gone" },
    { name: "old" },
    { name: "page", takes: { name: "Any" } },
    { name: "robots" },
    { name: "feed" },
    { name: "clock" },
    { name: "register", takes: { password: "String" } },
    { name: "token", takes: { user: "Int" } },
    { name: "kept" },
    { name: "count" },
    { name: "broadcast", takes: { text: "Any" } },
  ],
}));

__listen();
