// server.js against what honest and hostile clients send. One program with a bit of everything.
import { afterAll, describe, expect, test } from "bun:test";
import { connect as connectSocket } from "node:net";
import { exchange, finish, folder, freePort, post, socketClient, start } from "./support.js";

afterAll(finish);

const PROGRAM = `
import { createServer, HttpError, checkType, soleArgument, toInt } from "./runtime/server.js";
import { None, Some } from "./runtime/result.js";
const { __addRoute, __addSocket, __addMiddleware, __addPage, __listen } = createServer({
  name: "main-api", port: 3000, root: import.meta.dir, servers: { "main-api": 3000, events: 3001 },
});
const echo = async (req) => {
  const body = await req.json();
  return Response.json({ result: body });
};
__addRoute("POST", "/rpc/echo", echo);
__addRoute("POST", "/rpc/deep", async (req) => { await req.json(); return Response.json({ result: 1 }); });
__addRoute("POST", "/both", async (req) => [await req.json(), await req.text(), await req.json()]);
__addRoute("POST", "/rpc/fail", () => { throw new Error("secret in /etc/passwd"); });
__addRoute("POST", "/rpc/fail_oddly", () => { throw undefined; });
__addRoute("POST", "/rpc/teapot", () => { throw Object.assign(new Error("short and stout"), { status: 418, expose: true, details: ["a"] }); });
__addRoute("POST", "/rpc/hidden", () => { throw Object.assign(new Error("secret"), { status: 418 }); });
__addRoute("POST", "/rpc/pollution", async (req) => {
  const target = Object.assign({}, await req.json());
  return Response.json({ result: { own: Object.keys(target), polluted: ({}).admin ?? null, inherited: target.admin ?? null } });
});
__addRoute("POST", "/rpc/sole", async (req) => {
  const body = await req.json();
  const user = body.__args ? body.__args[0] : soleArgument(body, "user");
  return Response.json({ result: user ?? null });
});
__addRoute("GET", "/found/:id", (req) => (req.params.id === "0" ? None : Some(req.params.id)));
__addRoute("GET", "/later/:id", async () => None);
__addRoute("GET", "/users/:id", (req) => (req.params.id === "0" ? null : { id: req.params.id }));
__addRoute("GET", "/users/me", () => ({ me: true }));
__addRoute("PUT", "/users/:user", async (req) => ({ user: req.params.user, ...(await req.json()) }));
__addRoute("GET", "/files/*path", (req) => ({ path: req.params.path }));
__addRoute("GET", "/query", (req) => ({ ...req.query, limit: toInt(req.query.limit) ?? null }));
__addRoute("GET", "/seen", (req) => ({
  method: req.method, path: req.path, header: req.headers["X-Name"], get: req.headers.get("x-name"),
  missing: req.headers["nope"] === undefined && req.headers.get("nope") === null,
  inside: "x-name" in req.headers, all: Object.keys(req.headers).includes("x-name"),
  cookies: req.cookies, ip: req.ip, url: req.url,
}));
__addRoute("GET", "/nothing", () => null);
__addRoute("GET", "/text", () => new Response("plain", { headers: { "X-Own": "1" } }));
__addRoute("GET", "/redirect", () => Response.redirect("/text", 302));
__addRoute("GET", "/error", async () => { throw new HttpError(409, "taken"); });
__addRoute("GET", "/crash", async () => { throw new Error("secret"); });
__addRoute("GET", "/loop", async () => { const loop = {}; loop.self = loop; return loop; });
__addRoute("GET", "/stream", async function* () { yield { n: 1 }; yield "two\\nlines"; });
__addRoute("GET", "/count", function* () { yield 1; yield 2; });
__addRoute("GET", "/page-too", () => "route");
__addSocket("/ws/:room", (ws) => {
  ws.on("message", (data) => {
    if (data === "throw") throw new Error("in a listener");
    if (data === "close") ws.close(4001, "asked");
    else ws.send(typeof data === "string" ? ws.request.params.room + ":" + data : data);
  });
  ws.on("error", (error) => ws.send("error: " + error.message));
});
__addSocket("/late", async (ws) => {
  await Bun.sleep(50);
  ws.on("message", (data) => ws.send("late " + data));
});
__addPage("/", { title: "</title><script>alert(1)</script>", script: "app.client.js", modules: ["app.client.js", "missing.js"], servers: { "main-api": 3000, events: 3001 } });
if (process.env.BAD_PAGE) __addPage("/bad", { title: "", script: "", modules: [process.env.BAD_PAGE] });
__listen();
`;

const files = { "main.js": PROGRAM, "app.client.js": "export {};\n", "app.server.js": "secret\n", "app.client.js.map": "{}" };

const started = (async () => start(folder({ files }), "main.js", { PORT_MAIN_API: "0", PORT_EVENTS: "4999", TOVA_ORIGINS: "https://trusted.example, https://other.example/" }))();

const json = async (response) => ({ status: response.status, body: await response.json() });

describe("bodies", () => {
  test("both forms arrive, an empty body is an empty object", async () => {
    const { url } = await started;
    expect(await json(await post(`${url}/rpc/echo`, { a: 1 }))).toEqual({ status: 200, body: { result: { a: 1 } } });
    expect(await json(await fetch(`${url}/rpc/echo`, { method: "POST" }))).toEqual({ status: 200, body: { result: {} } });
  });

  test("a route may read a body as JSON and as text", async () => {
    const { url } = await started;
    expect(await (await post(`${url}/both`, '{ "a":1}')).json()).toEqual([{ a: 1 }, '{ "a":1}', { a: 1 }]);
    expect((await post(`${url}/both`, "{")).status).toBe(400);
    const polluted = await post(`${url}/both`, '{"__proto__":{"admin":true},"b":{"__tag":"None"}}');
    expect((await polluted.json())[0]).toEqual({ b: { __tag: "None" } });
  });

  test("a sole argument is the body, unless the body names it", async () => {
    const { url } = await started;
    const sole = async (body) => (await (await post(`${url}/rpc/sole`, body)).json()).result;
    expect(await sole({ name: "A" })).toEqual({ name: "A" });
    expect(await sole({ user: { name: "B" } })).toEqual({ name: "B" });
    expect(await sole({ __args: [null] })).toBe(null);
    expect(await sole({})).toBe(null);
    expect(await sole({ toString: 1 })).toEqual({ toString: 1 });
  });

  test("what is not an object of JSON is 400", async () => {
    const { url } = await started;
    for (const body of ["{", "", " ", "null", "[1]", "1", "true", '"x"', '{"a":1}}', "\u0000"]) {
      const { status } = await post(`${url}/rpc/echo`, body);
      expect([body, status]).toEqual([body, body === "" ? 200 : 400]);
    }
    expect((await post(`${url}/rpc/echo`, "[".repeat(500_000))).status).toBe(400);
    expect((await post(`${url}/rpc/deep`, `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)).status).toBe(400);
  });

  test("__proto__ is dropped, also when it is written with escapes, and elsewhere", async () => {
    const { url } = await started;
    for (const key of ["__proto__", "\\u005f_proto__", "__\\u0070roto__"]) {
      const response = await post(`${url}/rpc/pollution`, `{"${key}":{"admin":true},"a":1}`);
      expect(await response.json()).toEqual({ result: { own: ["a"], polluted: null, inherited: null } });
    }
    const nested = await post(`${url}/rpc/echo`, '{"a":[{"__proto__":{"admin":true}}]}');
    expect(await nested.json()).toEqual({ result: { a: [{}] } });
  });

  test("a body over the limit is 413, declared or not", async () => {
    const { url, port } = await started;
    const big = JSON.stringify({ text: "x".repeat(1 << 20) });
    expect(await json(await post(`${url}/rpc/echo`, big))).toEqual({ status: 413, body: { error: "Payload too large" } });
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 40; i++) controller.enqueue(new TextEncoder().encode("x".repeat(1 << 16)));
        controller.close();
      },
    });
    const chunked = await fetch(`${url}/rpc/echo`, { method: "POST", body: stream, headers: { "Content-Type": "application/json" } });
    expect(chunked.status).toBe(413);
    const lie = await exchange(port, "POST /rpc/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{}");
    expect(lie.status).toBe(413);
    const small = "x".repeat((1 << 20) - 20);
    expect((await post(`${url}/rpc/echo`, { text: small })).status).toBe(200);
  });

  test("a body in pieces without a length is read to its end", async () => {
    const { port } = await started;
    const head = "POST /rpc/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    const answer = await exchange(port, `${head}4\r\n{"a"\r\n6\r\n:"\u00c3\u00a4"}\r\n0\r\n\r\n`);
    expect(answer.status).toBe(200);
  });

  test("only JSON is taken", async () => {
    const { url } = await started;
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx"]) {
      const response = await post(`${url}/rpc/echo`, "{}", { "Content-Type": type });
      expect(response.status).toBe(415);
      expect((await response.json()).error).toContain("Content-Type: application/json");
    }
    expect((await post(`${url}/rpc/echo`, "{}", { "Content-Type": "Application/JSON; charset=utf-8" })).status).toBe(200);
  });
});

describe("RPC from pages", () => {
  const call = async (origin, more = {}) => {
    const { url } = await started;
    return fetch(`${url}/rpc/echo`, { method: "POST", body: "{}", headers: { "Content-Type": "application/json", Origin: origin }, ...more });
  };

  test("own, peer and trusted origins pass, others do not", async () => {
    const { port } = await started;
    const good = [`http://127.0.0.1:${port}`, `http://localhost:${port}`, "http://127.0.0.1:4999", "https://trusted.example", "https://other.example"];
    for (const origin of good) {
      const response = await call(origin);
      expect([origin, response.status]).toEqual([origin, 200]);
      expect(response.headers.get("access-control-allow-origin")).toBe(origin);
      expect(response.headers.get("access-control-allow-credentials")).toBe("true");
      expect(response.headers.get("vary")).toBe("Origin");
    }
    const bad = ["https://evil.example", "null", `http://evil.example:${port}`, "http://127.0.0.1:5001", "file://", "garbage", `http://127.0.0.1.evil.example:${port}`, "http://trusted.example", `ftp://127.0.0.1:${port}`];
    for (const origin of bad) {
      const response = await call(origin);
      expect([origin, response.status]).toEqual([origin, 403]);
      expect(response.headers.get("access-control-allow-origin")).toBe(null);
    }
  });

  test("a preflight allows the CSRF header and others", async () => {
    const { url } = await started;
    const ask = (origin) => fetch(`${url}/rpc/echo`, {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-tova-csrf,authorization" },
    });
    const response = await ask("https://trusted.example");
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-headers")).toBe("content-type,x-tova-csrf,authorization");
    expect(response.headers.get("access-control-allow-methods")).toBe("POST");
    expect((await ask("https://evil.example")).status).toBe(403);
  });

  test("errors can be read by the page that called", async () => {
    const { url } = await started;
    const response = await post(`${url}/rpc/nope`, {}, { Origin: "https://trusted.example" });
    expect(response.status).toBe(404);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://trusted.example");
  });

  test("other methods are 405, unknown functions 404, names of objects included", async () => {
    const { url } = await started;
    for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
      const response = await fetch(`${url}/rpc/echo`, { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
    for (const name of ["nope", "toString", "constructor", "__proto__", "", "echo/x", "echo/"]) {
      expect([name, (await post(`${url}/rpc/${name}`, {})).status]).toEqual([name, 404]);
    }
    expect((await post(`${url}/rpc/%65cho`, {})).status).toBe(200);
    expect((await post(`${url}/rpc/%ff`, {})).status).toBe(400);
  });
});

describe("errors", () => {
  test("what a function throws is not shown", async () => {
    const { url } = await started;
    for (const name of ["fail", "fail_oddly", "hidden"]) {
      const response = await post(`${url}/rpc/${name}`, {});
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('{"error":"Internal server error"}');
    }
    expect((await fetch(`${url}/loop`)).status).toBe(500);
    expect(await json(await fetch(`${url}/crash`))).toEqual({ status: 500, body: { error: "Internal server error" } });
  });

  test("an error that says so is", async () => {
    const { url } = await started;
    expect(await json(await post(`${url}/rpc/teapot`, {}))).toEqual({ status: 418, body: { error: "short and stout", details: ["a"] } });
    expect(await json(await fetch(`${url}/error`))).toEqual({ status: 409, body: { error: "taken" } });
  });
});

describe("routes", () => {
  const get = async (path, options) => json(await fetch(`${(await started).url}${path}`, options));

  test("parameters are decoded, static segments win, the rest is taken whole", async () => {
    expect(await get("/users/a%20b%2Fc")).toEqual({ status: 200, body: { id: "a b/c" } });
    expect(await get("/users/me")).toEqual({ status: 200, body: { me: true } });
    expect(await get("/users/me/")).toEqual({ status: 200, body: { me: true } });
    expect(await get("/users/%6de")).toEqual({ status: 200, body: { me: true } });
    expect(await get("/files/a/b%2e/c")).toEqual({ status: 200, body: { path: "a/b./c" } });
    expect(await get("/users/0")).toEqual({ status: 404, body: { error: "Not found" } });
    expect(await get("/nothing")).toEqual({ status: 200, body: null });
  });

  test("a look-up that gives None has found nothing, as one that gives nil", async () => {
    expect(await get("/found/0")).toEqual({ status: 404, body: { error: "Not found" } });
    expect(await get("/later/1")).toEqual({ status: 404, body: { error: "Not found" } });
    expect(await get("/found/7")).toEqual({ status: 200, body: { __tag: "Some", value: "7" } });
  });

  test("names of parameters belong to their own method", async () => {
    const response = await fetch(`${(await started).url}/users/7`, { method: "PUT", body: '{"a":1}' });
    expect(await response.json()).toEqual({ user: "7", a: 1 });
  });

  test("bad encoding is 400, unknown paths are 404 JSON", async () => {
    expect((await get("/users/%zz")).status).toBe(400);
    expect((await get("/users/%ff")).status).toBe(400);
    for (const path of ["/nope", "/users", "/users/1/2", "/users//"]) {
      expect([path, await get(path)]).toEqual([path, { status: 404, body: { error: "Not found" } }]);
    }
  });

  test("a request without a usable Host, or with an odd path, is answered like any other", async () => {
    const { port } = await started;
    const status = async (line, host) => (await exchange(port, `${line} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status;
    expect(await status("GET /users/me", "a b")).toBe(200);
    expect(await status("GET /users/me", "x/y?z")).toBe(200);
    expect(await status("GET /users/me?x=/rpc/echo", "x@y:1")).toBe(200);
    expect(await status("GET //users/me", "x")).toBe(404);
    expect(await status("GET //users/me", "a b")).toBe(404);
    expect([400, 404]).toContain(await status("OPTIONS *", "x"));
  });

  test("other methods are 405 with Allow; HEAD and OPTIONS are answered", async () => {
    const { url } = await started;
    const wrong = await fetch(`${url}/users/1`, { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, PUT, HEAD, OPTIONS"]);
    const head = await fetch(`${url}/users/1`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-type")).toContain("application/json");
    const options = await fetch(`${url}/users/1`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, PUT, HEAD, OPTIONS"]);
  });

  test("the query is text, several values are a list, __proto__ is a name", async () => {
    expect((await get("/query?limit=10&a=x+y&b=1&b=2&e=")).body).toEqual({ limit: 10, a: "x y", b: ["1", "2"], e: "" });
    expect((await get("/query?limit=ten&%zz=%zz")).body).toEqual({ limit: "ten", "%zz": "%zz" });
    expect((await get("/query?__proto__=x&toString=y")).body.toString).toBe("y");
  });

  test("the request as a handler sees it", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/seen?x=1`, { headers: { "x-name": "N", cookie: 'a=1; b=%20c; d="q"; a=2; bad=%zz' } });
    expect(await response.json()).toEqual({
      method: "GET", path: "/seen", header: "N", get: "N", missing: true, inside: true, all: true,
      cookies: { a: "1", b: " c", d: "q", bad: "%zz" }, ip: "127.0.0.1", url: `${url}/seen?x=1`,
    });
  });

  test("responses pass as they are, generators are streams of events", async () => {
    const { url } = await started;
    const text = await fetch(`${url}/text`);
    expect([await text.text(), text.headers.get("x-own")]).toEqual(["plain", "1"]);
    expect((await fetch(`${url}/redirect`, { redirect: "manual" })).status).toBe(302);
    const stream = await fetch(`${url}/stream`);
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect(await stream.text()).toBe('data: {"n":1}\n\ndata: two\ndata: lines\n\n');
    expect(await (await fetch(`${url}/count`)).text()).toBe("data: 1\n\ndata: 2\n\n");
  });
});

describe("pages", () => {
  test("only the modules that are listed leave the server", async () => {
    const { port, url } = await started;
    expect((await fetch(`${url}/app.client.js`)).status).toBe(200);
    const paths = ["/app.server.js", "/app.client.js.map", "/main.js", "/missing.js", "/../main.js", "/app.client.js/../app.server.js",
      "/%2e%2e/main.js", "/..%2fmain.js", "/runtime/server.js", "/.//app.client.js", "/app.client.js%00", "/%00"];
    for (const path of paths) {
      const { status, body } = await exchange(port, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect([path, status]).toEqual([path, status === 400 ? 400 : 404]);
      expect(body).not.toContain("secret");
    }
  });

  test("what the page says cannot become markup, and is not guessed at", async () => {
    const response = await fetch((await started).url);
    const html = await response.text();
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("<title>&lt;/title&gt;");
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toContain("/__tova/");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const post_to_page = await fetch((await started).url, { method: "POST" });
    expect([post_to_page.status, post_to_page.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  test("a page that lists a server's file does not start", async () => {
    for (const name of ["app.server.js", "app.server.api.js", "../x.js", "a/../../x.js", "/etc/passwd", "./x.js"]) {
      const { port, process, stderr } = await start(folder({ files }), "main.js", { PORT: "0", BAD_PAGE: name });
      expect([name, port]).toEqual([name, null]);
      expect(await process.exited).not.toBe(0);
      expect(await stderr()).toContain(`a page must not load ${name}`);
    }
  });
});

describe("sockets", () => {
  const at = async (path) => `ws://127.0.0.1:${(await started).port}${path}`;

  test("messages, parameters, bytes, errors of listeners, closing", async () => {
    const client = await socketClient(await at("/ws/blue%20room"));
    client.send("hi");
    expect(await client.receive()).toBe("blue room:hi");
    client.socket.binaryType = "arraybuffer";
    client.send(new Uint8Array([1, 2, 3]));
    expect([...new Uint8Array(await client.receive())]).toEqual([1, 2, 3]);
    client.send("throw");
    expect(await client.receive()).toBe("error: in a listener");
    client.send("close");
    const { code, reason } = await client.closed;
    expect([code, reason]).toEqual([4001, "asked"]);
  });

  test("messages wait for a handler that waits", async () => {
    const client = await socketClient(await at("/late"));
    client.send("1");
    client.send("2");
    expect([await client.receive(), await client.receive()]).toEqual(["late 1", "late 2"]);
  });

  test("foreign origins are refused, own ones are not", async () => {
    const { port } = await started;
    const url = await at("/ws/a");
    await expect(socketClient(url, { Origin: "https://evil.example" })).rejects.toThrow("no connection");
    const own = await socketClient(url, { Origin: `http://127.0.0.1:${port}` });
    expect(own.socket.readyState).toBe(WebSocket.OPEN);
  });

  test("other requests to a socket's path are told what it is", async () => {
    const { url } = await started;
    expect((await fetch(`${url}/ws/a`)).status).toBe(426);
    expect((await fetch(`${url}/ws/a`, { method: "POST" })).status).toBe(426);
    const broken = await fetch(`${url}/ws/a`, { headers: { Upgrade: "websocket" } });
    expect(broken.status).toBe(400);
  });
});

describe("the process", () => {
  test("details of errors are on stderr, with the function's name", async () => {
    const server = await start(folder({ files }), "main.js", { PORT: "0" });
    await post(`${server.url}/rpc/fail`, {});
    expect(await server.stop()).toBe(0);
    expect(await server.stderr()).toContain("server:main-api POST /rpc/fail: Error: secret in /etc/passwd");
  });

  test("a port in use is one line and exit code 98", async () => {
    const { port } = await started;
    const second = await start(folder({ files }), "main.js", { PORT_MAIN_API: String(port) });
    expect(second.port).toBe(null);
    expect(await second.process.exited).toBe(98);
    expect(await second.stderr()).toBe(`Port ${port} for server:main-api is in use. Set PORT_MAIN_API to another one.\n`);
  });

  test("the more particular variable wins, and a bad one is told", async () => {
    const [own, other] = [await freePort(), await freePort()];
    const env = { PORT_MAIN_API: String(own), PORT: String(other) };
    const server = await start(folder({ files }), "main.js", env);
    expect(server.port).toBe(own);
    const bad = await start(folder({ files }), "main.js", { PORT: "many" });
    expect(await bad.process.exited).toBe(78);
    expect(await bad.stderr()).toBe('PORT must be a port number, not "many"\n');
  });

  test("in development it listens on loopback, serves maps, takes only loopback names, and ends with stdin", async () => {
    const server = await start(folder({ files }), "main.js", { PORT: "0", TOVA_DEV: "1", TOVA_HOST: "" });
    expect((await fetch(`${server.url}/app.client.js.map`)).headers.get("content-type")).toBe("application/json;charset=utf-8");
    expect(await (await fetch(server.url)).text()).toContain("/__tova/reload");
    const rebound = await post(`${server.url}/rpc/echo`, {}, { Host: `evil.example:${server.port}`, Origin: `http://evil.example:${server.port}` });
    expect(rebound.status).toBe(403);
    const statusFor = async (path, host, method = "GET") => (await fetch(server.url + path, { method, headers: { Host: host, "Content-Type": "application/json" } })).status;
    for (const host of ["evil.example", `evil.example:${server.port}`, "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0", "[::2]", "%", "192.168.0.7"]) {
      expect([host, await statusFor("/", host), await statusFor("/app.client.js", host), await statusFor("/rpc/echo", host, "POST")]).toEqual([host, 403, 403, 403]);
    }
    for (const host of ["localhost", `localhost:${server.port}`, "127.0.0.1:1", "[::1]", "LOCALHOST"]) {
      expect([host, await statusFor("/", host), await statusFor("/rpc/echo", host, "POST")]).toEqual([host, 200, 200]);
    }
    server.process.stdin.end();
    expect(await server.process.exited).toBe(0);
  });

  test("in development a name of TOVA_ORIGINS is known, and with TOVA_HOST all are", async () => {
    const status = async ({ url }, host) => (await fetch(url, { headers: { Host: host } })).status;
    const tunnel = await start(folder({ files }), "main.js", { PORT: "0", TOVA_DEV: "1", TOVA_HOST: "", TOVA_ORIGINS: "https://mine.example" });
    expect([await status(tunnel, "mine.example"), await status(tunnel, "other.example")]).toEqual([200, 403]);
    const network = await start(folder({ files }), "main.js", { PORT: "0", TOVA_DEV: "1", TOVA_HOST: "0.0.0.0" });
    expect(await status(network, "192.168.0.7")).toBe(200);
    const own = { Host: `192.168.0.7:${network.port}`, Origin: `http://192.168.0.7:${network.port}` };
    expect((await post(`${network.url}/rpc/echo`, {}, own)).status).toBe(200);
  });

  test("TOVA_BODY_TIMEOUT has to be a number of seconds", async () => {
    for (const wrong of ["soon", "0", "-1"]) {
      const bad = await start(folder({ files }), "main.js", { TOVA_BODY_TIMEOUT: wrong });
      expect(await bad.process.exited).toBe(78);
      expect(await bad.stderr()).toBe(`TOVA_BODY_TIMEOUT must be a number of seconds, not "${wrong}"\n`);
    }
  });

  test("pages hear of a reload", async () => {
    const server = await start(folder({ files }), "main.js", { PORT: "0", TOVA_DEV: "1" });
    const stream = (await fetch(`${server.url}/__tova/reload`)).body.getReader();
    const read = async () => new TextDecoder().decode((await stream.read()).value);
    expect(await read()).toMatch(/^retry: 200\nevent: process\ndata: \d+-[\d.]+\n\n$/);
    server.process.stdin.write("reload\n");
    server.process.stdin.flush();
    expect(await read()).toBe("event: reload\ndata:\n\n");
    expect(await server.stop()).toBe(0);
  });

  test("a stop lets a request end, closes sockets, and accepts nothing new", async () => {
    const slow = `
import { createServer } from "./runtime/server.js";
const { __addRoute, __addSocket, __listen } = createServer({ port: 0 });
let socket;
__addRoute("GET", "/slow", async () => { socket.send("begun"); await Bun.sleep(300); return "done"; });
__addSocket("/ws", (ws) => { socket = ws; ws.send("hello"); });
__listen();
`;
    const server = await start(folder({ files: { "main.js": slow } }), "main.js");
    const client = await socketClient(`ws://127.0.0.1:${server.port}/ws`);
    expect(await client.receive()).toBe("hello");
    const answer = fetch(`${server.url}/slow`);
    expect(await client.receive()).toBe("begun");
    server.process.kill("SIGTERM");
    expect((await client.closed).code).toBe(1001);
    await expect(fetch(`${server.url}/slow`)).rejects.toThrow();
    expect(await (await answer).json()).toBe("done");
    expect(await server.process.exited).toBe(0);
  });

  test("a promise that nobody waits for takes no server down", async () => {
    const program = `
import { createServer } from "./runtime/server.js";
const { __addRoute, __listen } = createServer({ port: 0 });
__addRoute("GET", "/", () => { Promise.reject(new Error("forgotten")); return 1; });
__listen();
`;
    const server = await start(folder({ files: { "main.js": program } }), "main.js");
    expect((await fetch(server.url)).status).toBe(200);
    expect((await fetch(server.url)).status).toBe(200);
    await server.stop();
    expect(await server.stderr()).toContain("unhandled rejection: Error: forgotten");
  });

  test("garbage on the wire harms nobody else", async () => {
    const { port, url } = await started;
    await exchange(port, "NOT HTTP AT ALL\r\n\r\n").catch(() => {});
    const silent = connectSocket(port, "127.0.0.1");
    silent.on("error", () => {});
    silent.write("POST /rpc/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    silent.destroy();
    expect((await post(`${url}/rpc/echo`, {})).status).toBe(200);
  });
});
