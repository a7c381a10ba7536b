// Sockets, events, files, schedules and jobs of a server, as the compiler emits them for
// tests/golden/cases/server_services, over HTTP and WebSocket; and what clients try to break them with.
import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nextTime, parseCron } from "../../codegen/runtime/cron.js";
import { broadcast, broadcast_to, enter, exit, joinRoom, leave as leaveRoom } from "../../codegen/runtime/rooms.js";
import { timesOf } from "../../codegen/runtime/schedule.js";
import { exchange, finish, folder, post, socketClient, start, until } from "./support.js";

afterAll(finish);

/** The program's folder: files to serve, and files that must not be. */
function place() {
  const path = folder({ golden: "server_services" });
  for (const name of ["public/app/js", "public/.git", "public/.well-known", "public/pages", "private"]) mkdirSync(join(path, name), { recursive: true });
  const files = {
    "public/a.txt": "0123456789", "public/ä b.html": "<p>", "public/.env": "secret", "public/.git/config": "secret",
    "public/.well-known/x.txt": "known", "public/pages/index.html": "index", "public/app/index.html": "app",
    "public/app/js/main.js": "1", "private/p.txt": "secret", "public/empty.txt": "", "public-secret.txt": "secret",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  symlinkSync("../private/p.txt", join(path, "public/out.txt"));
  symlinkSync("../private", join(path, "public/outside"));
  symlinkSync("a.txt", join(path, "public/inside.txt"));
  utimesSync(join(path, "public/a.txt"), new Date("2026-01-02T03:04:05Z"), new Date("2026-01-02T03:04:05Z"));
  return path;
}

const directory = place();
const started = start(directory, "app.server.js", { PORT: "0" });

const connect = async (query = "") => socketClient(`${(await started).url.replace("http", "ws")}/any/path${query}`);

/** Ends the connection and waits until the server knows. */
async function leave(client) {
  client.socket.close(1000, "bye");
  await client.closed;
}

const get = async (path, headers = {}, method = "GET") => {
  const { url } = await started;
  const response = await fetch(url + path, { headers, method, redirect: "manual" });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe("ws { }", () => {
  test("a socket on any path, messages to a room, and the end of a connection", async () => {
    const first = await connect("?name=first");
    const second = await connect("?name=second");
    expect(JSON.parse(await first.receive())).toEqual({ joined: "second" });
    first.send("hello");
    expect(await first.receive()).toBe("echo hello");
    second.send("all");
    expect([await second.receive(), await second.receive(), await first.receive()]).toEqual(["to all", "echo all", "to all"]);
    await leave(second);
    expect(await first.receive()).toBe("closed 1000 bye");
    await leave(first);
  });

  test("who has left a room hears nothing more of it", async () => {
    const first = await connect("?name=a");
    first.send("leave");
    expect(await first.receive()).toBe("echo leave");
    const second = await connect("?name=b");
    first.send("x");
    expect(await first.receive()).toBe("echo x");
    await leave(first);
    await leave(second);
  });

  test("an error in a handler goes to on_error, and the connection and the server live on", async () => {
    const client = await connect();
    client.send("throw");
    expect(await client.receive()).toStartWith("error ");
    client.send("still");
    expect(await client.receive()).toBe("echo still");
    await leave(client);
  });

  test("messages are handled in their order, also where one takes time", async () => {
    const client = await connect();
    for (const message of ["slow", "b", "c"]) client.send(message);
    expect([await client.receive(), await client.receive(), await client.receive()]).toEqual(["echo slow", "echo b", "echo c"]);
    await leave(client);
  });

  test("a flood of messages behind a slow one ends the connection", async () => {
    const client = await connect();
    client.send("slow");
    for (let i = 0; i < 200; i++) client.send("x");
    expect((await client.closed).code).toBe(1008);
    expect((await get("/runs")).status).toBe(200);
  });

  test("a message over the limit ends the connection", async () => {
    const client = await connect();
    client.send("x".repeat((1 << 20) + 1));
    expect([1006, 1009]).toContain((await client.closed).code);
    expect((await get("/runs")).status).toBe(200);
  });

  const handshake = async (path, headers = "") => {
    const { port } = await started;
    return exchange(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
      + `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`);
  };

  test("a page of another origin, and whom auth refuses, get no socket", async () => {
    expect((await handshake("/", "Origin: https://evil.example\r\n")).status).toBe(403);
    expect((await handshake("/runs", "Origin: null\r\n")).status).toBe(403);
    expect(await handshake("/?key=bad")).toMatchObject({ status: 401, body: '{"error":"Unauthorized"}' });
  });

  test("more connections than allowed are refused, and there is room again when one ends", async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => connect()));
    expect((await handshake("/")).status).toBe(503);
    await Promise.all(clients.map(leave));
    expect(await until(async () => {
      const client = await connect().catch(() => null);
      if (client !== null) await leave(client);
      return client !== null;
    })).toBe(true);
  });
});

test("a thousand sockets get what one sends, and leave nothing behind", async () => {
  const server = await start(folder({ files: { "main.js": `
    import { createServer } from "./runtime/server.js";
    import { broadcast, broadcast_to } from "./runtime/rooms.js";
    import { join } from "./runtime/core.js";
    import { websockets } from "./runtime/websockets.js";
    const { __use, __addRoute, __listen } = createServer({ port: 0 });
    let open = 0;
    __use(websockets({
      on_open: (ws) => { open++; join(ws, "all"); },
      on_message: (ws, message) => broadcast_to("all", message, ws),
      on_close: () => { open--; },
    }));
    __addRoute("GET", "/", () => ({ open, reached: broadcast("x") }));
    __listen();` } }), "main.js", { PORT: "0" });
  const state = async () => (await fetch(server.url)).json();
  const clients = await Promise.all(Array.from({ length: 1000 }, () => socketClient(server.url.replace("http", "ws"))));
  expect(await state()).toEqual({ open: 1000, reached: 1000 });
  await Promise.all(clients.map((client) => client.receive()));
  clients[0].send("hello");
  expect(new Set(await Promise.all(clients.slice(1).map((client) => client.receive())))).toEqual(new Set(["hello"]));
  for (const [index, { socket }] of clients.entries()) index % 2 === 0 ? socket.close() : socket.terminate();
  expect(await until(async () => (await state()).open === 0)).toBe(true);
  expect(await state()).toEqual({ open: 0, reached: 0 });
  expect(await server.stop()).toBe(0);
});

describe("rooms", () => {
  const socket = () => {
    const got = [];
    return { got, send: (data) => got.push(data) };
  };

  test("members, one left out, values as JSON once, and nothing for who has gone", () => {
    const [a, b, c] = [socket(), socket(), socket()];
    for (const each of [a, b, c]) enter(each);
    for (const each of [a, b, a]) joinRoom(each, 7);
    expect([broadcast_to("7", "x"), broadcast_to(7, { y: 1 }, a), broadcast_to("none", "z"), broadcast("w", c)]).toEqual([2, 1, 0, 2]);
    leaveRoom(b, "7");
    leaveRoom(b, "7");
    leaveRoom(c, "never");
    exit(a);
    joinRoom(a, "7");
    expect([broadcast_to("7", "late"), broadcast("end"), a.got, b.got, c.got])
      .toEqual([0, 2, ["x", "w"], ["x", '{"y":1}', "w", "end"], ["end"]]);
    for (const each of [b, c]) exit(each);
  });

  test("a client cannot fill the memory with rooms", () => {
    const one = socket();
    enter(one);
    for (let i = 0; i < 1000; i++) joinRoom(one, i);
    expect(() => joinRoom(one, "more")).toThrow("at most 1000 rooms");
    expect(() => joinRoom(one, 5)).not.toThrow();
    exit(one);
  });
});

describe("sse", () => {
  test("events of a route, with the request", async () => {
    const { status, headers, body } = await get("/clock/utc");
    expect([status, headers.get("content-type"), body])
      .toEqual([200, "text/event-stream", "event: zone\ndata: utc\n\nevent: tick\ndata: [1,2]\n\n"]);
  });
});

describe("static", () => {
  test("a file, with its type and what lets it be kept", async () => {
    const { status, headers, body } = await get("/assets/a.txt");
    expect([status, body]).toEqual([200, "0123456789"]);
    expect(["content-type", "content-length", "last-modified", "accept-ranges", "x-content-type-options"].map((name) => headers.get(name)))
      .toEqual(["text/plain;charset=utf-8", "10", "Fri, 02 Jan 2026 03:04:05 GMT", "bytes", "nosniff"]);
    expect(headers.get("etag")).toMatch(/^"[\w-]+"$/);
  });

  test("HEAD has the headers and no body; other methods are refused", async () => {
    const head = await get("/assets/a.txt", {}, "HEAD");
    expect([head.status, head.headers.get("content-length"), head.body]).toEqual([200, "10", ""]);
    const put = await get("/assets/a.txt", {}, "PUT");
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  test("escaped names, links inside, empty files, .well-known, the index of a folder", async () => {
    expect((await get("/assets/%C3%A4%20b.html")).body).toBe("<p>");
    expect((await get("/assets/inside.txt")).body).toBe("0123456789");
    expect((await get("/assets/empty.txt"))).toMatchObject({ status: 200, body: "" });
    expect((await get("/assets/.well-known/x.txt")).body).toBe("known");
    expect((await get("/assets/pages/")).body).toBe("index");
    const redirected = await get("/assets/pages?a=1");
    expect([redirected.status, redirected.headers.get("location")]).toEqual([301, "/assets/pages/?a=1"]);
    expect((await get("/assets/")).status).toBe(404);
  });

  test("a fallback for what is not there, and for nothing else", async () => {
    expect((await get("/app/js/main.js")).body).toBe("1");
    expect((await get("/app/some/route")).body).toBe("app");
    expect((await get("/app")).status).toBe(301);
    expect((await get("/app/.env")).status).toBe(404);
    expect((await get("/apple")).status).toBe(404);
    expect((await get("/assets/none.txt"))).toMatchObject({ status: 404, body: '{"error":"Not found"}' });
  });

  test("no path leads out of the folder, none to what is hidden", async () => {
    const { port } = await started;
    const attacks = [
      "/assets/../private/p.txt", "/assets/..%2fprivate/p.txt", "/assets/%2e%2e/private/p.txt", "/assets/%2e%2e%2fprivate%2fp.txt",
      "/assets/..%5cprivate%5cp.txt", "/assets/%252e%252e/private/p.txt", "/assets/....//private/p.txt", "/assets//private/p.txt",
      "/assets/./../private/p.txt", "/assets/pages/../../private/p.txt", "/assets/..;/private/p.txt", "/assets%2f..%2fprivate/p.txt",
      "/assets/%00a.txt", "/assets/a.txt%00.html", "/assets/%c0%ae%c0%ae/private/p.txt", "/assets/%ff", "/assets/%",
      "/assets/out.txt", "/assets/outside/p.txt", "/assets/.env", "/assets/%2eenv", "/assets/.git/config", "/assets/pages/.well-known",
      "/assets-secret.txt", "/assets/../public-secret.txt", "/assets//etc/passwd", "/assets//../../../../../../etc/passwd",
      "/assets/../app.server.js", "/assets/~root", `/assets/${"a/".repeat(3000)}`, `/assets/${"x".repeat(5000)}`, "/assets/a.txt/x",
    ];
    for (const path of attacks) {
      const { status, body } = await exchange(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect([path, [400, 404, 414].includes(status), body.includes("secret") || body.includes("root:")]).toEqual([path, true, false]);
    }
  });

  test("conditional requests", async () => {
    const { headers } = await get("/assets/a.txt");
    const [tag, date] = [headers.get("etag"), headers.get("last-modified")];
    const status = async (conditions) => (await get("/assets/a.txt", conditions)).status;
    expect(await status({ "If-None-Match": tag })).toBe(304);
    expect(await status({ "If-None-Match": `"other", W/${tag}` })).toBe(304);
    expect(await status({ "If-None-Match": "*" })).toBe(304);
    expect(await status({ "If-None-Match": '"other"' })).toBe(200);
    expect(await status({ "If-Modified-Since": date })).toBe(304);
    expect(await status({ "If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT" })).toBe(200);
    expect(await status({ "If-Modified-Since": "yesterday" })).toBe(200);
    expect(await status({ "If-None-Match": '"other"', "If-Modified-Since": date })).toBe(200);
    expect(await status({ "If-Match": tag })).toBe(200);
    expect(await status({ "If-Match": '"other"' })).toBe(412);
    expect(await status({ "If-Match": `W/${tag}` })).toBe(412);
    expect(await status({ "If-Unmodified-Since": "Thu, 01 Jan 2026 00:00:00 GMT" })).toBe(412);
    expect((await get("/assets/a.txt", { "If-None-Match": tag })).body).toBe("");
    const path = join(directory, "public/a.txt");
    const { mtime } = statSync(path);
    writeFileSync(path, "0123456789+");
    expect(await status({ "If-None-Match": tag })).toBe(200);
    writeFileSync(path, "0123456789");
    utimesSync(path, mtime, mtime);
  });

  test("ranges", async () => {
    const { headers } = await get("/assets/a.txt");
    const part = async (range, more = {}) => {
      const answer = await get("/assets/a.txt", { Range: range, ...more });
      return [answer.status, answer.headers.get("content-range"), answer.headers.get("content-length"), answer.body];
    };
    expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "3", "234"]);
    expect(await part("bytes=7-")).toEqual([206, "bytes 7-9/10", "3", "789"]);
    expect(await part("bytes=-2")).toEqual([206, "bytes 8-9/10", "2", "89"]);
    expect(await part("bytes=-99")).toEqual([206, "bytes 0-9/10", "10", "0123456789"]);
    expect(await part("bytes=5-99")).toEqual([206, "bytes 5-9/10", "5", "56789"]);
    expect((await part("bytes=10-")).slice(0, 2)).toEqual([416, "bytes */10"]);
    expect((await part("bytes=-0")).slice(0, 2)).toEqual([416, "bytes */10"]);
    for (const whole of ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=a-b", "bytes=-"]) {
      expect([whole, (await part(whole))[0]]).toEqual([whole, 200]);
    }
    expect((await part("bytes=2-4", { "If-Range": headers.get("etag") }))[0]).toBe(206);
    expect((await part("bytes=2-4", { "If-Range": headers.get("last-modified") }))[0]).toBe(206);
    expect((await part("bytes=2-4", { "If-Range": '"other"' }))[0]).toBe(200);
    const head = await get("/assets/a.txt", { Range: "bytes=2-4" }, "HEAD");
    expect([head.status, head.headers.get("content-length"), head.body]).toEqual([206, "3", ""]);
  });
});

describe("schedule", () => {
  test("runs again and again", async () => {
    expect(await until(async () => Number((await get("/runs")).body) >= 3)).toBe(true);
  });

  const at = (cron, after) => {
    const next = nextTime(parseCron(cron), new Date(after).getTime());
    const date = new Date(next - new Date(next).getTimezoneOffset() * 60_000);
    return date.toISOString().slice(0, 19);
  };

  test("cron expressions", () => {
    expect(at("*/5 * * * *", "2026-11-21T12:01:00")).toBe("2026-11-21T12:05:00");
    expect(at("*/30 * * * * *", "2026-11-21T12:01:00")).toBe("2026-11-21T12:01:30");
    expect(at("0 0 * * *", "2026-12-31T12:00:00")).toBe("2027-01-01T00:00:00");
    expect(at("0 9,17 * * 1-5", "2026-11-20T17:00:00")).toBe("2026-11-23T09:00:00");
    expect(at("0 0 29 2 *", "2026-01-01T00:00:00")).toBe("2028-02-29T00:00:00");
    expect(at("0 0 * * 7", "2026-11-21T12:00:00")).toBe("2026-11-22T00:00:00");
    expect(at("15 3 * jan-mar/2 sun", "2026-02-01T00:00:00")).toBe("2026-03-01T03:15:00");
    expect(at("0 0 13 * fri", "2026-11-21T00:00:00")).toBe("2026-11-27T00:00:00");
    expect(at("@hourly", "2026-11-21T12:00:00")).toBe("2026-11-21T13:00:00");
    expect(at("5/20 * * * *", "2026-11-21T12:00:00")).toBe("2026-11-21T12:05:00");
  });

  test("what is no time is said at the start", () => {
    for (const bad of ["", "soon", "5x", "0m", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "*/0 * * * *",
      "5-1 * * * *", "a * * * *", "1,,2 * * * *", "1-2-3 * * * *", "0 0 30 2 *"]) {
      expect(() => timesOf(bad)).toThrow("neither a time");
    }
  });

  test("times that went by while nothing ran are left out", () => {
    const now = Date.now();
    expect(timesOf("1s")(0)).toBeGreaterThan(now - 1000);
    expect(timesOf("* * * * *")(0)).toBeGreaterThan(now);
  });
});

describe("background fn", () => {
  test("a request does not wait for its jobs, and a failing one harms nothing", async () => {
    const { url } = await started;
    expect((await post(`${url}/work`, { name: "a", wait: 2000 })).status).toBe(200);
    expect(JSON.parse((await get("/done")).body)).not.toContain("a");
    await post(`${url}/work`, { name: "bad" });
    await post(`${url}/work`, { name: "c" });
    expect(await until(async () => JSON.parse((await get("/done")).body).length === 5)).toBe(true);
    expect(JSON.parse((await get("/done")).body).sort()).toEqual(["a", "a too", "bad too", "c", "c too"]);
  });

  const program = (body) => `
    import { createServer } from "./runtime/server.js";
    import { background, spawn_job } from "./runtime/jobs.js";
    import { schedule } from "./runtime/schedule.js";
    const { __use, __addRoute, __listen } = createServer({ port: 0 });
    ${body}
    __listen();`;

  test("the end of the server waits for jobs and for what runs by a schedule", async () => {
    const server = await start(folder({ files: { "main.js": program(`
      async function job(n) { await Bun.sleep(150); console.error("done " + n); if (n === 1) spawn_job("job", 2); }
      __use(background(job));
      let once = false;
      __use(schedule("10ms", async () => { if (once) return; once = true; await Bun.sleep(300); console.error("ran"); }));
      __addRoute("GET", "/began", () => once);
      __addRoute("GET", "/", () => spawn_job("job", 1));`) } }), "main.js", { PORT: "0" });
    expect(await until(async () => (await fetch(`${server.url}/began`)).json())).toBe(true);
    await fetch(server.url);
    expect(await server.stop()).toBe(0);
    expect((await server.stderr()).split("\n").filter(Boolean).sort()).toEqual(["done 1", "done 2", "ran"]);
  });

  test("some run at a time, too many that wait are refused, and an unknown one is a mistake", async () => {
    const server = await start(folder({ files: { "main.js": program(`
      let [now, most] = [0, 0];
      async function job() { most = Math.max(most, ++now); await Bun.sleep(5); now--; }
      __use(background(job));
      __addRoute("GET", "/most", () => most);
      __addRoute("GET", "/flood", () => { for (let i = 0; i < 20000; i++) spawn_job(job); });
      __addRoute("GET", "/unknown", () => spawn_job("nope"));
      __addRoute("GET", "/forty", () => { for (let i = 0; i < 40; i++) spawn_job("job"); });`) } }), "main.js", { PORT: "0" });
    await fetch(`${server.url}/forty`);
    expect(await until(async () => (await (await fetch(`${server.url}/most`)).json()) === 10)).toBe(true);
    expect((await fetch(`${server.url}/unknown`)).status).toBe(500);
    expect((await fetch(`${server.url}/flood`)).status).toBe(503);
    server.process.kill("SIGKILL");
    expect(await server.stderr()).toContain("there is no `background fn nope`");
  });
});
