// What an attacker uses: requests as they are, byte for byte, and sockets that misbehave. And the judge: what no answer may hold.
import assert from "node:assert/strict";
import { connect } from "node:net";

const LIMIT_MS = 30_000;

/** Sends bytes, and gives all that comes back until the other side has done, or `until` says that it is enough. */
export function exchange(port, bytes, { until = () => false } = {}) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const done = () => (socket.destroy(), resolve(text));
    const late = setTimeout(done, LIMIT_MS);
    socket.setEncoding("latin1").on("data", (part) => {
      text += part;
      if (until(text)) done();
    });
    socket.on("close", () => (clearTimeout(late), resolve(text)));
    socket.on("error", (error) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve(text) : reject(error)));
    socket.on("connect", () => socket.write(bytes));
  });
}

function parseAnswer(text) {
  const [head, ...rest] = text.split("\r\n\r\n");
  const [line, ...fields] = head.split("\r\n");
  const headers = new Headers();
  for (const field of fields) headers.append(field.slice(0, field.indexOf(":")), field.slice(field.indexOf(":") + 1).trim());
  return { status: Number(line.split(" ")[1]), headers, text: rest.join("\r\n\r\n") };
}

/** Has the body come that the head speaks of? */
function isWhole(text) {
  const end = text.indexOf("\r\n\r\n");
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  return end >= 0 && length !== undefined && text.length >= end + 4 + Number(length);
}

async function sendRaw(port, { method = "POST", path, headers = {} }) {
  const fields = Object.entries({ host: `localhost:${port}`, connection: "close", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return parseAnswer(await exchange(port, `${method} ${path} HTTP/1.1\r\n${fields.join("")}\r\n`, { until: isWhole }));
}

function endless(size) {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(new TextEncoder().encode(left === size ? '{"text":"' : "x".repeat(1_000)));
      left -= 1_000;
    },
  });
}

/** Sends the request of a row. */
export async function send(port, request) {
  if (request.raw) return sendRaw(port, request);
  const { method = "POST", path, body, headers = {}, stream } = request;
  const sent = body === undefined || typeof body === "string" || body instanceof Buffer ? body : JSON.stringify(body);
  const response = await fetch(`http://localhost:${port}${path}`, {
    method,
    redirect: "manual",
    headers: { ...(method === "POST" ? { "content-type": "application/json" } : {}), ...headers },
    body: stream ? endless(stream) : sent,
    ...(stream ? { duplex: "half" } : {}),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Things of the server's own that an answer must not hold. */
const SECRETS = [
  /xyzzy/, // the text of the error
  /\.tova\b|\.tova-out|app\.server/,
  /\/tmp\/|\/home\/|\/root\/|\/usr\//,
  /\bat \S+ \(|\.js:\d+|node_modules/, // a stack
  /SQLITE|SELECT |INSERT |syntax error/i,
  /Bun v\d|bun:|<!doctype html>[^]*error/i,
];

export function expectNothingLeaked({ text, headers }) {
  const all = `${text}\n${[...headers].map((pair) => pair.join(": ")).join("\n")}`;
  for (const secret of SECRETS) assert.doesNotMatch(all, secret);
}

/** The answer is the one that the row expects. */
export function expectAnswer(answer, expected) {
  const statuses = [expected.status].flat();
  assert.ok(statuses.includes(answer.status), `status ${answer.status}, expected ${statuses.join(" or ")}: ${answer.text.slice(0, 300)}`);
  if (answer.status >= 400) {
    assert.match(answer.headers.get("content-type") ?? "", /^application\/json/, "refusals are JSON");
    assert.equal(typeof JSON.parse(answer.text).error, "string");
  }
  if (expected.body !== undefined) assert.deepEqual(JSON.parse(answer.text), expected.body);
  for (const [name, value] of Object.entries(expected.headers ?? {})) assert.equal(answer.headers.get(name), value);
  for (const name of Object.keys(expected.without ?? {})) assert.equal(answer.headers.get(name), null, `no header ${name}`);
}
