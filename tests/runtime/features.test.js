// What `__use` takes: features around requests, their order, their start and stop, and errors.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { createServer } from "../../codegen/runtime/server.js";
import { STAGE } from "../../codegen/runtime/http_features.js";
import { atEnd, exchange, finish, folder, post, socketClient, start } from "./support.js";

afterAll(finish);

process.env.TOVA_READY_FD = "none";
let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());

/** A server in this process with these features. */
function serve(...features) {
  const { __use, __addRoute, __addPage, __addSocket, __listen, __stop } = createServer({ port: 0 });
  features.forEach(__use);
  __addRoute("GET", "/", () => ({ ok: true }));
  __addRoute("GET", "/users/:id", (req) => ({ id: req.params.id, from: req.locals.from ?? null }));
  __addRoute("GET", "/own", () => new Response("own", { headers: { "X-Own": "1" } }));
  __addRoute("GET", "/redirect", () => Response.redirect("/own", 302));
  __addRoute("GET", "/fail", () => { throw new Error("secret"); });
  __addRoute("GET", "/fail_late", async () => { await Bun.sleep(1); throw new Error("secret"); });
  __addRoute("GET", "/refuse", () => { throw Object.assign(new Error("no"), { status: 409, expose: true }); });
  __addRoute("POST", "/echo", async (req) => (await req.text()).length);
  __addRoute("POST", "/rpc/f", async (req) => Response.json({ result: await req.json() }));
  __addRoute("POST", "/rpc/fail", () => { throw new Error("secret"); });
  __addSocket("/ws", (ws) => ws.send("open"));
  __addPage("/page", { title: "p", script: "a.js", modules: [], servers: {} });
  const server = __listen();
  atEnd(__stop);
  return { url: `http://127.0.0.1:${server.port}`, port: server.port, stop: __stop };
}

const letters = (name, seen, more = {}) => ({
  name,
  around: async (req, next) => {
    seen.push(`${name}>`);
    const response = await next();
    seen.push(`<${name}`);
    response.headers.append("X-Seen", name);
    return response;
  },
  ...more,
});

describe("around", () => {
  test("features stand in the order of their use, and of their stage before that", async () => {
    const seen = [];
    const { url } = serve(
      letters("a", seen), letters("b", seen), letters("who", seen, { stage: STAGE.IDENTIFY }),
      letters("share", seen, { stage: STAGE.SHARE }),
    );
    const response = await fetch(url);
    expect(await response.json()).toEqual({ ok: true });
    expect(seen).toEqual(["share>", "who>", "a>", "b>", "<b", "<a", "<who", "<share"]);
    expect(response.headers.get("x-seen")).toBe("b, a, who, share");
  });

  test("they stand around endpoints, pages and what is not there; those of routes do not", async () => {
    const seen = [];
    const { url } = serve(letters("all", seen), letters("routes", seen, { scope: "routes" }));
    const seenBy = async (answer) => (await answer).headers.get("x-seen");
    expect(await seenBy(fetch(url))).toBe("routes, all");
    expect(await seenBy(fetch(`${url}/users/1`))).toBe("routes, all");
    expect(await seenBy(fetch(`${url}/users/%31/`))).toBe("routes, all");
    expect(await seenBy(post(`${url}/rpc/f`, {}))).toBe("all");
    expect(await seenBy(post(`${url}/rpc/%66`, {}))).toBe("all");
    expect(await seenBy(post(`${url}/rpc/nope`, {}))).toBe("all");
    expect(await seenBy(fetch(`${url}/page`))).toBe("all");
    expect(await seenBy(fetch(`${url}/nope`))).toBe("all");
    expect(await seenBy(fetch(url, { method: "DELETE" }))).toBe("routes, all");
  });

  test("one that answers lets nothing through, also no socket", async () => {
    let ran = 0;
    const refuse = { around: (req, next) => (req.query.key === "1" ? next() : new Response("closed", { status: 403 })) };
    const { url } = serve(refuse, { around: (req, next) => { ran++; return next(); } });
    expect((await fetch(url)).status).toBe(403);
    expect((await post(`${url}/rpc/f`, {})).status).toBe(403);
    await expect(socketClient(`${url.replace("http", "ws")}/ws`)).rejects.toThrow();
    expect(ran).toBe(0);
    expect((await fetch(`${url}/?key=1`)).status).toBe(200);
    const client = await socketClient(`${url.replace("http", "ws")}/ws?key=1`);
    expect(await client.receive()).toBe("open");
  });

  test("what it leaves in req.locals is there for the handler, and for no other request", async () => {
    const { url } = serve({ around: (req, next) => {
      if (req.query.from) req.locals.from = req.query.from;
      return next();
    } });
    expect(await (await fetch(`${url}/users/1?from=a`)).json()).toEqual({ id: "1", from: "a" });
    expect(await (await fetch(`${url}/users/1`)).json()).toEqual({ id: "1", from: null });
  });

  test("what it throws is a 500 that says nothing", async () => {
    const { url } = serve({ around: () => { throw new Error("secret"); } });
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([500, '{"error":"Internal server error"}']);
  });
});

describe("onError", () => {
  const answers = (seen) => ({ onError: async (error, req) => {
    seen.push(`${req.path} ${error.message}`);
    return req.query.pass ? undefined : new Response("sorry", { status: 503 });
  } });

  test("it sees what handlers throw, and its Response is the answer", async () => {
    const seen = [];
    const { url } = serve(answers(seen));
    for (const response of [await fetch(`${url}/fail`), await fetch(`${url}/fail_late`), await post(`${url}/rpc/fail`, {})]) {
      expect([response.status, await response.text()]).toEqual([503, "sorry"]);
    }
    expect(seen).toEqual(["/fail secret", "/fail_late secret", "/rpc/fail secret"]);
    expect((await fetch(`${url}/fail?pass=1`)).status).toBe(500);
  });

  test("errors that are meant for the client are not its business", async () => {
    const seen = [];
    const { url } = serve(answers(seen));
    const refused = await fetch(`${url}/refuse`);
    expect([refused.status, await refused.json()]).toEqual([409, { error: "no" }]);
    expect((await post(`${url}/rpc/f`, "{")).status).toBe(400);
    expect(seen).toEqual([]);
  });

  test("one that fails itself is a 500", async () => {
    const { url } = serve({ onError: () => { throw new Error("again"); } });
    expect(await (await fetch(`${url}/fail`)).json()).toEqual({ error: "Internal server error" });
  });
});

describe("start and stop", () => {
  test("requests wait until all have started, and stops run in the other order", async () => {
    const seen = [];
    const slow = (name) => ({
      start: async ({ port }) => { await Bun.sleep(20); seen.push(`start ${name} ${port > 0}`); },
      stop: () => { seen.push(`stop ${name}`); },
    });
    const { url, stop } = serve(slow("a"), slow("b"));
    expect(await (await fetch(url)).json()).toEqual({ ok: true });
    expect(seen).toEqual(["start a true", "start b true"]);
    await stop();
    expect(seen.slice(2)).toEqual(["stop b", "stop a"]);
  });

  test("a server whose feature cannot start ends and says so", async () => {
    const main = `import { createServer } from "./runtime/server.js";
const { __use, __listen } = createServer({ name: "api", port: 0 });
__use({ start: async () => { throw new Error("no queue"); } });
__listen();`;
    const child = await start(folder({ files: { "main.js": main } }), "main.js");
    expect(await child.process.exited).toBe(1);
    expect(child.port).toBe(null);
    expect(await child.stderr()).toContain("server:api cannot start");
    expect(await child.stderr()).toContain("no queue");
  });

  test("routes of a feature are routes", async () => {
    const { url } = serve({ routes: (add) => add("GET", "/made/:n", (req) => ({ n: req.params.n })) });
    expect(await (await fetch(`${url}/made/7`)).json()).toEqual({ n: "7" });
  });
});

describe("with", () => {
  test("what stands around one route stands around it alone", async () => {
    const { __addRoute, __addSocket, __listen, __stop } = createServer({ port: 0 });
    const key = { around: (req, next) => (req.query.key === "1" ? next() : Response.json({ error: "Unauthorized" }, { status: 401 })) };
    const count = { around: async (req, next) => { const response = await next(); response.headers.set("X-Count", "1"); return response; } };
    let ran = 0;
    __addRoute("GET", "/guarded/:id", (req) => { ran++; return req.params.id === "0" ? null : { id: req.params.id }; }, { with: [key, count] });
    __addRoute("GET", "/open", () => ({ open: true }));
    __addRoute("POST", "/rpc/guarded", () => { ran++; return Response.json({ result: 1 }); }, { with: [key] });
    __addSocket("/ws", (ws) => ws.send("in"), { with: [key] });
    const server = __listen();
    atEnd(__stop);
    const url = `http://127.0.0.1:${server.port}`;
    expect((await fetch(`${url}/guarded/1`)).status).toBe(401);
    expect((await fetch(`${url}/guarded/1`, { method: "HEAD" })).status).toBe(401);
    expect((await post(`${url}/rpc/guarded`, {})).status).toBe(401);
    expect((await post(`${url}/rpc/%67uarded`, {})).status).toBe(401);
    await expect(socketClient(`ws://127.0.0.1:${server.port}/ws`)).rejects.toThrow();
    expect(ran).toBe(0);
    expect((await fetch(`${url}/open`)).status).toBe(200);
    const answer = await fetch(`${url}/guarded/1?key=1`);
    expect([await answer.json(), answer.headers.get("x-count")]).toEqual([{ id: "1" }, "1"]);
    expect((await fetch(`${url}/guarded/0?key=1`)).status).toBe(404);
    expect(await (await socketClient(`ws://127.0.0.1:${server.port}/ws?key=1`)).receive()).toBe("in");
  });
});

describe("max_body", async () => {
  const { maxBody } = await import("../../codegen/runtime/http_limits.js");

  test("a body over the limit is 413, declared or in pieces", async () => {
    const { url, port } = serve(maxBody(10));
    expect(await (await fetch(`${url}/echo`, { method: "POST", body: "x".repeat(10) })).json()).toBe(10);
    expect((await fetch(`${url}/echo`, { method: "POST", body: "x".repeat(11) })).status).toBe(413);
    expect((await post(`${url}/rpc/f`, { a: "123456" })).status).toBe(413);
    const pieces = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nxxxxxxxx\r\n8\r\nxxxxxxxx\r\n0\r\n\r\n";
    expect((await exchange(port, pieces)).status).toBe(413);
    expect((await fetch(`${url}/`)).status).toBe(200);
  });

  test("it may be more than the usual limit, and a variable's text", async () => {
    const { url } = serve(maxBody("3000000"));
    expect(await (await fetch(`${url}/echo`, { method: "POST", body: "x".repeat(2_000_000) })).json()).toBe(2_000_000);
  });

  test("what is no number of bytes is told", () => {
    for (const wrong of [0, -1, 1.5, NaN, "5 MB", undefined, {}]) expect(() => maxBody(wrong)).toThrow("number of bytes");
  });
});

describe("cors", async () => {
  const { cors } = await import("../../codegen/runtime/http_cors.js");
  const from = (url, origin, init = {}) => fetch(url, { ...init, headers: { Origin: origin, ...init.headers } });
  const shared = ({ headers }) => [headers.get("access-control-allow-origin"), headers.get("access-control-allow-credentials"), headers.get("vary")];
  const ask = (url, origin, method = "DELETE", more = {}) => from(url, origin, {
    method: "OPTIONS", headers: { "Access-Control-Request-Method": method, ...more },
  });

  test("pages of named origins read answers, also refusals, others do not", async () => {
    const { url } = serve(cors({ origins: ["https://a.example"], credentials: true, exposed: ["X-Own"] }));
    const own = await from(`${url}/own`, "https://a.example");
    expect(shared(own)).toEqual(["https://a.example", "true", "Origin"]);
    expect([own.headers.get("x-own"), own.headers.get("access-control-expose-headers")]).toEqual(["1", "X-Own"]);
    expect(shared(await from(`${url}/fail`, "https://a.example"))[0]).toBe("https://a.example");
    expect(shared(await from(`${url}/redirect`, "https://a.example", { redirect: "manual" }))[0]).toBe("https://a.example");
    for (const origin of ["https://b.example", "https://a.example.evil", "http://a.example", "null", "https://a.example:8443"]) {
      expect([origin, ...shared(await from(`${url}/own`, origin))]).toEqual([origin, null, null, "Origin"]);
    }
    expect(shared(await fetch(`${url}/own`))).toEqual([null, null, "Origin"]);
  });

  test("the question before a request is answered, for allowed origins only", async () => {
    const { url } = serve(cors({ origins: "https://a.example", methods: ["GET", "DELETE"], headers: ["X-A"], max_age: 5 }));
    const asked = await ask(url, "https://a.example");
    expect([asked.status, ...shared(asked)]).toEqual([204, "https://a.example", null, "Origin, Access-Control-Request-Headers"]);
    const head = (name) => asked.headers.get(`access-control-${name}`);
    expect([head("allow-methods"), head("allow-headers"), head("max-age")]).toEqual(["GET, DELETE", "X-A", "5"]);
    const foreign = await ask(url, "https://b.example");
    expect([foreign.status, foreign.headers.get("access-control-allow-methods"), shared(foreign)[0]]).toEqual([204, null, null]);
  });

  test("without origins every page may read, without cookies", async () => {
    const { url } = serve(cors());
    expect(shared(await from(`${url}/own`, "https://b.example"))).toEqual(["*", null, null]);
    const asked = await ask(url, "https://b.example", "PUT", { "Access-Control-Request-Headers": "x-b" });
    expect([shared(asked)[0], asked.headers.get("access-control-allow-headers")]).toEqual(["*", "x-b"]);
  });

  test("named origins may call endpoints, and everyone may not", async () => {
    const call = async (options, origin) => (await post(`${serve(cors(options)).url}/rpc/f`, {}, { Origin: origin })).status;
    expect(await call({ origins: ["https://a.example"] }, "https://a.example")).toBe(200);
    expect(await call({ origins: ["https://a.example"] }, "https://b.example")).toBe(403);
    expect(await call({ origins: ["*"] }, "https://b.example")).toBe(403);
  });

  test("settings that would share too much, or nothing, are refused", () => {
    expect(() => cors({ credentials: true })).toThrow("credentials need origins");
    expect(() => cors({ origins: ["*", "https://a.example"], credentials: true })).toThrow("credentials need origins");
    for (const wrong of ["a.example", "https://a.example/", "https://a.example/path", "", 5, "null"]) {
      expect(() => cors({ origins: [wrong] })).toThrow("is no origin");
    }
  });
});
