import { createServer, answerOfCall } from "./runtime/server.js";
import { respond } from "./runtime/http_answers.js";
import { authentication } from "./runtime/http_auth.js";
import { auth } from "./runtime/http_guards.js";
import { upload, uploadGuard } from "./runtime/http_upload.js";
import { sign_jwt } from "./runtime/jwt.js";
import { openapi } from "./runtime/openapi.js";
import { websockets } from "./runtime/websockets.js";
import { map } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({ name: "files", port: 3000 });

__use(authentication({ type: "jwt", secret: "golden secret" }));

__use(upload({ max_size: 100_000, allowed_types: ["image/*", "text/plain"] }));

__use(websockets({
  auth: true,
  on_message: (ws, message) => ws.send(`${ws.request.user.name}: ${message}`),
}));

function login(name) {
  return sign_jwt({ name: name });
}

function add(title, photo) {
  if (photo == null) {
    return respond(400, { error: "no photo" });
  }
  return respond(201, { title: title, name: photo.name, size: photo.size });
}

function add_many(req) {
  return map(req.files, (file) => file.name);
}

// POST /login
__addRoute("POST", "/login", async (req) => {
  const body = await req.json();
  const name = body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  return login(name);
});

// POST /photos
const add_guards = [auth(), uploadGuard("photo")];
__addRoute(
  "POST",
  "/photos",
  async (req) => {
    const body = await req.json();
    const title = body.title;
    const photo = body.photo;
    const __validationErrors = [];
    if (title === undefined || title === null) __validationErrors.push("title is required");
    else if (typeof title !== "string") __validationErrors.push("title must be a string");
    if (__validationErrors.length > 0) {
      return Response.json({ error: "Validation failed", details: __validationErrors }, {
        status: 400,
      });
    }
    return add(title, photo);
  },
  { with: add_guards },
);

// PUT /photos
__addRoute("PUT", "/photos", add_many, { with: [uploadGuard("photo")] });

// POST /v1/photos
const add_guards2 = [auth(), uploadGuard("photo")];
__addRoute(
  "POST",
  "/v1/photos",
  async (req) => {
    const body = await req.json();
    const title = body.title;
    const photo = body.photo;
    const __validationErrors = [];
    if (title === undefined || title === null) __validationErrors.push("title is required");
    else if (typeof title !== "string") __validationErrors.push("title must be a string");
    if (__validationErrors.length > 0) {
      return Response.json({ error: "Validation failed", details: __validationErrors }, {
        status: 400,
      });
    }
    return add(title, photo);
  },
  { with: add_guards2 },
);

// POST /rpc/login
__addRoute("POST", "/rpc/login", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await login(name)) ?? null;
  if (result instanceof Response) return answerOfCall(result);
  return Response.json({ result });
});

// POST /rpc/add
__addRoute(
  "POST",
  "/rpc/add",
  async (req) => {
    const body = await req.json();
    const title = body.__args ? body.__args[0] : body.title;
    const photo = body.__args ? body.__args[1] : body.photo;
    const __validationErrors = [];
    if (title === undefined || title === null) __validationErrors.push("title is required");
    else if (typeof title !== "string") __validationErrors.push("title must be a string");
    if (__validationErrors.length > 0) {
      return Response.json({ error: "Validation failed", details: __validationErrors }, {
        status: 400,
      });
    }
    const result = (await add(title, photo)) ?? null;
    if (result instanceof Response) return answerOfCall(result);
    return Response.json({ result });
  },
  { with: [...add_guards, ...add_guards2] },
);

// GET /openapi.json
__use(openapi({
  title: "app files",
  routes: [
    { method: "POST", path: "/login", name: "login", takes: { name: "String" } },
    {
      method: "POST",
      path: "/photos",
      name: "add",
      takes: { title: "String", photo: "Any" },
      with: ["auth", "upload"],
    },
    { method: "PUT", path: "/photos", name: "add_many", with: ["upload"] },
    {
      method: "POST",
      path: "/v1/photos",
      name: "add",
      takes: { title: "String", photo: "Any" },
      with: ["auth", "upload"],
    },
  ],
  functions: [
    { name: "login", takes: { name: "String" } },
    { name: "add", takes: { title: "String", photo: "Any" }, with: ["auth", "upload"] },
  ],
}));

__listen();
