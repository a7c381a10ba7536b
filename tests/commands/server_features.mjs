// What servers ask for, from source to HTTP: conditions that close a function's endpoint with its route, sessions,
// variables of the environment; and blocks that nothing emits, which leave all others as they are.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { startApplication } from "../harness/application.mjs";
import { bun, run } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { project } from "./sources.mjs";

const SECRET = "a secret that is long enough for tests";

const guarded = `server {
  env SECRET: String
  env LIMIT: Int = 3
  auth { type: "jwt", secret: SECRET }
  session { secret: SECRET, cookie_name: "own" }
  max_body 1000
  var seen = []

  fn secrets(prefix: String = "s") { ["{prefix}1"] }
  fn remember(text: String) {
    seen = [...seen, text]
    seen
  }
  fn profile(req) { req.user }
  fn timed(req, next) {
    answer = next(req)
    with_headers(answer, { "X-Path": req.path })
  }
  fn named(name) { fn(req, next) if req.query.name == name { next(req) } else { respond(403, { error: "other" }) } }

  route GET "/secrets" with auth, role("admin") => secrets
  route POST "/remember" with auth => remember
  route GET "/profile" with auth, timed => profile
  route GET "/named" with named("Ann") { "hello" }
  route GET "/limited" with rate_limit(LIMIT, 60) { "yes" }
  route POST "/visit" {
    req.session.visits = (req.session.visits ?? 0) + 1
    req.session.visits
  }
  route GET "/crash" { nothing_of("this") }
  fn nothing_of(x) { x.y.z }
  on_error fn(error, req) { { status: 503, body: { sorry: req.path } } }

  routes "/api" version: "2" {
    middleware fn key(req, res) {
      if req.headers["x-key"] != "k" { res.status(401) }
    }
    route GET "/hi/:name" { "hi {name}" }
  }
}
`;

function token(claims, { alg = "HS256", secret = SECRET } = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  return { authorization: `Bearer ${text}.${createHmac("sha256", secret).update(text).digest("base64url")}` };
}

test("what a route asks for with `with` closes the endpoint of its function too", async (t) => {
  const { cwd } = project(t, { "app.tova": guarded });
  const app = await startApplication(t, cwd, [], { env: { SECRET } });
  const both = async (headers) => {
    const route = await app.request("GET", "/secrets", { headers });
    const endpoint = await app.call("secrets", [], { headers });
    return [route.status, endpoint.status];
  };
  assert.deepEqual(await both({}), [401, 401]);
  assert.deepEqual(await both(token({ role: "admin" }, { secret: "another" })), [401, 401]);
  assert.deepEqual(await both(token({ role: "admin" }, { alg: "none" })), [401, 401]);
  assert.deepEqual(await both(token({ role: "admin", exp: 1 })), [401, 401]);
  assert.deepEqual(await both(token({ role: "user" })), [403, 403]);
  assert.deepEqual(await both(token({ role: "admin" })), [200, 200]);
  assert.equal((await app.call("remember", [5])).status, 401, "who may not call learns nothing of the arguments");
  assert.equal((await app.call("remember", [5], { headers: token({}) })).status, 400);
  assert.deepEqual((await app.call("remember", ["a"], { headers: token({}) })).body, { result: ["a"] });
  assert.equal((await app.request("POST", "/remember", { body: { text: "x".repeat(2000) }, headers: token({}) })).status, 413);
  assert.equal((await app.call("named", ["Ann"])).status, 404, "what makes a condition is no endpoint");
});

test("functions of the program as conditions, limits, blocks, groups and on_error", async (t) => {
  const { cwd } = project(t, { "app.tova": guarded });
  const app = await startApplication(t, cwd, [], { env: { SECRET } });
  const profile = await app.request("GET", "/profile", { headers: token({ id: 7 }) });
  assert.deepEqual([profile.body.id, profile.headers.get("x-path")], [7, "/profile"]);
  assert.deepEqual([(await app.request("GET", "/named?name=Bob")).status, (await app.request("GET", "/named?name=Ann")).body], [403, "hello"]);
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await app.request("GET", "/limited")).status);
  assert.deepEqual(statuses, [200, 200, 200, 429]);
  const crash = await app.request("GET", "/crash");
  assert.deepEqual([crash.status, crash.body], [503, { sorry: "/crash" }]);
  assert.equal((await app.request("GET", "/api/hi/Ann")).status, 401);
  const hi = await app.request("GET", "/api/hi/Ann", { headers: { "x-key": "k" } });
  assert.deepEqual([hi.body, hi.headers.get("api-version")], ["hi Ann", "2"]);
});

test("the body that a route names is checked as a whole, behind its conditions", async (t) => {
  const source = `shared {
  type Size = Int where { it >= 1 }
  type Item { name: String { maxLength(5) } size: Size  tags: [String] = [] }
}
server {
  auth { type: "jwt", secret: "${SECRET}" }
  fn put(id: Int, body) { [id, body.name] }
  fn add(item: Item) { "{item.name} {len(item.tags)}" }
  route PUT "/items/:id" body: Item => put
  route POST "/items" body: Item => add
  route POST "/direct" body: Item => fn(req) req.body.size + 1
  route POST "/secret" body: Item with auth => fn(req) "in"
}
`;
  const { cwd } = project(t, { "app.tova": source });
  const app = await startApplication(t, cwd);
  const ask = async (method, path, body) => {
    const answer = await app.request(method, path, { body });
    return [answer.status, answer.body];
  };
  const item = { name: "pen", size: 2 };
  assert.deepEqual(await ask("PUT", "/items/7", item), [200, [7, "pen"]]);
  assert.deepEqual(await ask("POST", "/items", item), [200, "pen 0"]);
  assert.deepEqual(await ask("POST", "/direct", item), [200, 3]);
  const wrong = { name: "pencil", size: 0, tags: ["a", 5] };
  const details = ["body.name must have at most 5 characters", "body.size is not valid", "body.tags[1] must be a string"];
  for (const [method, path] of [["PUT", "/items/7"], ["POST", "/items"], ["POST", "/direct"]]) {
    assert.deepEqual(await ask(method, path, wrong), [400, { error: "Validation failed", details }]);
  }
  assert.equal((await ask("POST", "/secret", wrong))[0], 401, "who may not ask learns nothing of the body");
});

test("a session is of its browser alone, and no page of another origin changes anything with it", async (t) => {
  const { cwd } = project(t, { "app.tova": guarded });
  const app = await startApplication(t, cwd, [], { env: { SECRET } });
  const origin = app.url("").replace(/\/$/, "");
  const first = await app.request("POST", "/visit", { headers: { origin } });
  const set = first.headers.get("set-cookie");
  assert.match(set, /^own=[\w-]+\.[\w-]+; .*HttpOnly; SameSite=Lax$/);
  const cookie = set.split(";")[0];
  const visit = async (headers) => {
    const { status, body } = await app.request("POST", "/visit", { headers });
    return status === 200 ? body : status;
  };
  assert.equal(await visit({ cookie, origin }), 2);
  assert.equal(await visit({ cookie, origin: "https://evil.example" }), 403);
  assert.equal(await visit({ cookie }), 403);
  assert.equal(await visit({ cookie: `${cookie}x`, origin }), 1);
  assert.equal(await visit({ cookie, origin }), 3);
});

test("a server that misses a variable ends with one line that names it", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": guarded });
  assert.equal((await tova("build")).code, 0);
  const started = await run(bun, [join(cwd, ".tova-out", "app.server.js")], { cwd, env: { ...process.env, SECRET: "" } });
  assert.deepEqual([started.code, started.stderr], [78, "SECRET is not set: the server needs it (`env SECRET: String`).\n"]);
});

const waiting = `theme {
  colors { primary: "red" }
  dark { colors.primary: "x" }
}
security {
  auth jwt { secret: env("S") }
  role admin { can: [read, write] }
  protect "/admin/*" { require: admin }
  csrf { enabled: true }
}
auth {
  secret: "x"
  provider email { }
  on login fn(user) { audit(user) }
  protected_route "/a" { require: admin }
}
cli {
  name: "x"
  fn greet(name: String, --loud: Bool = false) { print(undefined_thing) }
}
data {
  source users: [User] = read("u.csv")
  pipeline active = users |> where(.active)
  refresh users every 15.minutes
}
edge "e" {
  target: "cloudflare"
  kv CACHE {}
  secret TOKEN
  route GET "/x" => fn(req) { 1 }
  cors {}
}
deploy "prod" {
  server: "root@x"
  env { A: "b" }
}
ai "gpt" {
  provider: "x"
  api_key: env("K")
}
fn audit(user) { user }
shared { type User { name: String } }
server {
  fn list() -> [User] { [User("a")] }
  route GET "/list" => list
}
browser {
  form signup: User {
    field email: String = "" {
      required("m")
      email()
    }
    steps { step "One" { email } }
    on submit { save() }
  }
  component App { <p>"hi"</p> }
}
browser "second" {
  component App { <p>"hi"</p> }
}
`;

test("a block that nothing emits is told once, and every other block is written and runs", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": waiting });
  const { stdout } = await tova("check", "--format=json");
  const codes = JSON.parse(stdout).diagnostics.map(({ code }) => code);
  assert.deepEqual([...new Set(codes)], ["E402"], stdout);
  assert.equal(codes.length, 9, "theme, security, auth, cli, data, edge, deploy, ai and form");
  assert.equal((await tova("build")).code, 1);
  const outputs = readdirSync(join(cwd, ".tova-out")).filter((name) => name.endsWith(".js")).sort();
  assert.deepEqual(outputs, ["app.client.second.js", "app.server.js", "app.shared.js"], "all but the page with the form");
  const app = await startApplication(t, cwd);
  assert.deepEqual((await app.call("list")).body, { result: [{ name: "a" }] });
  assert.match((await app.request("GET", "/second")).body, /app\.client\.second\.js/);
});
