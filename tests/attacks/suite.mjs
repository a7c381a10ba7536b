// Attacks on an emitted server, as it runs in production: each row of cases/ is answered with the status that is right for it,
// no answer holds anything of the server's own, and the server is alive and the same process afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import WebSocket from "ws";
import { bun, folder, freePorts, pause, root, run, tova, until, write } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { rows as bodies } from "./cases/bodies.mjs";
import { rows as identity } from "./cases/identity.mjs";
import { rows as requests } from "./cases/requests.mjs";
import { rows as sessions } from "./cases/sessions.mjs";
import { rows as types } from "./cases/types.mjs";
import { exchange, expectAnswer, expectNothingLeaked, send } from "./client.mjs";

/** Starts the application, which gives up a body after so many seconds. */
async function start(t, bodySeconds) {
  const cwd = folder(t);
  cpSync(join(root, "tests/attacks/app.tova"), join(cwd, "app.tova"));
  write(join(cwd, "public/hello.txt"), "hello\n");
  write(join(cwd, "public/.hidden"), "xyzzy\n");
  symlinkSync("/etc/passwd", join(cwd, "public/link"));
  const { code, stderr } = await run(tova, ["build", "--quiet"], { cwd });
  assert.equal(code, 0, stderr);
  const [port] = await freePorts(1);
  const env = { ...process.env, PORT: String(port), TOVA_HOST: "127.0.0.1", TOVA_BODY_TIMEOUT: String(bodySeconds) };
  const child = spawn(bun, [".tova-out/app.server.js"], { cwd, env, stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("close", resolve));
  t.after(() => (child.kill("SIGKILL"), ended));
  await until("the server", () => fetch(`http://127.0.0.1:${port}/alive`));
  return { port, child };
}

const target = shared((t) => start(t, BODY_SECONDS));

/** The process that was started still answers. */
async function expectAlive({ port, child }) {
  assert.equal(child.exitCode, null, "the server runs");
  const answer = await send(port, { method: "GET", path: "/alive" });
  assert.deepEqual([answer.status, answer.text], [200, "true"]);
}

const memory = ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

/** Somebody with a session of their own: the cookie that their browser has, and the token that their pages have. */
async function visitor(port, name) {
  const { headers } = await send(port, { path: `/login?name=${name}` });
  const [cookie] = headers.get("set-cookie").split(";");
  const { text } = await send(port, { method: "GET", path: "/whoami", headers: { cookie } });
  return { cookie, token: JSON.parse(text).token, attributes: headers.get("set-cookie") };
}

for (const [name, request, expected] of sessions) {
  test(`sessions: ${name}`, async () => {
    const server = await target();
    const [ann, bob] = [await visitor(server.port, "ann"), await visitor(server.port, "bob")];
    const answer = await send(server.port, request({ ann, bob }));
    expectNothingLeaked(answer);
    expectAnswer(answer, expected);
    await expectAlive(server);
  });
}

test("sessions: the cookie is for no script and no other site, and a session that has ended is nobody's", async () => {
  const { port } = await target();
  const { cookie, token, attributes } = await visitor(port, "ann");
  assert.match(attributes, /HttpOnly/);
  assert.match(attributes, /SameSite=Lax/);
  const ask = (path, method, headers = {}) => send(port, { method, path, headers: { cookie, ...headers } });
  assert.equal((await ask("/logout", "POST", { "x-tova-csrf": token })).status, 200);
  assert.equal(JSON.parse((await ask("/whoami", "GET")).text).name, undefined);
});

test("sessions: a name that an attacker has given somebody is not theirs when they log in", async () => {
  const { port } = await target();
  const planted = await visitor(port, "mallory");
  const headers = { cookie: planted.cookie, "x-tova-csrf": planted.token };
  const answer = await send(port, { path: "/login?name=ann", headers });
  const [cookie] = answer.headers.get("set-cookie").split(";");
  assert.notEqual(cookie, planted.cookie);
  const theirs = await send(port, { method: "GET", path: "/whoami", headers: { cookie: planted.cookie } });
  assert.notEqual(JSON.parse(theirs.text).name, "ann");
});

for (const [kind, rows] of Object.entries({ bodies, types, requests, identity })) {
  for (const [name, request, expected] of rows) {
    test(`${kind}: ${name}`, async () => {
      const server = await target();
      const answer = await send(server.port, request);
      expectNothingLeaked(answer);
      expectAnswer(answer, expected);
      await expectAlive(server);
    });
  }
}

// ---- what comes slowly, or not at all

const BODY_SECONDS = 4;
/** What Bun gives a head to come, which nothing sets. */
const HEAD_SECONDS = 10;
/** Longer than any test takes. */
const PATIENT_SECONDS = 600;
/** How many times as long as it may a connection is held at most, on a machine that has other things to do. */
const MARGIN = 5;

/**
 * What comes over a connection, to which `bytes` go at once and then `drip` more now and then, until the other side lets it go,
 * which it is to do after so many seconds.
 */
function held(port, seconds, bytes, drip) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const timer = setInterval(() => drip !== "" && socket.writable && socket.write(drip), 250);
    const end = setTimeout(() => (socket.destroy(), reject(new Error(`the connection is still open after ${MARGIN} times ${seconds} s`))), MARGIN * seconds * 1_000);
    socket.setEncoding("latin1").on("data", (part) => { text += part; }).on("error", () => {});
    socket.on("close", () => {
      clearInterval(timer);
      clearTimeout(end);
      resolve(text);
    });
    socket.write(bytes);
  });
}

const begin = (path, field) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n${field}\r\n\r\n`;
const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
const chunks = "Transfer-Encoding: chunked";

test("slow: bodies that stop or drip are answered with 408 in time, and their connections closed", async () => {
  const server = await target();
  const cases = {
    "a call whose body stops": [`${begin("/rpc/echo", "Content-Length: 1000")}{`, ""],
    "a call whose body drips": [`${begin("/rpc/echo", "Content-Length: 1000")}{`, " "],
    "a call of which nothing comes but its head": [begin("/rpc/echo", "Content-Length: 2"), ""],
    "a call in chunks that stops": [begin("/rpc/echo", chunks) + chunk("{"), ""],
    "a long body of a route that stops": [`${begin("/notes", "Content-Length: 65000")}{`, ""],
    "a long body of a route that drips": [`${begin("/notes", "Content-Length: 65000")}{`, " "],
    "a body of a route in chunks that drips": [begin("/notes", chunks) + chunk("{"), chunk(" ")],
  };
  await Promise.all(Object.entries(cases).map(async ([name, [bytes, drip]]) => {
    const text = await held(server.port, BODY_SECONDS, bytes, drip);
    assert.match(text, /^HTTP\/1\.1 408 /, name);
    assert.match(text, /\{"error":"Request timeout"\}/, name);
  }));
  await expectAlive(server);
});

test("slow: headers that stop or drip end with their connections in time", async () => {
  const server = await target();
  await Promise.all(["", "a"].map(async (drip) => {
    const text = await held(server.port, HEAD_SECONDS, "GET /alive HTTP/1.1\r\nHost: localhost\r\nX-", drip);
    assert.doesNotMatch(text, /^HTTP\/1\.1 (200|500)/);
  }));
  await expectAlive(server);
});

test("slow: a body that comes slowly, but comes, is taken", async (t) => {
  const { port } = await target();
  const body = JSON.stringify({ title: "slow", text: "x".repeat(40_000) });
  const socket = connect(port, "127.0.0.1");
  t.after(() => socket.destroy());
  socket.write(begin("/notes", chunks));
  for (let sent = 0; sent < body.length; sent += 4_000) {
    socket.write(chunk(body.slice(sent, sent + 4_000)));
    await pause((BODY_SECONDS * 1_000) / 6);
  }
  socket.write("0\r\n\r\n");
  const [answer] = await once(socket.setEncoding("latin1"), "data");
  assert.match(answer, /^HTTP\/1\.1 200 /);
});

// ---- what is no request, or not yet one

const HEAD = "POST /rpc/alive HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

for (const [name, bytes] of [
  ["no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["a line that does not end", `GET /${"a".repeat(100_000)}`],
  ["two lengths that differ", `${HEAD}Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}`],
  ["a length and chunks, as in smuggling", `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /rpc/fail HTTP/1.1\r\n\r\n`],
  ["a negative length", `${HEAD}Content-Length: -5\r\n\r\n{}`],
  ["a chunk without a number", `${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n`],
  ["a header with a zero byte", `${HEAD}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}`],
  ["1,000 headers", `${HEAD}${Array.from({ length: 1_000 }, (_, i) => `X-${i}: ${"y".repeat(50)}\r\n`).join("")}\r\n`],
]) {
  test(`protocol: ${name} is refused or ignored, and nothing else is answered`, async () => {
    const server = await target();
    const text = await Promise.race([exchange(server.port, bytes), pause(700).then(() => "")]);
    assert.ok(text.split("HTTP/1.1 ").length <= 2, text);
    assert.doesNotMatch(text, /^HTTP\/1\.1 (200|500)/);
    expectNothingLeaked({ text, headers: new Headers() });
    await expectAlive(server);
  });
}

test("200 connections that send a byte now and then keep nobody from being answered", async (t) => {
  const server = await start(t, PATIENT_SECONDS); // no body ends before the test does
  const ended = [];
  const sockets = await Promise.all(Array.from({ length: 200 }, () => new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1");
    t.after(() => socket.destroy());
    socket.on("error", reject).on("data", (answer) => ended.push(String(answer))).on("close", () => ended.push("closed"));
    socket.write(`${HEAD}Content-Length: 1000\r\n\r\n{`, () => resolve(socket));
  })));
  for (let round = 0; round < 5; round++) {
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.write(" ", resolve))));
    await expectAlive(server);
    assert.deepEqual(ended, [], "the slow ones are still under way");
    await pause(50);
  }
});

test("1,000 sockets are held, echo what they are sent, and are let go", async (t) => {
  const server = await target();
  const before = memory(server.child);
  const sockets = [];
  t.after(() => sockets.forEach((socket) => socket.terminate()));
  const open = (count) => Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://localhost:${server.port}/socket`);
    sockets.push(socket);
    socket.once("open", resolve).once("error", reject);
  })));
  for (let group = 0; group < 10; group++) await open(100);
  const echoed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("message", resolve))));
  sockets.forEach((socket, index) => socket.send(String(index)));
  const texts = (await echoed).map(String);
  assert.deepEqual(texts, texts.map((_, index) => String(index)));
  await expectAlive(server);
  assert.ok(memory(server.child) - before < 150, `${memory(server.child) - before} MB more`);
});

test("a message over the limit ends its socket and nobody else's", async (t) => {
  const server = await target();
  const sockets = await Promise.all([1, 2].map(() => new Promise((resolve) => {
    const socket = new WebSocket(`ws://localhost:${server.port}/socket`);
    t.after(() => socket.terminate());
    socket.once("open", () => resolve(socket));
  })));
  const closed = new Promise((resolve) => sockets[0].once("close", resolve));
  sockets[0].on("error", () => {});
  sockets[0].send("x".repeat(2 << 20));
  await closed;
  const answer = new Promise((resolve) => sockets[1].once("message", resolve));
  sockets[1].send("still here");
  assert.equal(String(await answer), "still here");
  await expectAlive(server);
});

test("what a page gets of a folder that is attacked is the page and its modules, and nothing runs in it that is not its own", async () => {
  const { port } = await target();
  const { text, headers } = await send(port, { method: "GET", path: "/" });
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.deepEqual([...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url), ["data:,", "/app.client.js"]);
});
