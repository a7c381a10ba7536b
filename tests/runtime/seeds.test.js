// The two programs of the seed documents, as the compiler emits them, run whole.
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { finish, folder, freePort, post, socketClient, start } from "./support.js";

afterAll(finish);

describe("multi-server", () => {
  const started = (async () => {
    const directory = folder({ fixture: "multi" });
    const env = { PORT_API: String(await freePort()), PORT_EVENTS: String(await freePort()) };
    const [api, events] = [await start(directory, "app.server.api.js", env), await start(directory, "app.server.events.js", env)];
    return { directory, api, events, env };
  })();

  test("each server listens on its own port", async () => {
    const { api, events, env } = await started;
    expect(String(api.port)).toBe(env.PORT_API);
    expect(String(events.port)).toBe(env.PORT_EVENTS);
  });

  test("functions are callable by RPC without the token that routes need", async () => {
    const { api } = await started;
    expect(await (await post(`${api.url}/rpc/list_users`, {})).json()).toEqual({ result: [] });
    const created = await post(`${api.url}/rpc/create_user`, { __args: ["Ann", "a@b.c"] });
    expect(await created.json()).toEqual({ result: { id: 1, name: "Ann", email: "a@b.c" } });
    const found = await post(`${api.url}/rpc/get_user`, { id: 1 });
    expect(await found.json()).toEqual({ result: { id: 1, name: "Ann", email: "a@b.c" } });
    const missing = await post(`${api.url}/rpc/get_user`, { __args: [99] });
    expect(await missing.json()).toEqual({ result: null });
  });

  test("middleware refuses a route without a token, and its headers are on the refusal", async () => {
    const { api } = await started;
    const response = await fetch(`${api.url}/api/users`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: "Unauthorized" });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("list, create and get by route", async () => {
    const { api } = await started;
    const headers = { Authorization: "Bearer x" };
    const created = await post(`${api.url}/api/users`, { name: "Bob", email: "b@c.d" }, headers);
    expect(created.status).toBe(200);
    const bob = await created.json();
    expect(bob).toEqual({ id: bob.id, name: "Bob", email: "b@c.d" });
    const list = await fetch(`${api.url}/api/users`, { headers });
    expect(await list.json()).toContainEqual(bob);
    expect(list.headers.get("access-control-allow-methods")).toBe("GET, POST, PUT, DELETE");
    expect(await (await fetch(`${api.url}/api/users/${bob.id}`, { headers })).json()).toEqual(bob);
    for (const id of ["999", "abc", "1e1", "%20"]) {
      const missing = await fetch(`${api.url}/api/users/${id}`, { headers });
      expect(missing.status).toBe(404);
      expect(await missing.json()).toEqual({ error: "Not found" });
    }
  });

  test("fields that the model does not take are the client's mistake", async () => {
    const { api } = await started;
    const response = await post(`${api.url}/rpc/create_user`, { name: 5, email: {} });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "Validation failed",
      details: ["name must be a string", "email must be a string"],
    });
    const none = await post(`${api.url}/rpc/create_user`, {});
    expect((await none.json()).details).toEqual(["name is required", "email is required"]);
  });

  test("the database is the file that the source names", async () => {
    const { directory } = await started;
    expect(existsSync(join(directory, "app.db"))).toBe(true);
  });

  test("what one socket sends goes to all others, and closed ones are forgotten", async () => {
    const { events } = await started;
    const url = `ws://127.0.0.1:${events.port}/ws`;
    const [first, second, third] = [await socketClient(url), await socketClient(url), await socketClient(url)];
    first.send(JSON.stringify({ kind: "note", payload: "hello" }));
    expect(JSON.parse(await second.receive())).toEqual({ kind: "note", payload: "hello" });
    expect(JSON.parse(await third.receive())).toEqual({ kind: "note", payload: "hello" });
    third.socket.close();
    await third.closed;
    second.send(JSON.stringify({ kind: "answer" }));
    expect(JSON.parse(await first.receive())).toEqual({ kind: "answer" });
    second.send("not JSON");
    await post(`${events.url}/rpc/broadcast`, { __args: [{ kind: "all" }] });
    expect(JSON.parse(await first.receive())).toEqual({ kind: "all" });
    expect(JSON.parse(await second.receive())).toEqual({ kind: "all" });
    expect(first.messages).toEqual([]);
  });

  test("a socket's function has no endpoint, and a plain GET is told to upgrade", async () => {
    const { events } = await started;
    expect((await post(`${events.url}/rpc/ws_connect`, {})).status).toBe(404);
    const plain = await fetch(`${events.url}/ws`);
    expect(plain.status).toBe(426);
    expect(await plain.json()).toEqual({ error: "Upgrade required" });
  });

  test("the api server serves the page with the ports in effect", async () => {
    const { api, events } = await started;
    const response = await fetch(`${api.url}/`);
    expect(response.headers.get("content-type")).toBe("text/html;charset=utf-8");
    const html = await response.text();
    expect(html).toContain(`<script type="application/json" id="tova-servers">{"api":${api.port},"events":${events.port}}</script>`);
    expect(html).toContain('<script type="module" src="/app.client.js"></script>');
    expect((await fetch(`${events.url}/`)).status).toBe(404);
  });

  test("the page of one server may call the other", async () => {
    const { api, events } = await started;
    const origin = `http://127.0.0.1:${api.port}`;
    const response = await post(`${events.url}/rpc/broadcast`, {}, { Origin: origin });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    const client = await socketClient(`ws://127.0.0.1:${events.port}/ws`, { Origin: origin });
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });

  test("the limit of requests holds", async () => {
    const { api } = await started;
    const headers = { Authorization: "Bearer x" };
    const statuses = [];
    for (let i = 0; i < 110; i++) statuses.push((await fetch(`${api.url}/api/users`, { headers })).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses[0]).toBe(200);
  });

  test("both end in order, and the database leaves nothing beside its file", async () => {
    const { api, events, directory } = await started;
    expect(await events.stop()).toBe(0);
    expect(await api.stop()).toBe(0);
    expect(existsSync(join(directory, "app.db-wal"))).toBe(false);
    expect(await api.stderr()).toBe("");
    expect(await events.stderr()).toContain("server:events socket /ws: SyntaxError");
  });
});

describe("RPC bridge", () => {
  const started = (async () => start(folder({ fixture: "rpc" }), "app.server.js", { PORT: "0" }))();

  test("create and list", async () => {
    const { url } = await started;
    const created = await post(`${url}/rpc/create_user`, { __args: ["alice", "alice@example.com"] });
    expect(await created.json()).toEqual({ result: { id: 1, name: "alice", email: "alice@example.com" } });
    const named = await post(`${url}/rpc/create_user`, { name: "bob", email: "a@b.com" });
    expect((await named.json()).result.id).toBe(2);
    expect((await (await post(`${url}/rpc/get_users`, {})).json()).result.map((user) => user.name)).toEqual(["alice", "bob"]);
  });

  test("a wrong argument never reaches the function", async () => {
    const { url } = await started;
    const response = await post(`${url}/rpc/create_user`, { __args: [5] });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "Validation failed",
      details: ["name must be a string", "email is required"],
    });
  });

  test("bodies that are no object of JSON are 400", async () => {
    const { url } = await started;
    for (const body of ["{", "null", "[]", "5", '"x"', '{"__args":"xyz"}', '{"__args":{}}', '{"__args":null}']) {
      const response = await post(`${url}/rpc/create_user`, body);
      expect(response.status).toBe(400);
      expect((await response.json()).error).toBe("Invalid JSON");
    }
  });

  test("an unknown function is 404 JSON although a page is served", async () => {
    const { url } = await started;
    const response = await post(`${url}/rpc/nope`, {});
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: "Unknown function: nope" });
    const read = await fetch(`${url}/rpc/get_users`);
    expect(read.status).toBe(405);
    expect(read.headers.get("allow")).toBe("POST");
  });

  test("the page's modules are served, and nothing else is", async () => {
    const { url } = await started;
    for (const name of ["app.client.js", "app.shared.js", "runtime/rpc.js"]) {
      const response = await fetch(`${url}/${name}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/javascript;charset=utf-8");
      const again = await fetch(`${url}/${name}`, { headers: { "If-None-Match": response.headers.get("etag") } });
      expect(again.status).toBe(304);
    }
    for (const name of ["app.server.js", "runtime/server.js", "data.db", "app.client.js.map", "package.json"]) {
      expect((await fetch(`${url}/${name}`)).status).toBe(404);
    }
  });
});
