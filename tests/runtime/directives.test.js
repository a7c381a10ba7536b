// The directives of a server that answer, limit and watch: health, rate_limit, compression, cache, tls, hooks, env.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { gunzipSync, inflateSync } from "node:zlib";
import { compression, chosenEncoding } from "../../codegen/runtime/http_compression.js";
import { cache } from "../../codegen/runtime/http_cache.js";
import { health } from "../../codegen/runtime/http_health.js";
import { onError } from "../../codegen/runtime/http_hooks.js";
import { clientOf, RateLimiter, rateLimit } from "../../codegen/runtime/http_rate_limit.js";
import { tls } from "../../codegen/runtime/http_tls.js";
import { onCheck } from "../../codegen/runtime/lifecycle.js";
import { createServer } from "../../codegen/runtime/server.js";
import { stream } from "../../codegen/runtime/http_streams.js";
import { atEnd, exchange, finish, folder, post, start } from "./support.js";

afterAll(finish);

process.env.TOVA_READY_FD = "none";
let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());

const LONG = "long text, ".repeat(500);

function serve(...features) {
  const { __use, __addRoute, __addMiddleware, __listen, __stop } = createServer({ port: 0 });
  features.forEach(__use);
  __addMiddleware((req, res) => { if (req.query.refuse) res.status(401); });
  __addRoute("GET", "/", () => ({ ok: true }));
  __addRoute("POST", "/", () => ({ made: true }));
  __addRoute("GET", "/ip", (req) => ({ ip: req.ip }));
  __addRoute("GET", "/long", () => ({ text: LONG }));
  __addRoute("GET", "/tagged", () => new Response(LONG, { headers: { "Content-Type": "text/plain", ETag: '"a"' } }));
  __addRoute("GET", "/picture", () => new Response(LONG, { headers: { "Content-Type": "image/png" } }));
  __addRoute("GET", "/encoded", () => new Response(LONG, { headers: { "Content-Type": "text/plain", "Content-Encoding": "identity" } }));
  __addRoute("GET", "/stream", () => stream((send, close) => { send(LONG); close(); }));
  __addRoute("GET", "/own", () => new Response("x", { headers: { "Cache-Control": "no-store" } }));
  __addRoute("GET", "/cookie", () => new Response("x", { headers: { "Set-Cookie": "a=1" } }));
  __addRoute("GET", "/missing", () => Response.json({ error: "no" }, { status: 404 }));
  __addRoute("GET", "/fail", () => { throw new Error("secret"); });
  __addRoute("POST", "/rpc/f", () => Response.json({ result: 1 }));
  const server = __listen();
  atEnd(__stop);
  return { url: `http://127.0.0.1:${server.port}`, port: server.port };
}

describe("health", () => {
  test("it answers before anything asks who comes", async () => {
    const { url } = serve(rateLimit({ max: 1 }), health("/healthz"));
    for (let i = 0; i < 3; i++) {
      const response = await fetch(`${url}/healthz?refuse=1`);
      expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
      expect(await response.json()).toEqual({ status: "ok", uptime: expect.any(Number) });
    }
    expect((await fetch(`${url}/healthz`, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(`${url}/healthz`, { method: "POST" })).status).toBe(404);
  });

  test("checks that fail, or take too long, are 503 and say no more than that", async () => {
    const { url } = serve(health("/h", { check_memory: true, check_db: true }));
    const asked = async () => {
      const response = await fetch(`${url}/h`);
      return [response.status, (await response.json()).checks];
    };
    expect(await asked()).toEqual([200, { memory: "ok", db: "ok" }]);
    const forget = onCheck("db", async () => { throw new Error("password wrong for user root"); });
    expect(await asked()).toEqual([503, { memory: "ok", db: "failing" }]);
    forget();
    const forgetSlow = onCheck("db", () => new Promise(() => {}));
    expect(await asked()).toEqual([503, { memory: "ok", db: "failing" }]);
    forgetSlow();
    expect((await asked())[0]).toBe(200);
  });
});

describe("rate_limit", () => {
  test("the request after the last one is 429 with Retry-After, endpoints and unknown paths included", async () => {
    const { url } = serve(rateLimit({ max: 3, window: 30 }));
    const statuses = [];
    for (const path of ["/", "/nope", "/ip", "/"]) statuses.push((await fetch(url + path)).status);
    expect(statuses).toEqual([200, 404, 200, 429]);
    const refused = await post(`${url}/rpc/f`, {});
    expect([refused.status, await refused.json()]).toEqual([429, { error: "Too many requests" }]);
    expect(Number(refused.headers.get("retry-after"))).toBeWithin(1, 31);
  });

  test("a window ends, and each client has its own", () => {
    const limiter = new RateLimiter(2, 10);
    expect([0, 1, 9999].map((now) => limiter.take("a", now))).toEqual([0, 0, 1]);
    expect(limiter.take("b", 9999)).toBe(0);
    expect([limiter.take("a", 2), limiter.take("a", 10_000), limiter.take("a", 10_001), limiter.take("a", 10_001)]).toEqual([10, 0, 0, 10]);
  });

  test("X-Forwarded-For is not believed unless the server is told of its proxies", async () => {
    const ip = async (url, forwarded) => (await (await fetch(`${url}/ip`, { headers: { "X-Forwarded-For": forwarded } })).json()).ip;
    const alone = serve(rateLimit({ max: 2 })).url;
    expect(await ip(alone, "1.2.3.4")).toContain("127.0.0.1");
    expect((await fetch(`${alone}/`, { headers: { "X-Forwarded-For": "9.9.9.9" } })).status).toBe(200);
    expect((await fetch(`${alone}/`, { headers: { "X-Forwarded-For": "8.8.8.8" } })).status).toBe(429);
    const behind = serve(rateLimit({ max: 100, trust_proxy: true })).url;
    expect(await ip(behind, "6.6.6.6, 1.2.3.4")).toBe("1.2.3.4");
    expect(await ip(behind, "not an address")).toContain("127.0.0.1");
    expect(await ip(serve(rateLimit({ max: 100, trust_proxy: 2 })).url, "6.6.6.6, 1.2.3.4, 10.0.0.1")).toBe("1.2.3.4");
  });

  test("one network of IPv6 is one client", () => {
    expect(clientOf("2001:db8:0:1:ffff::1")).toBe(clientOf("2001:0DB8::1:0:0:0:2"));
    expect(clientOf("2001:db8:0:1::1")).not.toBe(clientOf("2001:db8:0:2::1"));
    expect([clientOf("::1"), clientOf("1.2.3.4"), clientOf("::ffff:1.2.3.4")]).toEqual(["0:0:0:0", "1.2.3.4", "1.2.3.4"]);
  });

  test("many clients take no more memory than some", () => {
    const limiter = new RateLimiter(1, 1000);
    for (let i = 0; i < 150_000; i++) limiter.take(`c${i}`, 0);
    expect([limiter.take("c0", 1), limiter.take("c149999", 1)]).toEqual([0, 1000]);
  });

  test("limits that are none are told", () => {
    for (const max of [0, -1, NaN, undefined, "5"]) expect(() => rateLimit({ max })).toThrow("rate_limit: `max`");
    expect(() => rateLimit({ max: 1, window: 0 })).toThrow("`window`");
  });
});

describe("compression", () => {
  const raw = async (url, encoding, init = {}) => fetch(url, { ...init, decompress: false, headers: { "Accept-Encoding": encoding, ...init.headers } });
  const bytesOf = async (response) => Buffer.from(await response.arrayBuffer());

  test("long text is compressed as the client takes it", async () => {
    const { url } = serve(compression());
    const packed = await raw(`${url}/long`, "gzip, br");
    expect([packed.headers.get("content-encoding"), packed.headers.get("vary")]).toEqual(["gzip", "Accept-Encoding"]);
    const bytes = await bytesOf(packed);
    expect(bytes.length).toBeLessThan(LONG.length / 10);
    expect(JSON.parse(gunzipSync(bytes).toString())).toEqual({ text: LONG });
    const deflated = await raw(`${url}/long`, "deflate");
    expect(deflated.headers.get("content-encoding")).toBe("deflate");
    expect(JSON.parse(inflateSync(await bytesOf(deflated)).toString())).toEqual({ text: LONG });
    const tagged = await raw(`${url}/tagged`, "gzip");
    expect([tagged.headers.get("etag"), tagged.headers.get("content-encoding")]).toEqual(['W/"a"', "gzip"]);
  });

  test("what is small, no text, encoded, a stream or for nobody who takes it goes as it is", async () => {
    const { url } = serve(compression());
    for (const path of ["/", "/picture", "/encoded", "/stream"]) {
      const response = await raw(url + path, "gzip");
      expect([path, response.headers.get("content-encoding") === "gzip"]).toEqual([path, false]);
      await response.arrayBuffer();
    }
    const plain = await raw(`${url}/long`, "identity");
    expect([plain.headers.get("content-encoding"), plain.headers.get("vary")]).toEqual([null, "Accept-Encoding"]);
    expect((await plain.json()).text).toBe(LONG);
    const limit = serve(compression({ min_size: 100_000 })).url;
    expect((await raw(`${limit}/long`, "gzip")).headers.has("content-encoding")).toBe(false);
  });

  test("weights of Accept-Encoding are heeded", () => {
    const cases = { "": null, "gzip;q=0": null, "*": "gzip", "*;q=0": null, "gzip;q=0.2, deflate;q=0.8": "deflate", "GZIP": "gzip", "gzip;q=0, *": "deflate", br: null };
    for (const [header, expected] of Object.entries(cases)) expect([header, chosenEncoding(header)]).toEqual([header, expected]);
    expect(chosenEncoding(null)).toBe(null);
  });
});

describe("cache", () => {
  const control = async (url, init) => (await fetch(url, init)).headers.get("cache-control");

  test("answers of routes that say nothing themselves may be kept", async () => {
    const { url } = serve(cache({ max_age: 60, stale_while_revalidate: 5 }));
    expect(await control(url)).toBe("public, max-age=60, stale-while-revalidate=5");
    expect(await control(`${url}/own`)).toBe("no-store");
    expect(await control(`${url}/missing`)).toBe(null);
    expect(await control(url, { method: "POST" })).toBe(null);
    expect((await post(`${url}/rpc/f`, {})).headers.get("cache-control")).toBe(null);
  });

  test("what somebody is given by name is never for shared caches", async () => {
    const { url } = serve(cache({ max_age: 60 }));
    expect(await control(url, { headers: { Authorization: "Bearer x" } })).toBe("private, max-age=60");
    expect(await control(url, { headers: { Cookie: "a=1" } })).toBe("private, max-age=60");
    expect(await control(`${url}/cookie`)).toBe("private, max-age=60");
    expect(await control(serve(cache({ max_age: 5, private: true })).url)).toBe("private, max-age=5");
    expect(() => cache({ max_age: -1 })).toThrow("no number of seconds");
  });
});

describe("on_error", () => {
  test("a value, a status with a body, a Response, or nothing", async () => {
    const answered = async (answer) => {
      const response = await fetch(`${serve(onError(answer)).url}/fail`);
      return [response.status, await response.text()];
    };
    expect(await answered((error, req) => ({ status: 503, body: `${req.method} ${error.message}` }))).toEqual([503, "GET secret"]);
    expect(await answered(() => ({ status: 502, body: { why: 1 } }))).toEqual([502, '{"why":1}']);
    expect(await answered(async () => ({ error: "sorry" }))).toEqual([500, '{"error":"sorry"}']);
    expect(await answered(() => new Response("own", { status: 418 }))).toEqual([418, "own"]);
    expect(await answered(() => null)).toEqual([500, '{"error":"Internal server error"}']);
  });
});

describe("as processes", () => {
  test("what on_error answers to is on standard error too, once; what is meant for the client is not", async () => {
    const child = await run(`import { createServer, HttpError } from "./runtime/server.js";
import { onError } from "./runtime/http_hooks.js";
const { __addRoute, __use, __listen } = createServer({ port: 0 });
__use(onError((error) => ({ status: 503, body: "sorry" })));
__addRoute("GET", "/fail", () => { throw new Error("the disk is full"); });
__addRoute("GET", "/no", () => { throw new HttpError(409, "taken"); });
__listen();`);
    expect([(await fetch(`${child.url}/fail`)).status, (await fetch(`${child.url}/no`)).status]).toEqual([503, 409]);
    await child.stop();
    const log = await child.stderr();
    expect(log.match(/the disk is full/g)).toHaveLength(1);
    expect(log).toStartWith("server GET /fail: Error: the disk is full\n");
    expect(log).not.toContain("taken");
  });

  const run = (main, env) => start(folder({ files: { "main.js": main } }), "main.js", env);

  test("on_start and on_stop run once each, at the turns of the process", async () => {
    const child = await run(`import { createServer } from "./runtime/server.js";
import { onStart, onStop } from "./runtime/http_hooks.js";
const { __use, __listen } = createServer({ port: 0 });
__use(onStart(async () => { await Bun.sleep(5); console.error("up"); }));
__use(onStop(async () => { await Bun.sleep(5); console.error("down"); }));
__listen();`);
    expect((await fetch(child.url)).status).toBe(404);
    expect(await child.stop()).toBe(0);
    expect(await child.stderr()).toBe("up\ndown\n");
  });

  test("a variable that is missing, or is none of its type, ends the process with one line", async () => {
    const main = `import { variable } from "./runtime/environment.js";
const values = [variable("A_KEY", "String"), variable("A_LIMIT", "Int", 5), variable("A_RATE", "Float", 0.5), variable("A_DEBUG", "Bool", false)];
console.error(JSON.stringify(values));`;
    const ended = async (env) => {
      const child = await run(main, env);
      return [await child.process.exited, await child.stderr()];
    };
    expect(await ended({ A_KEY: "k" })).toEqual([0, '["k",5,0.5,false]\n']);
    expect(await ended({ A_KEY: "k", A_LIMIT: "-7", A_RATE: "1e3", A_DEBUG: "TRUE" })).toEqual([0, '["k",-7,1000,true]\n']);
    expect(await ended({})).toEqual([78, "A_KEY is not set: the server needs it (`env A_KEY: String`).\n"]);
    expect(await ended({ A_KEY: "" })).toEqual([78, "A_KEY is not set: the server needs it (`env A_KEY: String`).\n"]);
    expect(await ended({ A_KEY: "k", A_LIMIT: "5.5" })).toEqual([78, 'A_LIMIT must be a whole number, not "5.5" (`env A_LIMIT: Int`).\n']);
    expect(await ended({ A_KEY: "k", A_RATE: "x" })).toEqual([78, 'A_RATE must be a number, not "x" (`env A_RATE: Float`).\n']);
    expect(await ended({ A_KEY: "k", A_DEBUG: "maybe" })).toEqual([78, 'A_DEBUG must be true or false, not "maybe" (`env A_DEBUG: Bool`).\n']);
  });

  test("tls: the server speaks HTTPS with the certificate of its files, and does not start without them", async () => {
    const main = `import { createServer } from "./runtime/server.js";
import { tls } from "./runtime/http_tls.js";
const { __use, __addRoute, __listen } = createServer({ port: 0 });
__use(tls({ cert: "cert.pem", key: "key.pem" }));
__addRoute("GET", "/", (req) => ({ url: req.url.slice(0, 8) }));
__listen();`;
    const missing = await run(main);
    expect(await missing.process.exited).toBe(1);
    expect(await missing.stderr()).toContain("tls: the file of `cert` cannot be read: cert.pem (ENOENT)");
    const directory = folder({ files: { "main.js": main } });
    const made = Bun.spawnSync(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
      "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem"], { cwd: directory, stderr: "ignore" });
    if (!made.success) return console.log("skipped: no openssl on this machine");
    const { port } = await start(directory, "main.js");
    const response = await fetch(`https://127.0.0.1:${port}/`, { tls: { rejectUnauthorized: false } });
    expect(await response.json()).toEqual({ url: "https://" });
  });

  test("TOVA_TRUST_PROXY says it for every address", async () => {
    const main = `import { createServer } from "./runtime/server.js";
const { __addRoute, __listen } = createServer({ port: 0 });
__addRoute("GET", "/", (req) => ({ ip: req.ip }));
__listen();`;
    const { port } = await run(main, { TOVA_TRUST_PROXY: "1" });
    expect((await exchange(port, "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n\r\n")).body).toBe('{"ip":"1.2.3.4"}');
    const bad = await run(main, { TOVA_TRUST_PROXY: "yes" });
    expect(await bad.process.exited).toBe(78);
  });
});
