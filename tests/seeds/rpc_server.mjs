// The RPC documents' program (a shared type, one unnamed server, a page) under `tova dev`.
import assert from "node:assert/strict";
import { join } from "node:path";
import { shared, test } from "../harness/test.mjs";
import { folder, sqlite } from "../harness/program.mjs";
import { startApplication } from "../harness/application.mjs";
import { absent, seedBlock } from "./documents.mjs";

for (const document of ["rpc-client.md", "rpc-browser.md"]) {
  const running = shared(async (t) => {
    const cwd = folder(t, { "app.tova": seedBlock(`${document}: Tova Source`) });
    return { cwd, app: await startApplication(t, cwd) };
  });

  const seedTest = (name, body) =>
    test(`${document}: ${name}`, async (t) => {
      if (absent) t.skip(absent);
      await body({ ...(await running()), t });
    });

  seedTest("a call without arguments answers { result }", async ({ app }) => {
    const { status, body } = await app.call("get_users");
    assert.equal(status, 200);
    assert.deepEqual(body, { result: [] });
  });

  seedTest("positional arguments create a user", async ({ app }) => {
    const { status, body } = await app.call("create_user", ["Alice", "alice@example.com"]);
    assert.equal(status, 200);
    assert.deepEqual(body, { result: { id: 1, name: "Alice", email: "alice@example.com" } });
  });

  seedTest("named arguments create a user", async ({ app }) => {
    const body = { name: "Bob", email: "bob@example.com" };
    const answer = await app.request("POST", "/rpc/create_user", { body });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { result: { id: 2, ...body } });
  });

  seedTest("what was created is listed and is in the SQLite file that `path` names", async ({ app, cwd }) => {
    const expected = [
      { id: 1, name: "Alice", email: "alice@example.com" },
      { id: 2, name: "Bob", email: "bob@example.com" },
    ];
    assert.deepEqual((await app.call("get_users")).body, { result: expected });
    assert.deepEqual(await sqlite(join(cwd, "data.db"), "SELECT id, name, email FROM users ORDER BY id"), expected);
  });

  seedTest("invalid arguments answer 400 with the document's body before the function runs", async ({ app }) => {
    const required = await app.call("create_user");
    assert.equal(required.status, 400);
    assert.deepEqual(required.body, {
      error: "Validation failed",
      details: ["name is required", "email is required"],
    });
    const wrong = await app.request("POST", "/rpc/create_user", { body: { name: 5, email: null } });
    assert.equal(wrong.status, 400);
    assert.deepEqual(wrong.body, {
      error: "Validation failed",
      details: ["name must be a string", "email is required"],
    });
    assert.deepEqual((await app.call("create_user", [{}, ["x"]])).body.details, [
      "name must be a string",
      "email must be a string",
    ]);
    assert.equal((await app.call("get_users")).body.result.length, 2);
  });

  seedTest("a body that is not JSON answers 400 as JSON", async ({ app }) => {
    for (const body of ["{ name:", "[1", "null", '"text"', '{"__args":"ab"}']) {
      const answer = await app.request("POST", "/rpc/create_user", { body });
      assert.equal(answer.status, 400, body);
      assert.equal(typeof answer.body.error, "string", body);
    }
  });

  seedTest("an unknown function answers 404 as JSON, although the server serves a page", async ({ app }) => {
    const { status, body } = await app.call("no_such_function");
    assert.equal(status, 404);
    assert.equal(typeof body.error, "string");
    assert.match(body.error, /no_such_function/);
  });

  seedTest("an endpoint takes POST only", async ({ app }) => {
    const { status, headers } = await app.request("GET", "/rpc/get_users");
    assert.equal(status, 405);
    assert.match(headers.get("allow"), /POST/);
  });

  seedTest("a page of another origin cannot call", async ({ app }) => {
    const { status } = await app.call("get_users", [], { headers: { origin: "http://evil.example" } });
    assert.equal(status, 403);
    const plain = await app.request("POST", "/rpc/get_users", { body: "{}", headers: { "content-type": "text/plain" } });
    assert.equal(plain.status, 415);
  });

  seedTest("the page and its modules are served, the server's code is not", async ({ app }) => {
    const page = await app.request("GET", "/");
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type"), /text\/html/);
    assert.match(page.body, /<script type="module" src="\/app\.client\.js">/);
    assert.doesNotMatch(page.body, /https?:\/\/(?!localhost)/, "the page loads nothing from elsewhere");
    for (const path of ["/app.client.js", "/runtime/rpc.js", "/runtime/reactivity.js"]) {
      const { status, headers } = await app.request("GET", path);
      assert.equal(status, 200, path);
      assert.match(headers.get("content-type"), /javascript/, path);
    }
    for (const path of ["/app.server.js", "/app.tova", "/data.db", "/runtime/server.js", "/runtime/db.js", "/../data.db"]) {
      assert.equal((await app.request("GET", path)).status, 404, path);
    }
  });

  seedTest("what was created is there after a restart", async ({ app, cwd, t }) => {
    await app.stop();
    const again = await startApplication(t, cwd);
    assert.equal((await again.call("get_users")).body.result.length, 2);
  });
}
