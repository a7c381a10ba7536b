// What the daemon says of itself: its state, its memory, its latencies, the text and the tree of a document as it sees them;
// traces and logs; recordings that can be played again; and what a crash leaves behind.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HoverRequest } from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { folder, tova, until } from "../harness/program.mjs";
import { Editor, startEditor } from "./editor.mjs";

const SOURCE = 'server {\n  fn get_name() -> String { "Ann" }\n}\nbrowser {\n  state name = ""\n  effect { name = server.get_name() }\n  component App { <p>{name}</p> }\n}\n';
const FILES = { "app.tova": SOURCE };

test("tova/status says what is open and known", async (t) => {
  const editor = await startEditor(t, { ...FILES, "lib/a.tova": "pub x = 1\n", "lib/b.tova": "pub y = 1\n" });
  await editor.open("app.tova");
  const status = await until("a status that is quiescent", async () => {
    const found = await editor.connection.sendRequest("tova/status", {});
    return found.quiescent && found;
  });
  const { version, pid, uptime, ...rest } = status;
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.equal(pid, editor.child.pid);
  assert.ok(Number.isInteger(uptime) && uptime >= 0 && uptime < 60_000, String(uptime));
  assert.deepEqual(rest, {
    health: "ok", message: "", quiescent: true, documents: 1, files: 3, packages: 3, encoding: "utf-16", trusted: true,
    compileOnSave: "onSave",
  });
});

test("a client that asks for it is told when the state changes, and only then", async (t) => {
  const editor = await startEditor(t, FILES, { options: { serverStatus: true } });
  await until("the daemon to be quiescent", () =>
    editor.notifications.some(({ method, params }) => method === "tova/serverStatus" && params.quiescent));
  await editor.open("app.tova");
  await editor.diagnostics("app.tova");
  // A range that the document does not have: what the editor shows is not known any more.
  await editor.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: editor.uri("app.tova"), version: 2 },
    contentChanges: [{ range: { start: { line: 99, character: 0 }, end: { line: 99, character: 1 } }, text: "x" }],
  });
  const lost = await until("a warning", () =>
    editor.notifications.find(({ method, params }) => method === "tova/serverStatus" && params.health === "warning"));
  assert.match(lost.params.message, /app\.tova/);
  editor.buffers.get("app.tova").version = 3;
  await editor.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: editor.uri("app.tova"), version: 3 }, contentChanges: [{ text: SOURCE }],
  });
  await until("health again", () => {
    const told = editor.notifications.filter(({ method }) => method === "tova/serverStatus");
    return told.at(-1).params.health === "ok";
  });
  const told = editor.notifications.filter(({ method }) => method === "tova/serverStatus").map(({ params }) => params);
  for (let i = 1; i < told.length; i++) assert.notDeepEqual(told[i], told[i - 1]);
});

test("a client that does not ask is told no state", async (t) => {
  const editor = await startEditor(t, FILES);
  await editor.open("app.tova");
  await editor.diagnostics("app.tova");
  assert.equal(editor.notifications.filter(({ method }) => method === "tova/serverStatus").length, 0);
});

const child = (part, ...names) => names.reduce((found, name) => {
  const next = found.children.find((each) => each.name === name || each.name.endsWith(name));
  assert.ok(next, `no ${name} in ${found.name}`);
  return next;
}, part);

test("tova/memory adds up, and grows with a document", async (t) => {
  const editor = await startEditor(t, FILES);
  const before = await editor.connection.sendRequest("tova/memory", {});
  await editor.open("app.tova", SOURCE + "// a comment\n".repeat(20_000));
  await editor.diagnostics("app.tova");
  const after = await editor.connection.sendRequest("tova/memory", {});
  const text = child(after, "heap", "documents", "app.tova", "text").bytes;
  assert.ok(text > 260_000 && text < 1_000_000, `the text has ${text} bytes`);
  assert.ok(child(after, "heap", "documents", "app.tova", "tree").bytes > 0);
  assert.ok(child(after, "heap", "index", "summaries").bytes > 0);
  assert.ok(after.bytes > before.bytes, "the process has grown");
  assert.equal(child(before, "heap", "documents").bytes, 0);
  const sum = (part) => part.children.reduce((bytes, each) => bytes + each.bytes, 0);
  const check = (part) => {
    if (part.children.length > 0) assert.equal(sum(part), part.bytes, part.name);
    part.children.forEach(check);
  };
  check(child(after, "heap"));
});

test("tova/documentText is the text with every edit in it, and its version", async (t) => {
  const editor = await startEditor(t, FILES);
  await editor.open("app.tova");
  await editor.edit("app.tova", '"Ann"', '"Zoë 🙂"');
  const { text, version, hash } = await editor.request("tova/documentText", "app.tova");
  assert.equal(text, SOURCE.replace("Ann", "Zoë 🙂"));
  assert.equal(version, 2);
  assert.match(hash, /^[0-9a-f]{16}$/);
  await editor.edit("app.tova", '"Zoë 🙂"', '"Ann"');
  const back = await editor.request("tova/documentText", "app.tova");
  assert.notEqual(back.hash, hash);
  await assert.rejects(editor.connection.sendRequest("tova/documentText", { textDocument: { uri: editor.uri("no.tova") } }), { code: -32602 });
});

test("tova/syntaxTree is the tree of the file, or of what is around a range", async (t) => {
  const editor = await startEditor(t, FILES);
  await editor.open("app.tova");
  const whole = await editor.request("tova/syntaxTree", "app.tova");
  assert.match(whole.text, /^\(source_file/);
  assert.match(whole.text, /\(component_declaration/);
  const part = await editor.request("tova/syntaxTree", "app.tova", { range: editor.rangeOf(SOURCE, "server.get_name()") });
  assert.match(part.text, /^(\w+: )?\(call_expression/);
  assert.doesNotMatch(part.text, /component/);
  const wrong = { start: { line: 99, character: 0 }, end: { line: 3, character: 0 } };
  await assert.rejects(editor.request("tova/syntaxTree", "app.tova", { range: wrong }), { code: -32602 });
});

test("tova/latency counts every method", async (t) => {
  const editor = await startEditor(t, FILES);
  await editor.open("app.tova");
  for (let i = 0; i < 7; i++) await editor.at(HoverRequest.type, "app.tova", "get_name()\n".trim() + " }", 2);
  const { methods } = await editor.connection.sendRequest("tova/latency", {});
  const hover = methods.find(({ method }) => method === "textDocument/hover");
  assert.equal(hover.count, 7);
  assert.deepEqual(hover.buckets.map(({ below }) => below), [1, 10, 50, 100, 200, 500, 1000, 5000, null]);
  assert.equal(hover.buckets.reduce((sum, { count }) => sum + count, 0), 7);
  assert.ok(hover.p50 > 0 && hover.p50 <= hover.p99 && hover.p99 <= hover.max, JSON.stringify(hover));
  assert.equal(methods.find(({ method }) => method === "textDocument/didOpen").count, 1);
  assert.ok(!methods.some(({ method }) => method === "textDocument/definition"));
});

test("traces come when the client sets them, and stop", async (t) => {
  const editor = await startEditor(t, FILES);
  const told = [];
  // In place of the library's own handler, which would write them to its tracer.
  editor.connection.onNotification("$/logTrace", (params) => told.push(params));
  await editor.open("app.tova");
  await editor.diagnostics("app.tova");
  assert.deepEqual(told, []);
  await editor.connection.sendNotification("$/setTrace", { value: "verbose" });
  await editor.request("tova/documentText", "app.tova");
  const [found] = await until("a trace", () => {
    const some = told.filter(({ message }) => message.startsWith("tova/documentText took "));
    return some.length > 0 && some;
  });
  assert.match(found.verbose, /messages/);
  await editor.connection.sendNotification("$/setTrace", { value: "off" });
  await editor.request("tova/documentText", "app.tova");
  const count = told.length;
  await editor.request("tova/documentText", "app.tova");
  assert.equal(told.length, count);
});

test("a client's mistake is a warning in its log", async (t) => {
  const editor = await startEditor(t, FILES);
  await editor.connection.sendNotification("textDocument/didSave", { textDocument: { uri: editor.uri("app.tova") } });
  const { type, message } = await editor.notification("window/logMessage");
  assert.equal(type, 2);
  assert.match(message, /app\.tova was saved but is not open/);
  await until("the line of the log", () => /warning: .*was saved but is not open/.test(editor.stderr));
});

test("--log-level chooses what is logged, and refuses other words", async (t) => {
  const quiet = new Editor(folder(t, FILES), ["--log-level=error"]);
  const loud = new Editor(folder(t, FILES), ["--log-level", "debug"]);
  for (const editor of [quiet, loud]) {
    t.after(() => editor.stop());
    await editor.initialize();
    await editor.connection.sendNotification("textDocument/didSave", { textDocument: { uri: editor.uri("app.tova") } });
    await editor.notification("window/logMessage");
  }
  await until("debug lines", () => loud.stderr.includes("initialize took"));
  assert.equal(quiet.stderr, "");
  const { status, stderr } = spawnSync(tova, ["lsp", "--log-level=loud"], { encoding: "utf8", input: "" });
  assert.equal(status, 2);
  assert.match(stderr, /loud.*error, warning, info or debug/);
});

// ---- recordings

const replay = (...words) => spawnSync(tova, ["replay", ...words], { encoding: "utf8", timeout: 60_000 });

async function record(t) {
  const cwd = folder(t, FILES);
  const file = join(folder(t), "recording");
  const editor = new Editor(cwd, ["--mirror", file]);
  await editor.initialize();
  await editor.open("app.tova");
  await editor.edit("app.tova", '"Ann"', '"Zoë"');
  await editor.at(HoverRequest.type, "app.tova", "server.get_name", 9);
  await editor.request("tova/documentText", "app.tova");
  await editor.stop();
  return file;
}

test("a recording is played again with the same answers", async (t) => {
  const file = await record(t);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const first = replay(file);
  assert.equal(first.status, 0, first.stderr);
  const messages = first.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assert.ok(messages.some(({ result }) => result?.text === SOURCE.replace("Ann", "Zoë")));
  assert.ok(messages.some(({ result }) => result?.contents?.value.includes("get_name")));
  const answers = `${file}.answers`;
  writeFileSync(answers, first.stdout);
  for (const more of [[], ["--paced"]]) {
    const again = replay(file, "--compare", answers, ...more);
    assert.equal(again.stdout, "");
    assert.equal(again.status, 0, again.stderr);
  }
});

test("a replay with other answers shows them and fails", async (t) => {
  const file = await record(t);
  const answers = `${file}.answers`;
  writeFileSync(answers, replay(file).stdout.replace("fn get_name() -> String", "fn get_name() -> Int"));
  const { status, stdout } = replay(file, "--compare", answers);
  assert.equal(status, 1);
  assert.match(stdout, /^- .*get_name\(\) -> Int/m);
  assert.match(stdout, /^\+ .*get_name\(\) -> String/m);
});

test("what is no recording is refused", async (t) => {
  const file = join(folder(t, FILES), "app.tova");
  const { status, stderr } = replay(file);
  assert.equal(status, 1);
  assert.match(stderr, /is no recording/);
});

test("a server that is started again with the same words records beside what is there", (t) => {
  const file = join(folder(t, FILES), "app.tova");
  for (const count of [2, 3]) {
    const { status } = spawnSync(tova, ["lsp", "--mirror", file], { encoding: "utf8", input: `Content-Length: ${count}\r\n\r\n` });
    assert.equal(status, 1); // no `exit` has come
    assert.match(readFileSync(`${file}.${count}`, "utf8"), new RegExp(`^tova mirror 1\n.*Content-Length: ${count}`, "s"));
  }
  assert.equal(readFileSync(file, "utf8"), SOURCE);
});

test("a recording that cannot be made keeps nobody from working", (t) => {
  const { status, stderr } = spawnSync(tova, ["lsp", "--mirror", join(folder(t), "none", "file")], { encoding: "utf8", input: "" });
  assert.equal(status, 1);
  assert.match(stderr, /none\/file cannot be made/);
});

// ---- crashes

test("a crash leaves its last messages without texts, and the next daemon tells where", async (t) => {
  const cache = folder(t);
  const env = { XDG_CACHE_HOME: cache };
  const editor = new Editor(folder(t, FILES), [], env);
  await editor.initialize();
  await editor.open("app.tova");
  await editor.at(HoverRequest.type, "app.tova", "server.get_name", 9);
  editor.child.kill("SIGSEGV");
  const { signal } = await editor.ended;
  if (signal === null && process.env.TOVA_BINARY !== undefined) t.skip("a sanitizer reports crashes in this build");
  assert.equal(signal, "SIGSEGV");
  const [name] = readdirSync(join(cache, "tova"));
  assert.match(name, /^crash-\d+-\d+\.txt$/);
  const report = readFileSync(join(cache, "tova", name), "utf8");
  assert.match(report, /was ended by signal 11/);
  assert.match(report, /"method":"textDocument\/hover"/);
  assert.match(report, /"character":\d+/);
  assert.doesNotMatch(report, /get_name|Ann|app\.tova|tova-test/);

  const next = new Editor(folder(t, FILES), [], env);
  t.after(() => next.stop());
  await next.initialize();
  const { type, message } = await next.notification("window/showMessage");
  assert.equal(type, 2);
  assert.equal(readFileSync(message.split(" ").at(-1), "utf8"), report);

  const third = new Editor(folder(t, FILES), [], env);
  t.after(() => third.stop());
  await third.initialize();
  await third.open("app.tova");
  await third.diagnostics("app.tova");
  assert.ok(!third.notifications.some(({ method }) => method === "window/showMessage"));
});
