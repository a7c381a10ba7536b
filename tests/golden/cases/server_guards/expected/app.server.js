import { createServer, toInt, answerOfCall } from "./runtime/server.js";
import { respond } from "./runtime/http_answers.js";
import { variable } from "./runtime/environment.js";
import { authentication } from "./runtime/http_auth.js";
import { auth, role, rate_limit, timeout } from "./runtime/http_guards.js";
import { middleware } from "./runtime/http_middleware.js";
import { session } from "./runtime/http_session.js";
import { version } from "./runtime/http_versions.js";
import { openapi } from "./runtime/openapi.js";
import { print } from "./runtime/core.js";

const { __use, __addRoute, __listen } = createServer({ port: 3000 });

const SECRET = variable("SECRET", "String");

__use(authentication({ secret: SECRET }));

__use(session({ secret: SECRET, same_site: "Strict" }));

function secret_list(n) {
  return [n];
}

function profile(req) {
  return req.user;
}

async function logged(req, next) {
  const answer = await next(req);
  print(req.path);
  return answer;
}

function only(name) {
  return async (req, next) => (req.query.name === name ? await next(req) : respond(403, {}));
}

// GET /secret/:n
const secret_list_guards = [auth(), role("admin")];
__addRoute(
  "GET",
  "/secret/:n",
  async (req) => {
    const n = toInt(req.params.n);
    const __validationErrors = [];
    if (n === undefined || n === null) __validationErrors.push("n is required");
    else if (!Number.isSafeInteger(n)) __validationErrors.push("n must be an integer");
    if (__validationErrors.length > 0) {
      return Response.json({ error: "Validation failed", details: __validationErrors }, {
        status: 400,
      });
    }
    return secret_list(n);
  },
  { with: secret_list_guards },
);

// POST /secret
const secret_list_guards2 = [
  rate_limit(10, 60),
  middleware(logged, { next: true }),
  middleware(only("x"), { next: true }),
];
__addRoute(
  "POST",
  "/secret",
  async (req) => {
    const body = await req.json();
    const n = body.n;
    const __validationErrors = [];
    if (n === undefined || n === null) __validationErrors.push("n is required");
    else if (!Number.isSafeInteger(n)) __validationErrors.push("n must be an integer");
    if (__validationErrors.length > 0) {
      return Response.json({ error: "Validation failed", details: __validationErrors }, {
        status: 400,
      });
    }
    return secret_list(n);
  },
  { with: secret_list_guards2 },
);

// GET /profile
__addRoute("GET", "/profile", profile, { with: [auth(), timeout(500)] });

// GET /hi/:name
__addRoute("GET", "/hi/:name", (req) => {
  const name = req.params.name;
  return `Hi ${name} ${req.method}`;
});

const api_v1_guards = [version({ version: "1", deprecated: true, sunset: "2026-06-01" })];

// GET /api/v1
__addRoute("GET", "/api/v1", profile, { with: api_v1_guards });
{
  function only_in(req, res) {
    res.setHeader("X-In", "1");
  }
  const in_guards = [middleware(only_in)];
  function local() {
    return 5;
  }

  // GET /api/v1/in/local
  __addRoute("GET", "/api/v1/in/local", () => local(), { with: [...api_v1_guards, ...in_guards] });

  // GET /api/v1/in/b
  __addRoute(
    "GET",
    "/api/v1/in/b",
    (req) => {
      const x = req.query.x;
      if (x == null) {
        return respond(400, {});
      }
      return x;
    },
    { with: [...api_v1_guards, ...in_guards, auth()] },
  );
}

// POST /rpc/secret_list
__addRoute(
  "POST",
  "/rpc/secret_list",
  async (req) => {
    const body = await req.json();
    const n = body.__args ? body.__args[0] : body.n;
    const __validationErrors = [];
    if (n === undefined || n === null) __validationErrors.push("n is required");
    else if (!Number.isSafeInteger(n)) __validationErrors.push("n must be an integer");
    if (__validationErrors.length > 0) {
      return Response.json({ error: "Validation failed", details: __validationErrors }, {
        status: 400,
      });
    }
    const result = (await secret_list(n)) ?? null;
    if (result instanceof Response) return answerOfCall(result);
    return Response.json({ result });
  },
  { with: [...secret_list_guards, ...secret_list_guards2] },
);

// GET /openapi.json
__use(openapi({
  title: "app",
  routes: [
    {
      method: "GET",
      path: "/secret/:n",
      name: "secret_list",
      takes: { n: "Int" },
      with: ["auth", "role"],
    },
    {
      method: "POST",
      path: "/secret",
      name: "secret_list",
      takes: { n: "Int" },
      with: ["rate_limit", "logged", "only"],
    },
    { method: "GET", path: "/profile", name: "profile", with: ["auth", "timeout"] },
    { method: "GET", path: "/hi/:name" },
    { method: "GET", path: "/api/v1", name: "profile", deprecated: true },
    { method: "GET", path: "/api/v1/in/local", name: "local", with: ["only_in"], deprecated: true },
    { method: "GET", path: "/api/v1/in/b", with: ["only_in", "auth"], deprecated: true },
  ],
  functions: [
    {
      name: "secret_list",
      takes: { n: "Int" },
      with: ["auth", "role", "rate_limit", "logged", "only"],
    },
  ],
}));

__listen();
