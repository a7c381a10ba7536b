// The applications of examples/ under `tova dev`, asked over HTTP as any client would. What a person sees of them in a
// browser is in tests/browser.
import assert from "node:assert/strict";
import { join } from "node:path";
import { sqlite } from "../harness/program.mjs";
import { openSocket } from "../harness/sockets.mjs";
import { shared, test } from "../harness/test.mjs";
import "./programs.mjs";
import "./requests.mjs";
import { startExample } from "./start.mjs";

const users = shared((t) => startExample(t, "users"));
const dashboard = shared((t) => startExample(t, "dashboard", ["api", "events"]));
const authorized = { headers: { authorization: "Bearer anyone" } };

// ---- the RPC users application

test("examples/users: create, list and get, by call and by route", async () => {
  const { cwd, app } = await users();
  const ada = { id: 1, name: "Ada", email: "ada@example.com" };
  const created = await app.request("POST", "/rpc/create_user", { body: { name: "Ada", email: "ada@example.com" } });
  assert.deepEqual(created.body, { result: { __tag: "Ok", value: ada } });
  assert.deepEqual((await app.call("list_users")).body, { result: [ada] });
  assert.deepEqual((await app.call("get_user", [1])).body, { result: ada });
  assert.deepEqual((await app.request("GET", "/api/users")).body, [ada]);
  assert.deepEqual((await app.request("GET", "/api/users/1")).body, ada);
  assert.equal((await app.request("GET", "/api/users/99")).status, 404);
  assert.deepEqual(await sqlite(join(cwd, "users.db"), "SELECT id, name, email FROM users"), [ada]);
});

test("examples/users: what only the server can refuse comes back as an Err", async () => {
  const { app } = await users();
  const answer = await app.call("create_user", ["", "x@example.com"]);
  assert.equal(answer.status, 200);
  assert.equal(answer.body.result.__tag, "Err");
});

test("examples/users: arguments of a wrong type answer 400 with the document's body", async () => {
  const { app } = await users();
  const answer = await app.request("POST", "/rpc/create_user", { body: { __args: [7] } });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.body, {
    error: "Validation failed",
    details: ["name must be a string", "email is required"],
  });
  assert.equal((await app.request("GET", "/api/users/abc")).status, 400);
});

test("examples/users: bad JSON answers 400, an unknown function 404, both as JSON", async () => {
  const { app } = await users();
  const bad = await app.request("POST", "/rpc/create_user", { body: "{ name" });
  assert.equal(bad.status, 400);
  assert.ok(bad.body.error);
  const unknown = await app.call("nope");
  assert.equal(unknown.status, 404);
  assert.ok(unknown.body.error);
  assert.equal((await app.call("_complaint", ["a", "b"])).status, 404, "a name that begins with _ has no endpoint");
});

// ---- the multi-server dashboard

const ticket = { title: "The door sticks", author: "Ann" };

test("examples/dashboard: create, list and get, by call and by route", async () => {
  const { cwd, app } = await dashboard();
  const opened = await app.request("POST", "/api/tickets", { ...authorized, body: ticket });
  assert.equal(opened.status, 200);
  const expected = { id: 1, ...ticket, urgent: false, open: true };
  assert.deepEqual(opened.body, expected);
  assert.deepEqual((await app.request("GET", "/api/tickets", authorized)).body, [expected]);
  assert.deepEqual((await app.request("GET", "/api/tickets/1", authorized)).body, expected);
  assert.equal((await app.request("GET", "/api/tickets/99", authorized)).status, 404);
  assert.deepEqual((await app.call("list_tickets")).body, { result: [expected] });
  assert.deepEqual((await app.call("get_ticket", [1])).body, { result: expected });
  const rows = await sqlite(join(cwd, "desk.db"), "SELECT title, author FROM tickets");
  assert.deepEqual(rows, [ticket]);
});

test("examples/dashboard: middleware stands before the routes", async () => {
  const { app } = await dashboard();
  const refused = await app.request("GET", "/api/tickets");
  assert.equal(refused.status, 401);
  const answered = await app.request("GET", "/api/tickets", authorized);
  assert.equal(answered.headers.get("access-control-allow-origin"), "*");
  assert.match(answered.headers.get("x-ratelimit-remaining"), /^\d+$/);
});

test("examples/dashboard: arguments of a wrong type answer 400 with the document's body", async () => {
  const { app } = await dashboard();
  const answer = await app.request("POST", "/rpc/open_ticket", { body: { title: 1, author: "Ann", urgent: "yes" } });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.body, {
    error: "Validation failed",
    details: ["title must be a string", "urgent must be a boolean"],
  });
  assert.equal((await app.request("GET", "/api/tickets/one", authorized)).status, 400);
});

test("examples/dashboard: bad JSON answers 400, an unknown function 404, on both servers", async () => {
  const { app } = await dashboard();
  for (const server of ["api", "events"]) {
    const known = server === "api" ? "open_ticket" : "announce";
    const bad = await app.request("POST", `/rpc/${known}`, { server, body: "[1," });
    assert.equal(bad.status, 400);
    assert.ok(bad.body.error);
    const unknown = await app.call("nope", [], { server });
    assert.equal(unknown.status, 404);
    assert.ok(unknown.body.error);
  }
  assert.equal((await app.call("open_ticket", [], { server: "events" })).status, 404, "a server has its own functions only");
});

test("examples/dashboard: what one socket sends, the other receives", async (t) => {
  const { app } = await dashboard();
  const mine = await openSocket(t, app, "events", "/feed");
  const theirs = await openSocket(t, app, "events", "/feed");
  const activity = { kind: "note", author: "Ann", text: "hello" };
  mine.send(activity);
  assert.deepEqual(await theirs.next(), activity);
});
