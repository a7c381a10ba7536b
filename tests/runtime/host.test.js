// The builtin functions that touch the world: files, processes, data files, databases, terminals, time.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomSource } from "../../codegen/runtime/chance.js";
import { Channel } from "../../codegen/runtime/channels.js";
import { Deque } from "../../codegen/runtime/collection_types.js";
import { wantsColour } from "../../codegen/runtime/colours.js";
import { crypto } from "../../codegen/runtime/crypto.js";
import { read, write } from "../../codegen/runtime/data_files.js";
import * as files from "../../codegen/runtime/files.js";
import { debounce, throttle } from "../../codegen/runtime/functional.js";
import { http } from "../../codegen/runtime/http_client.js";
import { log } from "../../codegen/runtime/log.js";
import { method } from "../../codegen/runtime/methods.js";
import * as processes from "../../codegen/runtime/processes.js";
import { Err, None, Ok, Some } from "../../codegen/runtime/result.js";
import { sqlite } from "../../codegen/runtime/sqlite.js";
import { peek, Table } from "../../codegen/runtime/tables.js";
import * as terminal from "../../codegen/runtime/terminal.js";
import { retry } from "../../codegen/runtime/tasks.js";
import { upper } from "../../codegen/runtime/texts.js";
import { createSpy } from "../../codegen/runtime/testing.js";

const runtime = join(import.meta.dir, "../../codegen/runtime");
const { cp, exists, fileSize, fileStat, fs, globFiles, isDir, isFile, isSymlink, ls, mkdir, mv, readBytes, readText,
  readlink, rm, symlink, writeText } = files;

let folder;
const path = (...parts) => join(folder, ...parts);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tova-host-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a program writes, run by itself with `input`. */
async function run(program, { input = "", args = [], env = {} } = {}) {
  const file = path("program.mjs");
  writeFileSync(file, program.replaceAll("RUNTIME", runtime));
  const child = Bun.spawn([process.execPath, file, ...args], {
    stdin: new Blob([input]), stdout: "pipe", stderr: "pipe", env: { ...process.env, ...env }, timeout: 60_000,
  });
  const [stdout, stderr, code] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text(), child.exited]);
  return { stdout, stderr, code };
}

describe("files", () => {
  test("texts are written, appended to, read, measured and removed", () => {
    const file = path("a.txt");
    expect(writeText(file, "héllo")).toEqual(Ok(file));
    expect(writeText(file, "!", { append: true })).toEqual(Ok(file));
    expect([readText(file), fileSize(file), [...readBytes(file).unwrap()].length]).toEqual([Ok("héllo!"), Ok(7), 7]);
    expect([exists(file), isFile(file), isDir(file), isSymlink(file)]).toEqual([true, true, false, false]);
    expect(rm(file)).toEqual(Ok(file));
    expect([exists(file), isFile(file), readText(file).isErr(), rm(file).isErr(), rm(file, { force: true }).isOk()])
      .toEqual([false, false, true, true, true]);
  });

  test("folders are made with those above, listed, copied, moved and removed", () => {
    expect(mkdir(path("d/e"))).toEqual(Ok(path("d/e")));
    writeText(path("d/b.txt"), "b");
    writeText(path("d/e/a.txt"), "a");
    expect([ls(path("d")), ls(path("d"), { full: true })]).toEqual([["b.txt", "e"], [path("d/b.txt"), path("d/e")]]);
    expect(globFiles("**/*.txt", { cwd: path("d") })).toEqual(["b.txt", "e/a.txt"]);
    expect(globFiles(path("d/*.txt"))).toEqual([path("d/b.txt")]);
    expect(cp(path("d"), path("copy")).isErr()).toBe(true);
    expect(cp(path("d"), path("copy"), { recursive: true })).toEqual(Ok(path("copy")));
    expect(mv(path("copy"), path("moved"))).toEqual(Ok(path("moved")));
    expect([isDir(path("moved/e")), rm(path("moved")).isErr(), rm(path("moved"), { recursive: true }).isOk()]).toEqual([true, true, true]);
    expect(() => ls(path("nowhere"))).toThrow("no such file");
  });

  test("links are made and followed, and tell what they are", () => {
    writeText(path("target.txt"), "t");
    expect(symlink(path("target.txt"), path("link"))).toEqual(Ok(null));
    expect([readlink(path("link")), isSymlink(path("link")), isFile(path("link"))]).toEqual([Ok(path("target.txt")), true, true]);
    const { size, isFile: file, isSymlink: link, mtime } = fileStat(path("link")).unwrap();
    expect([size, file, link, mtime instanceof Date]).toEqual([1, true, true, true]);
    expect([readlink(path("target.txt")).isErr(), fileStat(path("nothing")).isErr()]).toEqual([true, true]);
  });

  test("fs is the same under one name", () => {
    expect([fs.readText === readText, fs.read_text === readText, fs.globFiles === globFiles, fs.exists === exists]).toEqual([true, true, true, true]);
  });
});

describe("processes", () => {
  test("sh goes through the shell, exec does not", () => {
    expect(processes.sh("echo $((1 + 2))")).toEqual(Ok({ stdout: "3\n", stderr: "", exitCode: 0 }));
    expect(processes.exec("echo", ["$HOME; x"])).toEqual(Ok({ stdout: "$HOME; x\n", stderr: "", exitCode: 0 }));
    expect(processes.sh("exit 3").unwrap().exitCode).toBe(3);
    expect(processes.exec("no-such-program-at-all").isErr()).toBe(true);
    expect(processes.sh("pwd; echo $X", { cwd: folder, env: { X: "y" } }).unwrap().stdout).toBe(`${folder}\ny\n`);
    expect(processes.exec("sleep", ["5"], { timeout: 20 }).isErr()).toBe(true);
  });

  test("spawn lets others go on", async () => {
    expect(await processes.spawn("echo", ["a b"])).toEqual(Ok({ stdout: "a b\n", stderr: "", exitCode: 0 }));
    expect((await processes.spawn("no-such-program-at-all")).isErr()).toBe(true);
    expect((await processes.spawn("echo $X >&2", [], { shell: true, env: { X: "1" } })).unwrap().stderr).toBe("1\n");
  });

  test("the environment and the folder are those of this process", () => {
    processes.setEnv("TOVA_HOST_TEST", 5);
    expect([processes.env("TOVA_HOST_TEST"), processes.env("TOVA_NO_SUCH"), processes.env("TOVA_NO_SUCH", "d")]).toEqual(["5", null, "d"]);
    expect(processes.env().TOVA_HOST_TEST).toBe("5");
    const before = processes.cwd();
    expect([processes.chdir(folder), processes.cwd(), processes.chdir(before).isOk(), processes.chdir(path("nowhere")).isErr()])
      .toEqual([Ok(folder), folder, true, true]);
  });

  test("arguments, input, script, exit", async () => {
    const program = `import * as p from "RUNTIME/processes.js";
      console.log(JSON.stringify([p.args(), p.readLines(), p.scriptPath(), p.scriptDir()]));
      p.exit(4);`;
    const { stdout, code } = await run(program, { input: "a\nb\n", args: ["x", "--y"] });
    expect([JSON.parse(stdout), code]).toEqual([[["x", "--y"], ["a", "b"], path("program.mjs"), folder], 4]);
    expect((await run('import { readStdin } from "RUNTIME/processes.js"; console.log(readStdin().length)', { input: "abc\n" })).stdout).toBe("4\n");
  });

  test("a signal is handled", async () => {
    const program = `import { onSignal } from "RUNTIME/processes.js";
      onSignal("SIGTERM", () => { console.log("told"); process.exit(0); });
      process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000);`;
    expect((await run(program)).stdout).toBe("told\n");
  });
});

describe("data files", () => {
  const rows = [{ n: 1, name: 'A "q", x' }, { n: 2.5, name: null }, { n: -3, name: "7" }];

  test("a table survives CSV, TSV, JSON and JSON Lines", async () => {
    for (const ending of ["csv", "tsv", "json", "jsonl"]) {
      expect(await write(Table(rows), path(`t.${ending}`))).toBe(null);
      const table = await read(path(`t.${ending}`));
      expect([ending, table.columns, table.toArray()]).toEqual([ending, ["n", "name"], rows]);
    }
    expect(readFileSync(path("t.csv"), "utf8")).toBe('n,name\n1,"A ""q"", x"\n2.5,\n-3,"7"\n');
  });

  test("CSV: delimiters, headers, line ends, quotes, what is missing", async () => {
    const csv = async (text, options) => {
      writeFileSync(path("in.csv"), text);
      return (await read(path("in.csv"), options)).toArray();
    };
    expect(await csv("\uFEFFa;b\r\n1;x\r\n\r\n2;\r\n")).toEqual([{ a: 1, b: "x" }, { a: 2, b: null }]);
    expect(await csv("a|b\n1|2", { delimiter: "|" })).toEqual([{ a: 1, b: 2 }]);
    expect(await csv("1,x\n2,y", { header: false })).toEqual([{ col_0: 1, col_1: "x" }, { col_0: 2, col_1: "y" }]);
    expect(await csv('a,b\n"x\ny","1"\nz')).toEqual([{ a: "x\ny", b: "1" }, { a: "z", b: null }]);
    expect(await csv("a,b\n00123,true\n9007199254740993,2024-01-01")).toEqual([{ a: "00123", b: true }, { a: "9007199254740993", b: "2024-01-01" }]);
    expect([await csv(""), await csv("a,b\n")]).toEqual([[], []]);
    expect(await csv('a\n"never closed')).toEqual([{ a: "never closed" }]);
    expect(await csv("a,b\n1,")).toEqual([{ a: 1, b: null }]);
  });

  test("rows are appended without a second header", async () => {
    await write([{ a: 1 }], path("log.csv"), { append: true });
    await write([{ a: 2 }], path("log.csv"), { append: true });
    expect(readFileSync(path("log.csv"), "utf8")).toBe("a\n1\n2\n");
    await expect(write([{ a: 1 }], path("t.json"), { append: true })).rejects.toThrow("cannot be appended to");
  });

  test("values, texts, and what is not implemented", async () => {
    await write({ a: [1] }, path("v.json"));
    await write("plain", path("v.md"));
    writeFileSync(path("bad.jsonl"), '{"a":1}\n{oops\n');
    expect([await read(path("v.json")), await read(path("v.md"))]).toEqual([{ a: [1] }, "plain"]);
    await expect(read(path("bad.jsonl"))).rejects.toThrow("line 2");
    await expect(read(path("x.xlsx"))).rejects.toThrow("Excel files need a library");
    await expect(write([], path("x.parquet"))).rejects.toThrow("Parquet files need a library");
  });

  test("an address is read by its ending or its type", async () => {
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => (request.url.endsWith("/no")
      ? new Response("", { status: 404 })
      : new Response("a,b\n1,2\n", { headers: { "content-type": "text/csv" } })) });
    expect((await read(`http://127.0.0.1:${server.port}/data?x=1`)).toArray()).toEqual([{ a: 1, b: 2 }]);
    await expect(read(`http://127.0.0.1:${server.port}/no`)).rejects.toThrow("answered 404");
    server.stop(true);
  });

  test("sqlite: queries are tables, values are bound", async () => {
    const db = sqlite(":memory:");
    db.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER)");
    expect(db.exec("INSERT INTO users (name, age) VALUES (?, ?)", ["Alice'; --", 30])).toEqual({ changes: 1 });
    expect(db.query("SELECT name FROM users WHERE age > ?", [20]).toArray()).toEqual([{ name: "Alice'; --" }]);
    expect(db.query("SELECT name FROM users WHERE age > 99").columns).toEqual(["name"]);
    await write(Table([{ n: 1, on: true, f: 1.5, o: { a: 1 }, z: null }]), db, "odd \"name\"");
    await write(Table([{ n: 2, on: false, f: 2, o: null, z: null }]), db, "odd \"name\"", { append: true });
    expect((await read(db, 'SELECT n, "on", f, o, z FROM "odd ""name"""')).toArray())
      .toEqual([{ n: 1, on: 1, f: 1.5, o: '{"a":1}', z: null }, { n: 2, on: 0, f: 2, o: null, z: null }]);
    db.close();
  });
});

describe("crypto", () => {
  test("hashes and signatures are the known ones", () => {
    expect(crypto.sha256("hello world")).toBe("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
    expect(crypto.sha512("").slice(0, 16)).toBe("cf83e1357eefb8bd");
    expect(crypto.hmac("sha256", "key", "The quick brown fox jumps over the lazy dog"))
      .toBe("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
    expect([crypto.constant_time_equal("a", "a"), crypto.constantTimeEqual("a", "b"), crypto.constantTimeEqual("a", "aa")]).toEqual([true, false, false]);
  });

  test("passwords verify, and are never stored twice the same", () => {
    const stored = crypto.hash_password("secret").unwrap();
    expect([crypto.verify_password("secret", stored), crypto.verify_password("wrong", stored), crypto.verifyPassword("x", "junk")]).toEqual([true, false, false]);
    expect(crypto.hashPassword("secret").unwrap()).not.toBe(stored);
  });

  test("what is encrypted is read with its key only, and unchanged only", () => {
    const text = crypto.encrypt("sensitive é", "my-32-character-encryption-key!!").unwrap();
    expect(crypto.decrypt(text, "my-32-character-encryption-key!!")).toEqual(Ok("sensitive é"));
    const changed = Buffer.from(text, "base64");
    changed[changed.length - 1] ^= 1;
    const outcomes = [crypto.decrypt(text, "other"), crypto.decrypt(changed.toString("base64"), "my-32-character-encryption-key!!"), crypto.decrypt("", "k")];
    expect(outcomes.map((outcome) => outcome.isErr())).toEqual([true, true, true]);
  });

  test("random values keep their bounds", () => {
    expect([crypto.random_bytes(8).length, crypto.randomUUID().length, crypto.getRandomValues(new Uint8Array(2)).length]).toEqual([8, 36, 2]);
    for (let i = 0; i < 50; i++) expect([1, 2]).toContain(crypto.random_int(1, 2));
    expect(typeof crypto.subtle.digest).toBe("function");
  });
});

describe("http", () => {
  let server;
  let flaky = 0;
  beforeAll(() => {
    server = Bun.serve({ port: 0, hostname: "127.0.0.1", async fetch(request) {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/slow") await pause(500);
      if (pathname === "/moved") return Response.redirect("/echo", 302);
      if (pathname === "/text") return new Response('{"a":1}', { headers: { "content-type": "text/plain" } });
      if (pathname === "/broken") return new Response("{oops", { headers: { "content-type": "application/json" } });
      if (pathname === "/missing") return Response.json({ error: "no" }, { status: 404 });
      if (pathname === "/flaky" && flaky++ < 2) await pause(4000);
      const { method: verb, headers } = request;
      return Response.json({ verb, search, type: headers.get("content-type"), auth: headers.get("authorization"), body: await request.text() });
    } });
  });
  afterAll(() => server.stop(true));
  const at = (place) => `http://127.0.0.1:${server.port}${place}`;
  const body = async (outcome) => (await outcome).unwrap().body;

  test("each method, with its body and headers", async () => {
    expect(await body(http.get(at("/echo?x=1"), { params: { q: "a b", n: null }, bearer: "t" })))
      .toEqual({ verb: "GET", search: "?x=1&q=a+b", type: null, auth: "Bearer t", body: "" });
    for (const [name, verb] of [["post", "POST"], ["put", "PUT"], ["patch", "PATCH"]]) {
      expect(await body(http[name](at("/echo"), { a: 1 }))).toMatchObject({ verb, type: "application/json", body: '{"a":1}' });
    }
    expect((await body(http.post(at("/echo"), "plain"))).body).toBe("plain");
    expect((await body(http.post(at("/echo"), { __form: true, title: "x" }))).body).toContain('name="title"');
    expect((await body(http.delete(at("/echo")))).verb).toBe("DELETE");
    expect(await http.head(at("/echo")).then((outcome) => outcome.unwrap().status)).toBe(200);
  });

  test("an error status is an answer, a body that is no JSON a text", async () => {
    const missing = (await http.get(at("/missing"))).unwrap();
    expect([missing.status, missing.ok, missing.body]).toEqual([404, false, { error: "no" }]);
    const text = (await http.get(at("/text"))).unwrap();
    expect([text.body, text.json(), text.headers["content-type"]]).toEqual(['{"a":1}', Ok({ a: 1 }), "text/plain"]);
    expect(await body(http.get(at("/broken")))).toBe("{oops");
  });

  test("redirects, streams, time limits, further attempts, no answer at all", async () => {
    expect((await http.get(at("/moved"), { follow_redirects: false })).unwrap().status).toBe(302);
    const stream = (await http.get_stream(at("/text"))).unwrap().body;
    expect(await new Response(stream).text()).toBe('{"a":1}');
    expect(await http.get(at("/slow"), { timeout: 30 })).toEqual(Err("Timeout after 30 ms"));
    expect((await http.get(at("/flaky"), { timeout: 1000, retries: 2, retry_delay: 1 })).isOk()).toBe(true);
    expect((await http.get("http://127.0.0.1:1/", { timeout: 1000 })).isErr()).toBe(true);
    expect((await http.get("no address")).isErr()).toBe(true);
  });
});

describe("terminals", () => {
  const written = (f) => {
    const spy = spyOn(console, "log").mockImplementation(() => {});
    f();
    const lines = spy.mock.calls.map(([line]) => line);
    spy.mockRestore();
    return lines;
  };

  test("colours and styles wrap a text, and nothing where there are to be none", () => {
    const { FORCE_COLOR } = process.env;
    process.env.FORCE_COLOR = "1";
    const codes = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, gray: 90 };
    for (const [name, code] of Object.entries(codes)) {
      expect([terminal[name]("x"), terminal.color("x", name)]).toEqual([`\x1b[${code}mx\x1b[39m`, `\x1b[${code}mx\x1b[39m`]);
    }
    const { bold, dim, strikethrough, underline } = terminal;
    expect([bold("x"), dim("x"), underline("x"), strikethrough(1)])
      .toEqual(["\x1b[1mx\x1b[22m", "\x1b[2mx\x1b[22m", "\x1b[4mx\x1b[24m", "\x1b[9m1\x1b[29m"]);
    process.env.FORCE_COLOR = "0";
    expect([terminal.red("x"), bold("x")]).toEqual(["x", "x"]);
    expect(written(() => terminal.table([{ a: 1, b: true }, { a: null }], { headers: ["b", "a"] }))).toEqual([" b    | a   \n------+-----\n true | 1   \n      | nil "]);
    expect(written(() => terminal.panel("Status", "Up: 1\nRequests: 12"))).toEqual([
      "┌─ Status ─────┐\n│ Up: 1        │\n│ Requests: 12 │\n└──────────────┘",
    ]);
    expect(written(() => peek(Table([{ a: 1 }, { a: 2 }]), { n: 1, title: "T" }))).toEqual(["── T (1 of 2 rows) ──\n a \n---\n 1 "]);
    if (FORCE_COLOR === undefined) delete process.env.FORCE_COLOR;
    else process.env.FORCE_COLOR = FORCE_COLOR;
  });

  test("colours are for terminals: never in a pipe, unless FORCE_COLOR wants them, which counts more than NO_COLOR", async () => {
    const program = `import { bold, green } from "RUNTIME/terminal.js";
      console.log(green("a") + bold("b"));`;
    const shown = async (env) => (await run(program, { env: { NO_COLOR: "", FORCE_COLOR: "", TERM: "xterm", ...env } })).stdout;
    expect(await shown({})).toBe("ab\n");
    expect(await shown({ NO_COLOR: "1" })).toBe("ab\n");
    expect(await shown({ NO_COLOR: "1", FORCE_COLOR: "1" })).toBe("\x1b[32ma\x1b[39m\x1b[1mb\x1b[22m\n");
    expect(await shown({ FORCE_COLOR: "0" })).toBe("ab\n");
  });

  test("a terminal has colours, unless NO_COLOR refuses them or it is a dumb one; a page has none", () => {
    const asked = (env, isTTY) => {
      const { process } = globalThis;
      globalThis.process = env && { env, stdout: { isTTY } };
      try {
        return wantsColour("stdout");
      } finally {
        globalThis.process = process;
      }
    };
    expect([asked({ TERM: "xterm" }, true), asked({ TERM: "xterm" }, false), asked({ TERM: "xterm" }, undefined)]).toEqual([true, false, false]);
    expect([asked({ TERM: "dumb" }, true), asked({}, true), asked({ TERM: "xterm", NO_COLOR: "1" }, true), asked(undefined)])
      .toEqual([false, false, false, false]);
  });

  test("questions are answered by lines, and by their defaults where the input ends", async () => {
    const program = `import { ask, choose, chooseMany, confirm, secret } from "RUNTIME/prompts.js";
      const answers = [await ask("Name:", { default: "d" }), await ask("Name:", { default: "d" }), await confirm("Go?"), await confirm("Go?", { default: false }),
        await choose("Pick", ["a", "b"]), await chooseMany("Some", ["a", "b", "c"]), await secret("Password:"), await ask("More?"), await confirm("More?")];
      console.log("\\n" + JSON.stringify(answers));`;
    const { stdout } = await run(program, { input: "Ada\n\nyes\n\n9\n2\n1, 3, 7\nhidden\n" });
    expect(JSON.parse(stdout.trim().split("\n").at(-1))).toEqual(["Ada", "d", true, false, "b", ["a", "c"], "hidden", "", true]);
    expect(stdout).toContain("Pick\n  1. a\n  2. b\nSelect [1-2]: ");
  });

  test("progress gives the same items, and spin the value or the error", async () => {
    const program = `import { progress, spin } from "RUNTIME/prompts.js";
      console.log(JSON.stringify([...progress([1, 2], { label: "Work", width: 4 })]));
      console.log(await spin("Deploy", async () => 7));
      await spin("Fail", () => { throw new Error("no"); }).catch((error) => console.log(error.message));`;
    const { stdout, stderr } = await run(program, { env: { NO_COLOR: "1" } });
    expect(stdout).toBe("[1,2]\n7\nno\n");
    expect(stderr).toContain("\rWork [██░░] 50% 1/2\rWork [████] 100% 2/2\n");
    expect(stderr).toContain("✔ Deploy");
    expect(stderr).toContain("✘ Fail");
  });

  test("logs have levels, formats and fields", () => {
    const errors = spyOn(console, "error").mockImplementation(() => {});
    const lines = written(() => {
      log.info("hello");
      log.with({ user: "ada" }).info("hi", 2);
      log.level("warn");
      log.info("hidden");
      log.level("debug");
      log.format("json");
      log.debug("j");
      log.format("pretty");
    });
    log.error("bad");
    expect(errors.mock.calls[0][0]).toMatch(/^\d\d:\d\d:\d\d ERR bad$/);
    errors.mockRestore();
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d INF hello$/);
    expect(lines[1]).toMatch(/ INF hi 2 user=ada$/);
    expect(JSON.parse(lines[2])).toMatchObject({ level: "debug", msg: "j" });
    expect(lines.length).toBe(3);
    expect(() => log.level("loud")).toThrow("log knows no level loud");
  });
});

describe("time", () => {
  test("debounce calls once with the last arguments, throttle with the first", async () => {
    const [last, first] = [createSpy(), createSpy()];
    const [late, early] = [debounce(last, 10), throttle(first, 1000)];
    for (const value of [1, 2, 3]) {
      late(value);
      early(value);
    }
    await pause(40);
    expect([last.calls, first.calls]).toEqual([[[3]], [[1]]]);
  });

  test("retry tries again until it succeeds", async () => {
    let tries = 0;
    expect(await retry(() => { if (++tries < 3) throw new Error("no"); return tries; }, { delay: 1, backoff: 2 })).toBe(3);
  });

  test("a channel hands over values in order, waits where it is full, and ends when it is closed", async () => {
    const ch = new Channel(1);
    await ch.send(1);
    let sent = false;
    const second = ch.send(2).then(() => { sent = true; });
    await pause(1);
    expect([sent, await ch.receive()]).toEqual([false, Some(1)]);
    await second;
    expect([await ch.receive(), sent]).toEqual([Some(2), true]);
    const waiting = ch.receive();
    await ch.send("x");
    expect(await waiting).toEqual(Some("x"));
    ch.close();
    ch.close();
    expect(await ch.receive()).toBe(None);
    await expect(ch.send(3)).rejects.toThrow("Cannot send on closed channel");
  });

  test("a channel without room meets its receiver, and is read by a loop", async () => {
    const ch = Channel();
    const got = [];
    const reader = (async () => { for await (const value of ch) got.push(value); })();
    for (const value of [1, 2, 3]) await ch.send(value);
    ch.close();
    await reader;
    expect(got).toEqual([1, 2, 3]);
  });

  test("who watches a channel is told of values, of room and of its end, until it stops", async () => {
    const ch = Channel();
    let told = 0;
    const stop = ch.watch(() => told++);
    const sent = ch.send(1);
    expect(told).toBe(1);
    expect(ch.tryReceive()).toEqual(Some(1));
    await sent;
    expect(told).toBe(2);
    const waiting = ch.receive();
    expect([told, ch.trySend(2)]).toEqual([3, true]);
    await waiting;
    stop();
    const before = told;
    ch.close();
    expect([told === before, ch.closed, ch.tryReceive()]).toEqual([true, true, None]);
  });

  test("what waits in a closed channel is still received, who waits to send is told", async () => {
    const ch = Channel(1);
    await ch.send(1);
    const late = ch.send(2);
    ch.close();
    await expect(late).rejects.toThrow("closed channel");
    expect([await ch.receive(), await ch.receive()]).toEqual([Some(1), None]);
  });
});

test("assertSnapshot stores, compares, and stores anew when asked to", async () => {
  const program = 'import { assertSnapshot } from "RUNTIME/snapshots.js"; assertSnapshot({ a: Number(process.argv[2]) }, "one/two"); assertSnapshot("t");';
  expect((await run(program, { args: ["1"] })).code).toBe(0);
  expect(existsSync(path("__snapshots__/one_two.snap"))).toBe(true);
  expect((await run(program, { args: ["1"] })).code).toBe(0);
  const failed = await run(program, { args: ["2"] });
  expect([failed.code === 0, failed.stderr.includes("has another value")]).toEqual([false, true]);
  expect((await run(program, { args: ["2"], env: { TOVA_UPDATE_SNAPSHOTS: "1" } })).code).toBe(0);
  expect((await run(program, { args: ["2"] })).code).toBe(0);
});

test("a deque of many items is emptied from either end in no time, and older ones stay as they were", () => {
  const full = Deque(Array.from({ length: 50_000 }, (_, n) => n));
  let [deque, sum, value] = [full, 0, 0];
  for (let turn = 0; deque.length > 0; turn++) {
    [value, deque] = turn % 3 === 0 ? deque.popBack() : deque.popFront();
    sum += value;
    if (turn % 10 === 0) deque = deque.pushFront(0);
  }
  expect([sum, full.length, full.peekFront(), full.peekBack()]).toEqual([1_249_975_000, 50_000, 0, 49_999]);
});

test("a deque says the same as a list, whatever is done to it", () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = randomSource(seed);
    let [deque, list] = [Deque(), []];
    for (let step = 0; step < 60; step++) {
      const action = Math.floor(random() * 5);
      if (action < 2) [deque, list] = [deque.pushBack(step), [...list, step]];
      else if (action === 2) [deque, list] = [deque.pushFront(step), [step, ...list]];
      else if (action === 3) [deque, list] = [deque.popFront()[1], list.slice(1)];
      else [deque, list] = [deque.popBack()[1], list.slice(0, -1)];
      expect([deque.toArray(), deque.length, deque.peekFront(), deque.peekBack()]).toEqual([list, list.length, list[0] ?? null, list.at(-1) ?? null]);
    }
  }
});

test("a method is the receiver's own, or else the builtin", () => {
  expect([method("a", "upper", upper)(), method({ upper: () => "own" }, "upper", upper)()]).toEqual(["a".toUpperCase(), "own"]);
  expect(() => method(null, "upper", upper)()).toThrow(TypeError);
});
