// What is no message of the protocol, or one at the wrong time: each is answered by the code that the protocol has for it,
// and the daemon goes on.
import assert from "node:assert/strict";
import { until } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { methods } from "./methods.mjs";
import { frame, Wire } from "./wire.mjs";

const utf8 = (...bytes) => Buffer.from(bytes);
const bad = (bytes) => Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":"bad","method":"tova/'), bytes, Buffer.from('"}')]);

// Each row: what is wrong, the body, and the code of the answer, which has no id that could be known.
const wrong = [
  ["no JSON", "{ no json", -32700],
  ["an empty body", "", -32700],
  ["half an object", '{"jsonrpc":"2.0","id":1', -32700],
  ["text behind the object", '{"jsonrpc":"2.0"} x', -32700],
  ["a number with a leading zero behind an object", '{"jsonrpc":"2.0","id":1,"method":"a"}01', -32700],
  ["a NUL", Buffer.from('{"jsonrpc":"2.0",\0"id":1}'), -32700],
  ["nesting without end", "[".repeat(200_000), -32700],
  ["nesting of objects without end", '{"a":'.repeat(200_000), -32700],
  ["a number", "1", -32600],
  ["null", "null", -32600],
  ["a batch, which the protocol does not have", '[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]', -32600],
  ["no version", '{"id":null,"method":"a"}', -32600],
  ["another version", '{"jsonrpc":"1.0","method":"a"}', -32600],
  ["neither method nor result", '{"jsonrpc":"2.0"}', -32600],
  ["a method that is no text", '{"jsonrpc":"2.0","method":1}', -32600],
  ["a method under another name", '{"jsonrpc":"2.0","Method":"exit"}', -32600],
  ["an id that is null", '{"jsonrpc":"2.0","id":null,"method":"shutdown"}', -32600],
  ["an id that is an object", '{"jsonrpc":"2.0","id":{},"method":"shutdown"}', -32600],
];

for (const [what, body, code] of wrong) {
  test(`${what} is answered with ${code}`, async (t) => {
    const wire = new Wire(t);
    await wire.initialize();
    wire.write(frame(body));
    await wire.lives();
    const errors = wire.received.filter(({ message }) => message.error && message.id === null);
    assert.deepEqual(errors.map(({ message }) => message.error.code), [code]);
    await wire.end();
  });
}

test("bytes that are no UTF-8 are understood as far as they can be, and never sent back", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  for (const bytes of [utf8(0xff), utf8(0xc0, 0xaf), utf8(0xed, 0xa0, 0x80), utf8(0xf4, 0x90, 0x80, 0x80), utf8(0xe2, 0x82)]) {
    const count = wire.received.length;
    wire.write(frame(bad(bytes)));
    await until("the answer", () => wire.received.length > count);
    const { message, text } = wire.received.at(-1);
    assert.equal(message.error.code, -32601);
    assert.match(text, /\ufffd/, "as the replacement character");
  }
  await wire.end();
});

test("ids come back as the text that they were", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  const ids = ["0", "-1", "9007199254740993", "123456789012345678901234567890", "1.5", "1e400", '"text"', '"\\u00e9\\"\\\\"', '"🎉"', '""'];
  for (const id of ids) {
    const count = wire.received.length;
    wire.write(`{"method":"tova/none","params":{"id":7},"id" : ${id} ,"jsonrpc":"2.0"}`);
    const { text } = await until(`the answer to ${id}`, () => wire.received[count]);
    assert.ok(text.includes(`"id":${id},`), `${text} has ${id}`);
  }
  await wire.end();
});

test("the capabilities that it announces name nothing twice", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  const { text, message } = wire.received[0];
  assert.equal(JSON.stringify(message), text, "two rows of methods.def that announce one member overwrite each other");
  await wire.end();
});

test("every request before initialize is refused, every notification passed over", async (t) => {
  const wire = new Wire(t);
  for (const { name, request, early } of methods.filter((method) => !method.early)) {
    if (request) {
      const { error } = await wire.ask(name, { textDocument: { uri: "file:///a.tova" }, position: { line: 0, character: 0 } });
      assert.equal(error.code, -32002, name);
    } else {
      wire.notify(name, { textDocument: { uri: "file:///a.tova", version: 1, languageId: "tova", text: "" } });
    }
    assert.equal(early, false);
  }
  await wire.initialize();
  await wire.end();
});

test("after shutdown every request is refused with -32600", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  await wire.ask("shutdown");
  for (const { name, request } of methods) {
    if (request) {
      assert.equal((await wire.ask(name, {})).error.code, -32600, name);
    }
  }
  wire.notify("exit");
  assert.deepEqual(await wire.ended, { code: 0, signal: null });
});

test("initialize may come once", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  assert.equal((await wire.ask("initialize", { processId: null, rootUri: null, capabilities: {} })).error.code, -32600);
  wire.notify("initialized", {});
  await wire.end();
});

test("requests that nobody knows are refused with -32601, those of the protocol's own too", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  for (const method of ["tova/none", "$/none", "", "textDocument/Hover", "hover\u0000"]) {
    assert.equal((await wire.ask(method, {})).error.code, -32601, method);
    wire.notify(method, {});
  }
  for (const { name } of methods.filter(({ request, early }) => !request && !early)) {
    assert.equal((await wire.ask(name, {})).error?.code, -32601, `${name} is no request`);
  }
  for (const { name } of methods.filter(({ request }) => request)) {
    wire.notify(name, {});
  }
  await wire.lives();
  await wire.end();
});

const place = { line: 0, character: 0 };
const uri = { textDocument: { uri: "file:///nowhere/none.tova", version: 1 } };
// Parameters that no method wants, and some that are nearly right.
const junk = [
  undefined,
  null,
  {},
  [],
  [1, 2],
  { textDocument: null },
  { textDocument: { uri: 5 } },
  { textDocument: { uri: "" }, position: place },
  { textDocument: { uri: "not a uri" }, position: place },
  { textDocument: { uri: "file:///%00%ff" }, position: place },
  { ...uri, position: { line: -1, character: 0 } },
  { ...uri, position: { line: "0", character: null } },
  { ...uri, position: { line: 1e300, character: 4294967296 } },
  { ...uri, range: { start: place } },
  { ...uri, contentChanges: [{ text: 5 }], text: 7, changes: [{}], added: 1, settings: "x" },
  { item: {}, query: 5, command: 3, arguments: {}, token: {}, event: { added: [{}], removed: [null] }, changes: [null] },
];

test("every method survives parameters of every wrong kind, with one answer", async (t) => {
  const wire = new Wire(t, { files: { "a.tova": "fn f() { 1 }\n" } });
  await wire.initialize();
  wire.open("a.tova", "fn f() { 1 }\n");
  const mine = { textDocument: { uri: wire.uri("a.tova") } };
  const all = [...junk, mine, { ...mine, position: { line: 99, character: 0 } }, { ...mine, range: { start: { line: 9, character: 9 }, end: place } }];
  for (const { name, request } of methods.filter(({ early, name }) => !early && !["shutdown", "initialized"].includes(name))) {
    for (const params of all) {
      if (request) {
        const answer = await wire.ask(name, params);
        const { code } = answer.error ?? {};
        assert.ok("result" in answer || code <= -32600, `${name} ${JSON.stringify(params)}: ${JSON.stringify(answer)}`);
      } else {
        wire.notify(name, params);
      }
    }
  }
  await wire.lives();
  await wire.end();
});

test("answers to questions that were never asked are passed over", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  for (const id of ["1", "99", '"x"', "null"]) {
    wire.write(`{"jsonrpc":"2.0","id":${id},"result":[]}`, `{"jsonrpc":"2.0","id":${id},"error":{"code":1,"message":"no"}}`);
  }
  await wire.lives();
  await wire.end();
});
