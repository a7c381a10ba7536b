// breaker.js, peers.js and request_ids.js, against servers that do as they are told.
import { afterAll, afterEach, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { createServer as createListener } from "node:net";
import { CircuitBreaker } from "../../codegen/runtime/breaker.js";
import { peer, peerBehind, PeerError } from "../../codegen/runtime/peers.js";
import { requestId, requestIds } from "../../codegen/runtime/request_ids.js";
import { createServer } from "../../codegen/runtime/server.js";
import { Ok } from "../../codegen/runtime/core.js";
import { atEnd, finish, freePort } from "./support.js";

afterAll(finish);

process.env.TOVA_READY_FD = "none";
let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());
afterEach(() => log.mockClear());

const failed = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("the call did not fail");
};

describe("the breaker", () => {
  const start = (options = {}) => {
    const time = { now: 0 };
    const states = [];
    const breaker = new CircuitBreaker({
      threshold: 3, resetTimeout: 100, now: () => time.now, onChange: (state) => states.push(state), ...options,
    });
    const fail = (times = 1) => { for (let i = 0; i < times; i++) breaker.enter()(false); };
    return { breaker, time, states, fail };
  };

  test("opens after so many failures in a row, and a success begins the count again", () => {
    const { breaker, fail } = start();
    fail(2);
    breaker.enter()(true);
    fail(2);
    expect(breaker.state).toBe("CLOSED");
    fail();
    expect(breaker.state).toBe("OPEN");
    expect(breaker.enter()).toBe(null);
  });

  test("lets one attempt through after a while: its success closes, its failure opens again", () => {
    const { breaker, time, states, fail } = start();
    fail(3);
    time.now = 99;
    expect(breaker.enter()).toBe(null);
    time.now = 100;
    const probe = breaker.enter();
    expect([breaker.state, breaker.enter()]).toEqual(["HALF_OPEN", null]);
    probe(false);
    expect([breaker.state, breaker.enter()]).toEqual(["OPEN", null]);
    time.now = 200;
    breaker.enter()(true);
    expect(breaker.state).toBe("CLOSED");
    expect(states).toEqual(["OPEN", "HALF_OPEN", "OPEN", "HALF_OPEN", "CLOSED"]);
  });

  test("attempts from before a change say nothing about the present", () => {
    const { breaker, time, fail } = start();
    const slow = [breaker.enter(), breaker.enter()];
    fail(3);
    slow[0](true);
    expect(breaker.state).toBe("OPEN");
    time.now = 100;
    breaker.enter()(true);
    slow[1](false);
    fail(2);
    expect(breaker.state).toBe("CLOSED");
  });
});

/** A peer that answers as `answer` says; the requests that reached it. */
function serve(answer) {
  const requests = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const name = new URL(request.url).pathname.slice("/rpc/".length);
      requests.push({ name, headers: request.headers, body: await request.json() });
      return answer(name, requests.length);
    },
  });
  atEnd(() => server.stop(true));
  return { requests, url: `http://127.0.0.1:${server.port}`, server };
}

const result = (value) => Response.json({ result: value });

describe("a call", () => {
  test("is one POST with the arguments in a list, and gives the result with its tags revived", async () => {
    const { url, requests } = serve(() => result([Ok(1), { a: null }]));
    const events = peer("events", { url: `${url}/` });
    const [ok, plain] = await events.broadcast({ id: 1 }, [2]);
    expect([ok.unwrap(), plain]).toEqual([1, { a: null }]);
    expect(requests[0].body).toEqual({ __args: [{ id: 1 }, [2]] });
    expect(requests[0].headers.get("content-type")).toBe("application/json");
    expect(events.broadcast).toBe(events.broadcast);
    expect(await Promise.resolve(events)).toBe(events); // it is no promise itself
  });

  test("a refusal keeps status, function, details and the peer's text", async () => {
    const { url, requests } = serve(() => Response.json({ error: "Validation failed", details: ["x is required"] }, { status: 400 }));
    const error = await failed(peer("events", { url }).f());
    expect(error).toBeInstanceOf(PeerError);
    expect([error.status, error.functionName, error.peer, error.details, error.mayHaveRun]).toEqual([400, "f", "events", ["x is required"], true]);
    expect(error.message).toBe('events.f failed: 400 Bad Request: {"error":"Validation failed","details":["x is required"]}');
    expect(requests.length).toBe(1);
  });

  test("an answer that is no JSON, and a redirection, are failures", async () => {
    const { url } = serve((name) => (name === "html" ? new Response("<p>") : Response.redirect("http://elsewhere.example/")));
    const error = await failed(peer("p", { url }).html());
    expect([error.message, error.cause]).toEqual(["p.html failed: the answer is not JSON", expect.any(SyntaxError)]);
    expect((await failed(peer("p", { url }).moved())).status).toBe(302);
  });

  test("is tried three times with growing pauses where no connection can be made, and keeps the cause", async () => {
    const started = performance.now();
    const error = await failed(peer("p", { url: `http://127.0.0.1:${await freePort()}` }).f());
    expect([error.code, error.functionName, error.mayHaveRun, error.cause.code]).toEqual(["NETWORK", "f", false, "ECONNREFUSED"]);
    expect(performance.now() - started).toBeGreaterThan(280);
  });

  test("that does not run is named with its address, what starts it, and where another address is said", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const absent = `p-1.f failed: nothing answers at ${url} (ECONNREFUSED). Start the server "p-1", with \`tova dev\` for example, or`;
    expect((await failed(peer("p-1", { port }).f())).message).toBe(`${absent} say where it is in URL_P_1.`);
    expect((await failed(peer("p-1", { url }).f())).message).toBe(`${absent} change its address in \`discover\`.`);
  });

  test("is never tried again once it was sent: not after a cut connection, not after a time limit", async () => {
    let got = 0;
    const listener = createListener((connection) => {
      connection.on("error", () => {});
      connection.on("data", () => { got++; connection.destroy(); });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => listener.on("listening", resolve));
    atEnd(() => listener.close());
    const cut = await failed(peer("p", { url: `http://127.0.0.1:${listener.address().port}` }).f());
    expect([cut.code, cut.mayHaveRun, got]).toEqual(["NETWORK", true, 1]);
    const { url, requests } = serve(() => Bun.sleep(1500).then(() => result(1)));
    const late = await failed(peer("p", { url, timeout: 500 }).f());
    expect([late.code, late.mayHaveRun, late.message]).toEqual(["TIMEOUT", true, "p.f timed out after 500 ms"]);
    await Bun.sleep(1500);
    expect(requests.length).toBe(1);
  });

  test("is not made while the circuit is open, says so, and the next one after a while closes it", async () => {
    let there = false;
    const { url, requests } = serve(() => (there ? result(1) : new Response("", { status: 503 })));
    const events = peer("events", { url, threshold: 2, reset_timeout: 1000 });
    await failed(events.f());
    await failed(events.f());
    expect(peerBehind(events).state).toBe("OPEN");
    const error = await failed(events.g());
    expect([error.code, error.status, error.functionName, error.mayHaveRun]).toEqual(["CIRCUIT_OPEN", 503, "g", false]);
    expect(requests.length).toBe(2);
    there = true;
    await Bun.sleep(1100);
    expect(await Promise.all([events.f(), events.f(), events.f()])).toEqual([1, 1, 1]);
    expect(peerBehind(events).state).toBe("CLOSED");
    expect(log.mock.calls.map(([line]) => line)).toEqual([
      "peer events: circuit open, it is left alone for a while (events.f failed: 503)",
      "peer events: circuit closed, it answers again",
    ]);
  });

  test("an error of the function itself is no failure of the peer", async () => {
    const { url } = serve(() => Response.json({ error: "Internal server error" }, { status: 500 }));
    const events = peer("events", { url, threshold: 1 });
    for (let i = 0; i < 3; i++) expect((await failed(events.f())).status).toBe(500);
    expect(peerBehind(events).state).toBe("CLOSED");
  });

  test("an argument that JSON cannot hold fails before anything is sent", async () => {
    const { url, requests } = serve(() => result(1));
    const loop = {};
    loop.self = loop;
    expect(await failed(peer("p", { url }).f(loop))).toBeInstanceOf(TypeError);
    expect((await failed(peer("p", { url }).f(1, () => 2))).message).toBe("p.f: a function cannot be sent");
    expect(requests.length).toBe(0);
  });
});

describe("where a peer is", () => {
  afterEach(() => {
    for (const name of ["PORT_MY_API", "URL_MY_API", "TOVA_HOST"]) delete process.env[name];
  });

  test("its url, else URL_<PEER>, else PORT_<PEER> on this host, else its default port", () => {
    const base = (options) => peerBehind(peer("my-api", { port: 3001, ...options })).base;
    expect(base()).toBe("http://127.0.0.1:3001");
    process.env.PORT_MY_API = "4001";
    expect(base()).toBe("http://127.0.0.1:4001");
    process.env.TOVA_HOST = "::1";
    expect(base()).toBe("http://[::1]:4001");
    process.env.URL_MY_API = "https://api.example/base/";
    expect(base()).toBe("https://api.example/base");
    expect(base({ url: "http://other:1" })).toBe("http://other:1");
  });

  test("an address that is none, and settings that are none, are said at the start", () => {
    for (const url of [null, "", "localhost:3000", "ftp://x", 5]) {
      expect(() => peer("api", { url })).toThrow('discover "api": the address must begin with http:// or https://');
    }
    expect(() => peer("api", { timeout: "1s" })).toThrow('discover "api": timeout must be a number from 0 on, not "1s"');
  });
});

describe("the id of a request", () => {
  test("goes along with the calls that are made on its behalf, and comes back with the answer", async () => {
    const { url, requests } = serve(() => result(1));
    const events = peer("events", { url });
    const { __use, __addRoute, __listen, __stop } = createServer({ port: 0 });
    __use(requestIds());
    __addRoute("POST", "/rpc/f", async () => {
      await Bun.sleep(1);
      await Promise.all([events.a(), Bun.sleep(1).then(() => events.b())]);
      return Response.json({ result: requestId() });
    });
    const server = __listen();
    atEnd(__stop);
    const ask = (id) => fetch(`http://127.0.0.1:${server.port}/rpc/f`, { method: "POST", headers: id === null ? {} : { "X-Request-Id": id } });
    const answers = await Promise.all(["one", "two"].map(ask));
    expect(answers.map((answer) => answer.headers.get("x-request-id"))).toEqual(["one", "two"]);
    expect(requests.map(({ headers }) => headers.get("x-request-id")).sort()).toEqual(["one", "one", "two", "two"]);
    const made = (await ask(null)).headers.get("x-request-id");
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(requests.slice(-2).map(({ headers }) => headers.get("x-request-id"))).toEqual([made, made]);
    expect((await ask("x".repeat(200))).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
