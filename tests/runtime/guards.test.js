// Who may ask: auth by token, key and session, roles, and what attackers send instead.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { createHmac } from "node:crypto";
import { authentication } from "../../codegen/runtime/http_auth.js";
import { auth, rate_limit, role, timeout } from "../../codegen/runtime/http_guards.js";
import { middleware } from "../../codegen/runtime/http_middleware.js";
import { session } from "../../codegen/runtime/http_session.js";
import { validate } from "../../codegen/runtime/http_validate.js";
import { version } from "../../codegen/runtime/http_versions.js";
import { sign_jwt, useSecret } from "../../codegen/runtime/jwt.js";
import { createServer } from "../../codegen/runtime/server.js";
import { atEnd, exchange, finish, post } from "./support.js";

afterAll(finish);

process.env.TOVA_READY_FD = "none";
let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());
afterAll(() => useSecret(undefined)); // other files are run in the same process

const SECRET = "a secret that is long enough for tests";

function serve(features, add) {
  const { __use, __addRoute, __addSocket, __listen, __stop } = createServer({ port: 0 });
  [features].flat().forEach(__use);
  add?.(__addRoute, __addSocket);
  const server = __listen();
  atEnd(__stop);
  return { url: `http://127.0.0.1:${server.port}`, port: server.port };
}

/** A route and the endpoint of its function behind the same guards. */
function guarded(features, ...guards) {
  let ran = 0;
  const { url } = serve(features, (addRoute) => {
    addRoute("GET", "/it", (req) => { ran++; return { user: req.user ?? null }; }, { with: guards });
    addRoute("POST", "/rpc/it", async (req) => { ran++; return Response.json({ result: await req.json() }); }, { with: guards });
    addRoute("GET", "/open", (req) => ({ user: req.user ?? null }));
  });
  const ask = async (headers) => [(await fetch(`${url}/it`, { headers })).status, (await post(`${url}/rpc/it`, {}, headers)).status];
  return { url, ask, ran: () => ran };
}

const bearer = (token) => ({ Authorization: `Bearer ${token}` });
const part = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const signed = (header, payload, secret = SECRET, hash = "sha256") => {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
};
const now = () => Math.floor(Date.now() / 1000);

describe("tokens", () => {
  test("a valid one passes, route and endpoint, and is the user", async () => {
    const { url, ask } = guarded(authentication({ secret: SECRET }), auth());
    const token = sign_jwt({ id: 7, role: "user" }, SECRET, { expires_in: 60 });
    expect(await ask(bearer(token))).toEqual([200, 200]);
    expect(await ask({ authorization: `bearer  ${token}` })).toEqual([200, 200]);
    expect((await (await fetch(`${url}/it`, { headers: bearer(token) })).json()).user).toMatchObject({ id: 7, role: "user" });
    expect((await (await fetch(`${url}/open`)).json()).user).toBe(null);
    expect((await (await fetch(`${url}/open`, { headers: bearer("x") })).json()).user).toBe(null);
  });

  test("none, wrong, expired, early, unsigned, of another algorithm or secret are 401 and run nothing", async () => {
    const { url, ask, ran } = guarded(authentication({ secret: SECRET }), auth());
    const good = { alg: "HS256", typ: "JWT" };
    const payload = { id: 1, exp: now() + 60 };
    const whole = signed(good, payload);
    const attacks = {
      none: undefined, empty: bearer(""), basic: { Authorization: "Basic YTpi" }, text: bearer("abc"), dots: bearer(".."),
      cut: bearer(whole.slice(0, -1)), more: bearer(`${whole}a`), four: bearer(`${whole}.a`),
      expired: bearer(signed(good, { id: 1, exp: now() - 1 })), endless: bearer(signed(good, { id: 1, exp: "never" })),
      early: bearer(signed(good, { id: 1, nbf: now() + 60 })),
      unsigned: bearer(`${part({ alg: "none" })}.${part(payload)}.`), unsignedOddly: bearer(`${part({ alg: "nOnE" })}.${part(payload)}.`),
      algNone: bearer(signed({ alg: "none" }, payload)), noAlg: bearer(signed({}, payload)),
      hs512: bearer(signed({ alg: "HS512" }, payload, SECRET, "sha512")), rs256: bearer(signed({ alg: "RS256" }, payload)),
      otherSecret: bearer(signed(good, payload, "another")), emptySecret: bearer(signed(good, payload, "")),
      changed: bearer([whole.split(".")[0], part({ ...payload, role: "admin" }), whole.split(".")[2]].join(".")),
      list: bearer(signed(good, [1])), nothing: bearer(signed(good, "null")), noJSON: bearer(signed(good, "{")),
      huge: bearer(signed(good, { id: "x".repeat(14_000) })),
    };
    for (const [name, headers] of Object.entries(attacks)) {
      if (name !== "huge") expect([name, ...(await ask(headers))]).toEqual([name, 401, 401]);
    }
    expect((await ask(attacks.huge))[0]).toBeWithin(401, 432);
    expect(ran()).toBe(0);
    const refused = await fetch(`${url}/it`, { headers: attacks.expired });
    expect([await refused.json(), refused.headers.get("www-authenticate")]).toEqual([{ error: "Unauthorized", details: ["the token has expired"] }, 'Bearer error="invalid_token"']);
    const other = await fetch(`${url}/it`, { headers: attacks.otherSecret });
    expect(await other.json()).toEqual({ error: "Unauthorized", details: ["the token is not valid"] });
  });

  test("a spelling of the endpoint's path is no way around", async () => {
    const { url, ran } = guarded(authentication({ secret: SECRET }), auth());
    for (const path of ["/rpc/%69t", "/rpc/it/", "/rpc//it", "//rpc/it", "/rpc/it?x=1", "/RPC/it", "/rpc/./it", "/it/", "/%69t"]) {
      const response = await fetch(url + path, { method: path.includes("rpc") || path.includes("RPC") ? "POST" : "GET" });
      expect([path, response.status === 401 || response.status === 404]).toEqual([path, true]);
    }
    expect((await fetch(`${url}/it`, { method: "HEAD" })).status).toBe(401);
    expect(ran()).toBe(0);
  });

  test("settings that let anybody in are refused", () => {
    expect(() => authentication({})).toThrow("tokens need a secret");
    expect(() => authentication({ secret: "" })).toThrow("tokens need a secret");
    expect(() => authentication({ secret: SECRET, algorithm: "none" })).toThrow("HS256");
    expect(() => authentication({ type: "constructor" })).toThrow("there is no type");
    expect(() => serve([], (addRoute) => addRoute("GET", "/", () => 1, { with: [auth()] }))).toThrow("nobody could ever pass");
  });
});

describe("keys", () => {
  test("one of the keys, in its header", async () => {
    const { ask } = guarded(authentication({ keys: ["k-one", "k-two"] }), auth());
    expect(await ask({ "X-API-Key": "k-two" })).toEqual([200, 200]);
    for (const key of ["k-on", "k-one ", "K-ONE", "k-three", "k-onek-two"].slice(0, 1).concat("K-ONE", "k-three", "k-onek-two")) {
      expect([key, ...(await ask({ "X-API-Key": key }))]).toEqual([key, 401, 401]);
    }
    expect(await ask({})).toEqual([401, 401]);
    expect(await ask({ Authorization: "k-one" })).toEqual([401, 401]);
    const own = guarded(authentication({ type: "api_key", keys: "k", header: "X-Own" }), auth());
    expect(await own.ask({ "x-own": "k" })).toEqual([200, 200]);
    for (const keys of [[], [""], [5], undefined]) expect(() => authentication({ type: "api_key", keys })).toThrow("`keys`");
  });
});

describe("roles", () => {
  test("401 for nobody, 403 for others; no role is inherited from Object", async () => {
    const { ask, ran } = guarded(authentication({ secret: SECRET }), auth(), role("admin", "owner"));
    const as = (claims) => ask(bearer(sign_jwt(claims, SECRET)));
    expect(await ask({})).toEqual([401, 401]);
    expect(await as({ role: "user" })).toEqual([403, 403]);
    expect(await as({})).toEqual([403, 403]);
    expect(await as({ role: { admin: true } })).toEqual([403, 403]);
    expect(await as({ role: "ADMIN" })).toEqual([403, 403]);
    expect(ran()).toBe(0);
    expect(await as({ role: "admin" })).toEqual([200, 200]);
    expect(await as({ roles: ["user", "owner"] })).toEqual([200, 200]);
    const odd = guarded(authentication({ secret: SECRET }), role("toString"));
    expect(await odd.ask(bearer(sign_jwt({}, SECRET)))).toEqual([403, 403]);
  });
});

describe("other guards", () => {
  test("rate_limit counts route and endpoint together", async () => {
    const { url } = guarded([], rate_limit(2, 60));
    const statuses = [(await fetch(`${url}/it`)).status, (await post(`${url}/rpc/it`, {})).status, (await fetch(`${url}/it`)).status, (await post(`${url}/rpc/it`, {})).status];
    expect(statuses).toEqual([200, 200, 429, 429]);
    expect((await fetch(`${url}/open`)).status).toBe(200);
  });

  test("timeout gives up what takes too long", async () => {
    const { url } = serve([], (addRoute) => {
      addRoute("GET", "/slow", async () => { await Bun.sleep(1000); return 1; }, { with: [timeout(20)] });
      addRoute("GET", "/quick", async () => 1, { with: [timeout(500)] });
      addRoute("GET", "/fails", async () => { await Bun.sleep(60); throw new Error("late"); }, { with: [timeout(20)] });
    });
    expect((await fetch(`${url}/slow`)).status).toBe(504);
    expect((await fetch(`${url}/quick`)).status).toBe(200);
    expect((await fetch(`${url}/fails`)).status).toBe(504);
    await Bun.sleep(80);
    expect((await fetch(`${url}/quick`)).status).toBe(200);
  });

  test("validate refuses bodies that lack something, in both forms of an endpoint", async () => {
    const guard = validate({ name: "String", age: "Int?", tags: "[String]", at: { x: "Float" } });
    let ran = 0;
    const { url } = serve([], (addRoute) => {
      addRoute("POST", "/it", async (req) => { ran++; return req.body; }, { with: [guard] });
      addRoute("POST", "/rpc/it", () => { ran++; return Response.json({ result: 1 }); }, { with: [guard] });
    });
    const good = { name: "a", tags: ["x"], at: { x: 1.5 } };
    expect(await (await post(`${url}/it`, good)).json()).toEqual(good);
    expect((await post(`${url}/rpc/it`, { __args: [good] })).status).toBe(200);
    expect((await post(`${url}/rpc/it`, { __args: ["a", 5, ["x"], { x: 1 }] })).status).toBe(200);
    ran = 0;
    for (const body of [{}, { ...good, name: 5 }, { ...good, age: 1.5 }, { ...good, tags: "x" }, { ...good, at: {} }, { __args: [] }, { __args: ["a"] }, { __proto__: good }]) {
      expect((await post(`${url}/it`, body)).status).toBe(400);
      expect((await post(`${url}/rpc/it`, body)).status).toBe(400);
    }
    expect(ran).toBe(0);
    expect((await (await post(`${url}/it`, { ...good, tags: [1] })).json()).details).toEqual(["tags[0] must be a string"]);
    expect(() => validate({ a: "Date" })).toThrow("no type that can be checked");
  });

  test("functions of the program: (req, res), (req, next), and a condition", async () => {
    const statuses = async (...guards) => {
      const { url } = serve([], (addRoute) => addRoute("GET", "/", () => ({ ok: 1 }), { with: guards }));
      return (await fetch(url)).status;
    };
    expect(await statuses(middleware((req, res) => { res.status(402); }))).toBe(402);
    expect(await statuses(middleware((req) => req.query.open === "1"))).toBe(403);
    expect(await statuses(middleware(() => true))).toBe(200);
    expect(await statuses(middleware(async (req, next) => await next(req), { next: true }))).toBe(200);
    expect(await statuses(middleware(async () => new Response("x", { status: 418 }), { next: true }))).toBe(418);
    expect(await statuses(middleware(() => undefined, { next: true }))).toBe(403);
    expect(await statuses(middleware(() => { throw new Error("secret"); }))).toBe(500);
  });

  test("a version tells of its end", async () => {
    const { url } = serve([], (addRoute) => addRoute("GET", "/", () => 1, { with: [version({ version: "1", deprecated: true, sunset: "2026-06-01" })] }));
    const { headers } = await fetch(url);
    expect([headers.get("api-version"), headers.get("deprecation"), headers.get("sunset")]).toEqual(["1", "true", "Mon, 01 Jun 2026 00:00:00 GMT"]);
    expect(() => version({ sunset: "soon" })).toThrow("no date");
  });
});

describe("req.body", () => {
  test("JSON, a form, text; nothing where there is none; 400 for JSON that is none", async () => {
    const { url } = serve([], (addRoute) => addRoute("POST", "/", (req) => ({ body: req.body ?? null })));
    const sent = async (body, type) => (await (await fetch(url, { method: "POST", body, headers: type ? { "Content-Type": type } : {} })).json()).body;
    expect(await sent('{"a":[1]}', "application/json")).toEqual({ a: [1] });
    expect(await sent("[1,2]", "application/json")).toEqual([1, 2]);
    expect(await sent("a=1&b=x+y&b=z", "application/x-www-form-urlencoded")).toEqual({ a: "1", b: ["x y", "z"] });
    expect(await sent("plain", "text/plain")).toBe("plain");
    expect(await sent(undefined)).toBe(null);
    expect(await sent("x", "application/octet-stream")).toBe(null);
    expect(await sent('{"__proto__":{"admin":true},"a":1}', "application/json")).toEqual({ a: 1 });
    const bad = await fetch(url, { method: "POST", body: "{", headers: { "Content-Type": "application/json" } });
    expect(bad.status).toBe(400);
    const huge = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{";
    expect((await exchange(Number(new URL(url).port), huge)).status).toBe(413);
  });
});

describe("session", () => {
  const routes = (addRoute) => {
    addRoute("GET", "/", (req) => ({ ...req.session, user: req.user ?? null }));
    addRoute("POST", "/login", (req) => { req.session.user_id = req.body?.id ?? 1; req.session.role = "user"; return { token: req.csrfToken ?? null }; });
    addRoute("POST", "/add", (req) => { req.session.items = [...(req.session.items ?? []), req.query.item]; return {}; });
    addRoute("POST", "/slow", async (req) => { await Bun.sleep(30); req.session.slow = 1; return {}; });
    addRoute("POST", "/logout", (req) => { req.session.destroy(); return {}; });
    addRoute("GET", "/token", (req) => ({ token: req.csrfToken }));
    addRoute("GET", "/mine", () => ({ mine: 1 }), { with: [auth()] });
    addRoute("POST", "/rpc/mine", () => Response.json({ result: 1 }), { with: [auth()] });
  };
  const open = (options = {}) => serve(session({ secret: SECRET, ...options }), routes);

  /** A browser with its cookies, whose page is the server's own unless `headers` say otherwise. */
  function browser(url) {
    let cookie = "";
    const ask = async (path, { method = "GET", headers = { Origin: url }, body } = {}) => {
      const type = body === undefined ? {} : { "Content-Type": "application/json" };
      const response = await fetch(url + path, { method, headers: { Cookie: cookie, ...type, ...headers }, body: body && JSON.stringify(body) });
      const [set] = response.headers.getSetCookie();
      if (set !== undefined) cookie = set.split(";")[0];
      return { status: response.status, set, json: await response.json().catch(() => null) };
    };
    return { ask, send: (path, more) => ask(path, { method: "POST", ...more }), cookie: () => cookie, steal: (text) => { cookie = text; } };
  }

  test("what is put into it is there at the next request, for this browser alone", async () => {
    const { url } = open();
    const [a, b] = [browser(url), browser(url)];
    expect((await a.ask("/")).set).toBe(undefined);
    await a.send("/login", { body: { id: 5 } });
    await a.send("/add?item=x");
    await a.send("/add?item=y");
    expect((await a.ask("/")).json).toEqual({ user_id: 5, role: "user", items: ["x", "y"], user: { id: 5, user_id: 5, role: "user" } });
    expect((await b.ask("/")).json).toEqual({ user: null });
  });

  test("the cookie is for the server alone, and says nothing", async () => {
    const { url } = open({ max_age: 60 });
    const { set } = await browser(url).send("/login");
    expect(set).toMatch(/^__sid=[\w-]{32}\.[\w-]{43}; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax$/);
    const safe = await browser(open({ secure: true, same_site: "Strict", cookie_name: "own" }).url).send("/login");
    expect(safe.set).toMatch(/^own=.*; HttpOnly; Secure; SameSite=Strict$/);
  });

  test("a forged, cut or foreign cookie is nobody's", async () => {
    const { url } = open();
    const a = browser(url);
    await a.send("/login", { body: { id: 5 } });
    const real = a.cookie();
    const id = real.slice("__sid=".length).split(".")[0];
    const elsewhere = createHmac("sha256", "another").update(`id:${id}`).digest("base64url");
    for (const forged of [`__sid=${id}`, `__sid=${id}.`, `__sid=${id}.${elsewhere}`, `__sid=x.${real.split(".")[1]}`, real.slice(0, -1), `${real}a`, "__sid=.", "__sid=__proto__.x", `__sid=${"x".repeat(5000)}`]) {
      const thief = browser(url);
      thief.steal(forged);
      expect([forged, (await thief.ask("/")).json.user]).toEqual([forged, null]);
      expect((await thief.ask("/mine")).status).toBe(401);
    }
  });

  test("who logs in gets a new name, so that a name given to them is worth nothing", async () => {
    const { url } = open();
    const victim = browser(url);
    await victim.send("/add?item=x");
    const given = victim.cookie();
    await victim.send("/login");
    expect(victim.cookie()).not.toBe(given);
    expect((await victim.ask("/")).json.items).toEqual(["x"]);
    const attacker = browser(url);
    attacker.steal(given);
    expect((await attacker.ask("/")).json).toEqual({ user: null });
  });

  test("after a logout the old cookie is worth nothing", async () => {
    const { url } = open();
    const a = browser(url);
    await a.send("/login");
    const old = a.cookie();
    expect((await a.send("/logout")).set).toMatch(/^__sid=; .*Max-Age=0/);
    a.steal(old);
    expect((await a.ask("/mine")).status).toBe(401);
  });

  test("with auth lets in who has logged in, route and endpoint", async () => {
    const { url } = open();
    const a = browser(url);
    expect([(await a.ask("/mine")).status, (await a.send("/rpc/mine", { body: {} })).status]).toEqual([401, 401]);
    await a.send("/login");
    expect([(await a.ask("/mine")).status, (await a.send("/rpc/mine", { body: {} })).status]).toEqual([200, 200]);
    const typed = serve([session({ secret: SECRET }), authentication({ type: "session" })], routes).url;
    expect((await browser(typed).ask("/mine")).status).toBe(401);
  });

  test("a page of another origin cannot use it to change anything", async () => {
    const { url } = open();
    const a = browser(url);
    await a.send("/login");
    const as = async (headers) => (await a.send("/add?item=evil", { headers })).status;
    for (const origin of ["https://evil.example", "null", `${url}.evil.example`, "http://127.0.0.1:1"]) {
      expect([origin, await as({ Origin: origin })]).toEqual([origin, 403]);
    }
    expect(await as({ "Sec-Fetch-Site": "cross-site" })).toBe(403);
    expect(await as({ "Sec-Fetch-Site": "same-site" })).toBe(403);
    expect(await as({})).toBe(403);
    expect((await a.ask("/")).json.items).toBe(undefined);
    expect(await as({ Origin: url })).toBe(200);
    expect(await as({ "Sec-Fetch-Site": "same-origin" })).toBe(200);
  });

  test("the token of the session stands for its page; another one's does not", async () => {
    const { url } = open();
    const [a, b] = [browser(url), browser(url)];
    await a.send("/login");
    await b.send("/login");
    const { token } = (await a.ask("/token")).json;
    const other = (await b.ask("/token")).json.token;
    const as = async (text, more = {}) => (await a.send("/add?item=x", { headers: { "X-Tova-CSRF": text, ...more } })).status;
    expect(await as(token)).toBe(200);
    for (const wrong of [other, "", token.slice(0, -1), "x"]) expect([wrong, await as(wrong, { Origin: url })]).toEqual([wrong, 403]);
  });

  test("requests at the same time keep what each of them changed", async () => {
    const { url } = open();
    const a = browser(url);
    await a.send("/login");
    await Promise.all([a.send("/slow"), a.send("/add?item=x")]);
    expect((await a.ask("/")).json).toMatchObject({ slow: 1, items: ["x"], user_id: 1 });
  });

  test("it ends with its time, and a store of one's own keeps it elsewhere", async () => {
    const short = browser(open({ max_age: 3 }).url);
    await short.send("/login");
    expect((await short.ask("/")).json.user_id).toBe(1);
    await Bun.sleep(3100);
    expect((await short.ask("/")).json.user).toBe(null);
    const kept = new Map();
    const store = { get: async (id) => kept.get(id), set: async (id, data) => void kept.set(id, data), delete: async (id) => kept.delete(id) };
    const a = browser(open({ store }).url);
    await a.send("/login", { body: { id: 9 } });
    expect([...kept.values()]).toEqual([{ user_id: 9, role: "user", __renewed: expect.any(Number) }]);
  });

  test("settings that sign nothing are refused", () => {
    for (const secret of [undefined, "", 5]) expect(() => session({ secret })).toThrow("`secret`");
    expect(() => session({ secret: SECRET, cookie_name: "a b" })).toThrow("name of a cookie");
    expect(() => session({ secret: SECRET, max_age: 0 })).toThrow("`max_age`");
  });
});
