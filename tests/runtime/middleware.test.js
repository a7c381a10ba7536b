// Middleware in both shapes, and what a (req, res) middleware can do to the answer.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { createServer } from "../../codegen/runtime/server.js";
import { atEnd, exchange, finish, post } from "./support.js";

afterAll(finish);

process.env.TOVA_READY_FD = "none";
let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());

/** A server in this process with the given middleware before GET / and POST /rpc/f. */
function serve(...middleware) {
  const { __addRoute, __addMiddleware, __addPage, __addSocket, __listen, __stop } = createServer({ port: 0 });
  for (const [run, options] of middleware.map((item) => [item].flat())) __addMiddleware(run, options);
  __addRoute("GET", "/", () => ({ ok: true }));
  __addRoute("GET", "/own", () => new Response("own", { status: 203, headers: { "X-A": "route", "Set-Cookie": "r=1" } }));
  __addRoute("POST", "/rpc/f", () => Response.json({ result: 1 }));
  __addSocket("/ws", (ws) => ws.close());
  __addPage("/page", { title: "p", script: "a.js", modules: [], servers: {} });
  const server = __listen();
  atEnd(__stop);
  return `http://127.0.0.1:${server.port}`;
}

const next = { next: true };

describe("(req, res)", () => {
  test("headers go onto the answer, in any case once", async () => {
    const url = serve((req, res) => {
      res.setHeader("X-A", "1");
      res.setHeader("x-a", "2");
      res.setHeader("X-Gone", "1").removeHeader("x-gone");
      res.setHeader("Set-Cookie", ["m=1", "n=2"]);
      expect(res.getHeader("X-a")).toBe("2");
      expect(res.getHeader("nope")).toBe(undefined);
    });
    const response = await fetch(url);
    expect(response.headers.get("x-a")).toBe("2");
    expect(response.headers.has("x-gone")).toBe(false);
    expect(await response.json()).toEqual({ ok: true });
    const own = await fetch(`${url}/own`);
    expect([own.status, await own.text(), own.headers.get("x-a")]).toEqual([203, "own", "2"]);
    expect(own.headers.getSetCookie()).toEqual(["r=1", "m=1", "n=2"]);
  });

  test("a status of 400 or more refuses, and the later ones do not run", async () => {
    let later = 0;
    const url = serve((req, res) => { res.setHeader("X-A", "1").status(401); }, () => { later++; });
    const response = await fetch(url);
    expect([response.status, await response.json(), response.headers.get("x-a")]).toEqual([401, { error: "Unauthorized" }, "1"]);
    expect(later).toBe(0);
  });

  test("json, send and end answer, with the status that was set", async () => {
    const answer = async (run) => {
      const response = await fetch(serve(run));
      return [response.status, response.headers.get("content-type"), await response.text()];
    };
    expect(await answer((req, res) => res.status(422).json({ a: 1 }))).toEqual([422, "application/json;charset=utf-8", '{"a":1}']);
    expect(await answer((req, res) => res.json(null))).toEqual([200, "application/json;charset=utf-8", "null"]);
    expect(await answer((req, res) => res.status(403).send("no"))).toEqual([403, "text/plain;charset=utf-8", "no"]);
    expect(await answer((req, res) => res.status(204).end())).toEqual([204, null, ""]);
    expect(await answer(() => new Response("mine", { status: 202 }))).toEqual([202, "text/plain;charset=utf-8", "mine"]);
  });

  test("a status below 400 is that of the answer", async () => {
    const response = await fetch(serve((req, res) => { res.status(201); }));
    expect([response.status, await response.json()]).toEqual([201, { ok: true }]);
  });

  test("it may be async, and what it throws is a 500 that says nothing", async () => {
    const url = serve(async (req, res) => {
      await Bun.sleep(1);
      if (req.query.fail) throw new Error("secret");
      res.status(429);
    });
    expect((await fetch(url)).status).toBe(429);
    const failed = await fetch(`${url}/?fail=1`);
    expect([failed.status, await failed.text()]).toEqual([500, '{"error":"Internal server error"}']);
    expect(log.mock.lastCall[0]).toContain("server GET /: Error: secret");
  });

  test("a header cannot carry another one", async () => {
    for (const [name, value] of [["X-A", "1\r\nX-Evil: 1"], ["X-A", "1\nSet-Cookie: a=b"], ["X-A\r\nX-Evil", "1"], ["X A", "1"], ["", "1"], ["X-A", "\u0000"]]) {
      const url = serve((req, res) => res.setHeader(name, value));
      const { status, head } = await exchange(new URL(url).port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      expect([value, status]).toEqual([value, 500]);
      expect(head).not.toMatch(/evil|set-cookie/i);
    }
    const url = serve((req, res) => res.status(99));
    expect((await fetch(url)).status).toBe(500);
  });
});

describe("(req, next)", () => {
  test("it stands around what follows", async () => {
    const order = [];
    const around = async (req, next) => {
      order.push("in");
      const response = await next(req);
      order.push("out");
      return response;
    };
    const url = serve([around, next], (req, res) => { order.push("inner"); res.setHeader("X-A", "1"); });
    const response = await fetch(url);
    expect([await response.json(), response.headers.get("x-a")]).toEqual([{ ok: true }, "1"]);
    expect(order).toEqual(["in", "inner", "out"]);
  });

  test("it may answer, and one that does neither lets nothing through", async () => {
    const answer = async (run) => json(await fetch(serve([run, next])));
    const json = async (response) => [response.status, await response.json()];
    expect(await answer(() => Response.json({ no: 1 }, { status: 418 }))).toEqual([418, { no: 1 }]);
    expect(await answer(() => ({ cached: true }))).toEqual([200, { cached: true }]);
    expect(await answer(() => {})).toEqual([403, { error: "Forbidden" }]);
    expect(await answer((req, next) => { next(req); })).toEqual([200, { ok: true }]);
    expect(await answer(() => { throw new Error("secret"); })).toEqual([500, { error: "Internal server error" }]);
  });
});

describe("where it stands", () => {
  test("not before RPC, pages and unknown paths", async () => {
    const url = serve((req, res) => { res.status(401); });
    expect(await (await post(`${url}/rpc/f`, {})).json()).toEqual({ result: 1 });
    expect((await fetch(`${url}/page`)).status).toBe(200);
    expect((await fetch(`${url}/nope`)).status).toBe(404);
  });

  test("before sockets", async () => {
    const url = serve((req, res) => { if (req.headers["authorization"] === undefined) res.status(401); });
    const upgrade = (more) => `GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`;
    const { port } = new URL(url);
    expect((await exchange(port, upgrade(""))).status).toBe(401);
    expect((await exchange(port, upgrade("Authorization: x\r\n"))).status).toBe(101);
  });

  test("a preflight gets the headers although it has no token", async () => {
    const url = serve(
      (req, res) => { res.setHeader("Access-Control-Allow-Origin", "*"); },
      (req, res) => { res.status(401); },
    );
    const response = await fetch(url, { method: "OPTIONS", headers: { Origin: "https://a.example", "Access-Control-Request-Method": "GET" } });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  });
});
