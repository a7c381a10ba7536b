// Where messages begin and end: in pieces of any size, with lengths that are wrong, and beyond all bounds.
import assert from "node:assert/strict";
import { test } from "../harness/test.mjs";
import { frame, Wire } from "./wire.mjs";

test("a message may be cut at every byte", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.open("é🎉.tova", "fn 日本() {\n  1\n}\n");
  const params = { textDocument: { uri: wire.uri("é🎉.tova") } };
  const size = frame(wire.request("textDocument/documentSymbol", params)).length;
  for (let at = 1; at < size; at += 1) {
    const bytes = frame(wire.request("textDocument/documentSymbol", params));
    wire.write(bytes.subarray(0, at));
    await new Promise((resolve) => setImmediate(resolve));
    wire.write(bytes.subarray(at));
    const { result } = await wire.answer(wire.lastId);
    assert.deepEqual(result.map(({ name }) => name), ["日本"], `cut at ${at}`);
  }
  await wire.end();
});

test("many messages in one piece are answered in order", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  const requests = Array.from({ length: 500 }, () => wire.request("tova/none", {}));
  wire.write(...requests);
  await wire.answer(wire.lastId);
  const ids = wire.received.filter(({ message }) => message.error).map(({ message }) => message.id);
  assert.deepEqual(ids, requests.map(({ id }) => id));
  await wire.end();
});

// Each row: what is wrong, and the bytes. Nobody can say where the next message begins.
const broken = [
  ["a length that is no number", "Content-Length: twelve\r\n\r\n{}"],
  ["a negative length", "Content-Length: -2\r\n\r\n{}"],
  ["a length with a sign", "Content-Length: +2\r\n\r\n{}"],
  ["a length in hexadecimal", "Content-Length: 0x2\r\n\r\n{}"],
  ["a length of more digits than there are bytes", "Content-Length: 9999999999999999999999\r\n\r\n{}"],
  ["no length", "Content-Type: application/vscode-jsonrpc\r\n\r\n{}"],
  ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
  ["lines that end with a newline alone", "Content-Length: 2\n\n{}\r\n\r\n"],
  ["a line without a colon", "GET / HTTP/1.1\r\n\r\n"],
  ["an encoding that is not UTF-8", "Content-Length: 2\r\nContent-Type: a/b; charset=utf-16\r\n\r\n{}"],
  ["a header without an end", "A".repeat(20_000)],
  ["a body that is longer than its length", `Content-Length: 2\r\n\r\n{"jsonrpc":"2.0"}\r\n\r\n`],
];

for (const [what, bytes] of broken) {
  test(`${what}: told as -32700, and the conversation is over`, async (t) => {
    const wire = new Wire(t);
    await wire.initialize();
    wire.write(Buffer.from(bytes));
    assert.deepEqual(await wire.ended, { code: 1, signal: null });
    assert.equal(wire.received.at(-1).message.error.code, -32700);
    assert.equal(wire.received.at(-1).message.id, null);
  });
}

test("what came before the stream broke is still answered", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.write(frame(wire.request("tova/none", {})), Buffer.from("nonsense\r\n\r\n"));
  assert.deepEqual(await wire.ended, { code: 1, signal: null });
  assert.deepEqual(wire.received.slice(-2).map(({ message }) => message.error.code), [-32601, -32700]);
});

test("a message beyond the limit is left out, and the next one is understood", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  const size = 257 * 1024 * 1024;
  const piece = Buffer.alloc(1024 * 1024, " ");
  wire.write(Buffer.from(`Content-Length: ${size}\r\n\r\n`));
  for (let sent = 0; sent < size; sent += piece.length) {
    if (!wire.child.stdin.write(piece)) {
      await new Promise((resolve) => wire.child.stdin.once("drain", resolve));
    }
  }
  await wire.lives();
  assert.ok(wire.received.some(({ message }) => message.error?.code === -32600 && message.id === null));
  assert.ok(process.env.TOVA_BINARY !== undefined || wire.memory() < 64 * 1024, `${wire.memory()} kB: it is not kept`);
  await wire.end();
});

test("a message that never comes to its end keeps nobody waiting at the end of the input", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.write(Buffer.from("Content-Length: 100\r\n\r\n{"));
  wire.child.stdin.end();
  assert.deepEqual(await wire.ended, { code: 1, signal: null });
});
