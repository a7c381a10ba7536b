// Clients that go without a word, that do not read, and that are told how far the reading of files has come.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { Wire } from "./wire.mjs";

const sanitized = process.env.TOVA_BINARY !== undefined;

/** Does a thing that only waits until it takes less than so many milliseconds: a busy machine may make it take longer, but not each time. */
async function assertSoon(milliseconds, act) {
  let took = Infinity;
  for (let tries = 0; took >= milliseconds && tries < 8; tries += 1) {
    took = await act();
  }
  assert.ok(took < milliseconds, `${took} ms`);
}

/** Does a thing that has to come before another one, some times: a busy machine may lose the one race or other, but not most of them. */
async function assertMostly(words, act) {
  const tries = 7;
  const most = Math.ceil(tries / 2);
  let won = 0;
  for (let done = 0; won < most && tries - done >= most - won; done += 1) {
    won += (await act()) ? 1 : 0;
  }
  assert.ok(won >= most, `${words} less than ${most} times of ${tries}`);
}

test("when the process of the editor is gone, the daemon ends within a second", async (t) => {
  await assertSoon(sanitized ? 5000 : 1000, async () => {
    const parent = spawn("sleep", ["600"], { stdio: "ignore" });
    t.after(() => parent.kill("SIGKILL"));
    const wire = new Wire(t);
    await wire.initialize({}, { processId: parent.pid });
    await wire.lives();
    parent.kill("SIGKILL");
    await new Promise((resolve) => parent.on("close", resolve));
    const before = performance.now();
    assert.deepEqual(await wire.ended, { code: 1, signal: null });
    return performance.now() - before;
  });
});

test("an editor that was gone before it said a word is noticed too", async (t) => {
  const parent = spawn("true", { stdio: "ignore" });
  await new Promise((resolve) => parent.on("close", resolve));
  const wire = new Wire(t);
  wire.write(wire.request("initialize", { processId: parent.pid, rootUri: null, capabilities: {} }));
  assert.deepEqual(await wire.ended, { code: 1, signal: null });
});

test("a client that closes what it reads ends the daemon", async (t) => {
  const wire = new Wire(t);
  await wire.initialize();
  wire.child.stdout.destroy();
  wire.write(wire.request("tova/none", {}), wire.request("tova/none", {}));
  assert.deepEqual(await wire.ended, { code: 1, signal: null });
});

const large = Array.from({ length: 2000 }, (_, index) => `fn function_${index}(x) { x + missing_${index} }\n`).join("");

test("a client that does not read is sent no more than it can take, and loses nothing when it reads again", async (t) => {
  const wire = new Wire(t);
  await wire.initialize({ textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } });
  wire.open("a.tova", large);
  const { result } = await wire.ask("textDocument/documentSymbol", { textDocument: { uri: wire.uri("a.tova") } });
  const bytes = JSON.stringify(result).length;
  const before = wire.memory();
  wire.child.stdout.pause();
  const requests = Array.from({ length: Math.ceil((80 * 1024 * 1024) / bytes) }, () =>
    wire.request("textDocument/documentSymbol", { textDocument: { uri: wire.uri("a.tova") } }),
  );
  wire.write(...requests);
  await settle(wire);
  const grown = wire.memory() - before;
  assert.ok(grown < (sanitized ? 400 : 32) * 1024, `${grown} kB more`);
  wire.child.stdout.resume();
  for (const { id } of requests) {
    assert.equal((await wire.answer(id)).result.length, 2000);
  }
  await wire.lives();
  await wire.end();
});

test("what nobody asked for is not piled up for a client that does not read: the newest is told", async (t) => {
  const wire = new Wire(t, { files: { "app/other.tova": "shared {\n  fn missing_0() { 1 }\n}\n" } });
  await wire.initialize();
  wire.open("app/a.tova", `shared {\n${large}}\n`);
  const uri = wire.uri("app/a.tova");
  const told = () => wire.received.filter(({ message }) => message.method === "textDocument/publishDiagnostics" && message.params.uri === uri);
  await until("the first diagnostics", () => told().length > 0);
  const before = wire.memory();
  const count = told().length;
  wire.child.stdout.pause();
  for (let round = 0; round < 60; round += 1) {
    // Each makes the open file be checked and told again, in a quarter of a megabyte.
    writeFileSync(join(wire.folder, "app/other.tova"), `shared {\n  fn missing_${round}() { 1 }\n}\n`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await settle(wire);
  const grown = wire.memory() - before;
  assert.ok(grown < (sanitized ? 400 : 32) * 1024, `${grown} kB more`);
  wire.child.stdout.resume();
  await until("the newest diagnostics", () => {
    const messages = told().at(-1).message.params.diagnostics.map(({ message }) => message).join("\n");
    return told().length > count && !messages.includes("`missing_59` is not") && messages.includes("`missing_58` is not");
  });
  await wire.end();
});

/** Waits until the daemon does nothing any more: its memory stays what it is. */
async function settle(wire) {
  let last = -1;
  for (let same = 0; same < 4; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = wire.memory();
    same = now === last ? same + 1 : 0;
    last = now;
  }
}

const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`m${index}/f.tova`, large.slice(0, 20_000)]));

const isIndexed = (wire) => wire.stderr.includes("files are indexed");

test("the reading of a workspace is told as progress, to clients that have agreed", async (t) => {
  await assertMostly("progress was told", async () => {
    const wire = new Wire(t, { files: many, words: ["--verbose"] });
    await wire.initialize({ window: { workDoneProgress: true } });
    const { message } = await until("the question", () => wire.received.find(({ message }) => message.method === "window/workDoneProgress/create"));
    wire.write({ jsonrpc: "2.0", id: message.id, result: null });
    await until("the files to be read", () => isIndexed(wire));
    await wire.lives();
    const values = wire.received.filter(({ message }) => message.method === "$/progress").map(({ message }) => message.params);
    await wire.end();
    // An answer that comes when all has been read begins nothing.
    if (values.length === 0) return false;
    const kinds = values.map(({ value }) => value.kind);
    assert.equal(kinds[0], "begin");
    assert.equal(kinds.at(-1), "end");
    assert.ok(kinds.slice(1, -1).every((kind) => kind === "report"));
    assert.ok(values.every(({ token }) => token === message.params.token));
    return true;
  });
});

test("a client that refuses progress, or cannot show it, is told none", async (t) => {
  for (const capabilities of [{}, { window: { workDoneProgress: true } }]) {
    const wire = new Wire(t, { files: many });
    await wire.initialize(capabilities);
    if (capabilities.window) {
      const { message } = await until("the question", () => wire.received.find(({ message }) => message.method === "window/workDoneProgress/create"));
      wire.write({ jsonrpc: "2.0", id: message.id, error: { code: -32603, message: "no" } });
    }
    await wire.lives();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(!wire.received.some(({ message }) => message.method === "$/progress"));
    await wire.end();
  }
});

test("while files are read, requests are answered", async (t) => {
  await assertMostly("the answer came before all was read", async () => {
    const wire = new Wire(t, { files: many, words: ["--verbose"] });
    await wire.initialize();
    wire.open("own/a.tova", "fn here() { 1 }\n");
    assert.deepEqual(await wire.symbols("own/a.tova"), ["here"]);
    const before = !isIndexed(wire);
    await until("the files to be read", () => isIndexed(wire));
    await wire.end();
    return before;
  });
});

test("the daemon may be ended while it reads", async (t) => {
  for (const delay of [0, 3, 10, 30]) {
    const wire = new Wire(t, { files: many });
    await wire.initialize();
    await new Promise((resolve) => setTimeout(resolve, delay));
    await wire.end();
  }
});
