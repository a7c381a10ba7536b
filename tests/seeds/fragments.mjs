// The documents' fragments, put into a program that has what they refer to: what they compile to, and
// what they do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as acorn from "acorn";
import { startApplication } from "../harness/application.mjs";
import { folder, run, tova } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { absent, seedBlock } from "./documents.mjs";
import { options, shape } from "./javascript.mjs";

/** The page's module of the RPC document's program with these blocks added to it. */
async function clientOf(t, ...blocks) {
  const text = ["rpc-client.md: Tova Source", ...blocks].map((title) => seedBlock(title)).join("\n");
  const cwd = folder(t, { "app.tova": text });
  const { code, stdout, stderr } = await run(tova, ["build"], { cwd });
  assert.equal(code, 0, stdout + stderr);
  return readFileSync(join(cwd, ".tova-out/app.client.js"), "utf8");
}

const statements = (text) => acorn.parse(text, options).body.map(shape);

test("rpc-client.md: effects and functions that call the server become async, and each call is awaited", async (t) => {
  if (absent) t.skip(absent);
  const emitted = statements(await clientOf(t, "rpc-client.md: Automatic Async Handling"));
  const listed = [
    "createEffect(async () => { setUsers(await server.get_users()); });",
    "async function handle_submit() {" +
      "const result = await server.create_user(name(), email()); setUsers([...users(), result]); }",
  ];
  for (const statement of listed) {
    assert.ok(emitted.includes(statements(statement)[0]), statement);
  }
});

test("rpc-client.md: a call at the head of a pipe is awaited before its result flows on", async (t) => {
  if (absent) t.skip(absent);
  const emitted = await clientOf(t, "rpc-client.md: Automatic Async Handling 2");
  const load = acorn.parse(emitted, options).body.find((node) => node.id?.name === "load_active_names");
  assert.equal(load.async, true);
  const awaited = JSON.stringify(load).match(/"type":"AwaitExpression"/g) ?? [];
  assert.equal(awaited.length, 1, "one call, awaited once");
  assert.match(emitted, /await server\.get_users\(\)/);
});

// What the fragments with calls mean: a server that has the functions they name.
const program = `server {
  fn search_users(query: String, limit: Int, active: Bool) -> String {
    "{query} {limit + 1} {active}"
  }

  fn create_user(user) {
    "{user.name} <{user.email}>"
  }

  fn validate_csrf(req) {
    token = req.headers.get("X-Tova-CSRF")
    if token != "expected" {
      return "rejected"
    }
    "accepted"
  }

  fn risky_operation(fail: Bool) -> Result<String, String> {
    if fail {
      return Err("it went wrong")
    }
    Ok("it went well")
  }

  fn fails() {
    JSON.parse("[")
  }

  fn nothing() {
    nil
  }

  route GET "/validate" => validate_csrf
  route GET "/search/:query" => search_users
}
`;

const running = shared((t) => startApplication(t, folder(t, { "app.tova": program })));

test("arguments arrive in their order and with their types", async () => {
  const app = await running();
  assert.deepEqual((await app.call("search_users", ["alice", 10, true])).body, { result: "alice 11 true" });
  const { status, body } = await app.call("search_users", [5, "ten", 1.5]);
  assert.equal(status, 400);
  assert.deepEqual(body.details, ["query must be a string", "limit must be an integer", "active must be a boolean"]);
});

test("a single object argument is the body itself, and arrives as the argument", async () => {
  const app = await running();
  const body = { name: "Alice", email: "alice@example.com" };
  const answer = await app.request("POST", "/rpc/create_user", { body });
  assert.deepEqual(answer.body, { result: "Alice <alice@example.com>" });
});

test("a server reads the CSRF header of a request with req.headers.get", async () => {
  const app = await running();
  const headers = { "x-tova-csrf": "expected" };
  assert.match(JSON.stringify((await app.request("GET", "/validate", { headers })).body), /accepted/);
  assert.match(JSON.stringify((await app.request("GET", "/validate")).body), /rejected/);
  assert.equal((await app.call("validate_csrf")).status, 404, "a function of the request is no procedure");
});

test("path and query arguments of a route are converted to the declared types", async () => {
  const app = await running();
  const { body } = await app.request("GET", "/search/alice?limit=10&active=true");
  assert.match(JSON.stringify(body), /alice 11 true/);
  const wrong = await app.request("GET", "/search/alice?limit=ten&active=true");
  assert.equal(wrong.status, 400);
  assert.deepEqual(wrong.body, { error: "Validation failed", details: ["limit must be an integer"] });
});

test("Ok and Err cross the call as plain JSON with their tag", async () => {
  const app = await running();
  assert.deepEqual((await app.call("risky_operation", [false])).body, { result: { __tag: "Ok", value: "it went well" } });
  assert.deepEqual((await app.call("risky_operation", [true])).body, { result: { __tag: "Err", error: "it went wrong" } });
});

test("a function without a value answers { result: null }", async () => {
  const app = await running();
  assert.deepEqual((await app.call("nothing")).body, { result: null });
});

test("a function that throws answers 500 as JSON and tells nothing of the server's inside", async () => {
  const app = await running();
  const { status, body } = await app.call("fails");
  assert.equal(status, 500);
  assert.deepEqual(Object.keys(body), ["error"]);
  assert.doesNotMatch(JSON.stringify(body), /JSON|app\.|\//);
});
