// Calls on behalf of somebody else: what a page of another site can have a browser send, against a server
// with a session.
import assert from "node:assert/strict";
import { folder } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { startApplication } from "../harness/application.mjs";

const program = `
server {
  session { secret: "not so secret in a test" }
  var moved = 0
  fn login(req) {
    req.session.user = "ann"
    { ok: true }
  }
  route POST "/login" => login
  fn transfer(amount: Int) {
    moved += amount
    moved
  }
}
browser {
  component App { <button on:click={fn() server.transfer(1)}>"Transfer"</button> }
}
`;

const running = shared(async (t) => {
  const app = await startApplication(t, folder(t, { "app.tova": program }));
  const origin = new URL(app.url("/")).origin;
  const login = await app.request("POST", "/login", { body: {}, headers: { origin } });
  assert.equal(login.status, 200, JSON.stringify(login.body));
  const cookie = login.headers.getSetCookie()[0].split(";")[0];
  const page = await app.request("GET", "/", { headers: { cookie } });
  const token = /<meta name="csrf-token" content="([^"]+)">/.exec(page.body)?.[1];
  return { app, origin, cookie, token, page };
});

const transfer = async (headers) => {
  const { app } = await running();
  return (await app.call("transfer", [1], { headers })).status;
};

test("rpc-client.md: the server renders the token of a session into its page, which nobody keeps", async () => {
  const { token, page, app } = await running();
  assert.match(token ?? "", /^[\w-]{20,}$/);
  assert.equal(page.headers.get("cache-control"), "no-store");
  assert.doesNotMatch((await app.request("GET", "/")).body, /csrf-token/);
});

test("rpc-client.md: a call with a session needs its token, or to come from a page of the server", async () => {
  const { cookie, token, origin } = await running();
  assert.equal(await transfer({ cookie, "x-tova-csrf": token }), 200);
  assert.equal(await transfer({ cookie, origin }), 200);
  assert.equal(await transfer({ cookie, "sec-fetch-site": "same-origin" }), 200);
  assert.equal(await transfer({ cookie }), 403);
});

test("rpc-client.md: a wrong token, another site and another kind of body are refused", async () => {
  const { app, cookie, token } = await running();
  const before = (await app.call("transfer", [0])).body.result;
  assert.equal(await transfer({ cookie, "x-tova-csrf": `${token}x` }), 403);
  assert.equal(await transfer({ cookie, origin: "https://evil.example" }), 403);
  assert.equal(await transfer({ cookie, origin: "null" }), 403);
  assert.equal(await transfer({ cookie, "x-tova-csrf": token, origin: "https://evil.example" }), 403);
  assert.equal(await transfer({ cookie, "sec-fetch-site": "cross-site" }), 403);
  const form = { cookie, origin: "https://evil.example", "content-type": "text/plain" };
  assert.equal((await app.request("POST", "/rpc/transfer", { body: '{"__args":[1]}', headers: form })).status, 403);
  assert.equal((await app.call("transfer", [0])).body.result, before);
});
