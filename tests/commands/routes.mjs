// `tova routes`: the table, JSON with the places of sources, and OpenAPI.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { tmpdir } from "node:os";
import { run, tova as program } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { app, page, project } from "./sources.mjs";

test("routes shows method, path, function, conditions, callers and place of everything, server by server", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const { code, stdout } = await tova("routes");
  assert.equal(code, 0);
  assert.match(stdout, /^server:api · port 3000 \(PORT_API\) · app\.server\.api\.js$/m);
  assert.match(stdout, /^server:feed · port 3001 \(PORT_FEED\) · app\.server\.feed\.js$/m);
  assert.match(stdout, /^ {2}POST +\/rpc\/list_notes +list_notes\(\) -> \[Note\] +1 caller +app\.tova:\d+$/m);
  assert.match(stdout, /^ {2}POST +\/rpc\/add_note +add_note\(text: String\) -> Note +/m);
  assert.match(stdout, /^ {2}GET +\/notes +list_notes\(\) -> \[Note\] +app\.tova:\d+$/m);
});

test("routes --json has what tova/endpoints has, in UTF-16 units of the sources", async (t) => {
  const source = `server {\n  fn größe(a: Int, b: Int = 2, c: String?) -> Int { a }\n  route GET "/ä/:a" with auth, role("x y") => größe\n  auth { secret: "s" }\n}\n`;
  const { cwd, tova } = project(t, { "app.tova": source });
  const { stdout } = await tova("routes", "--json");
  const [{ uri, name, servers }] = JSON.parse(stdout).packages;
  assert.deepEqual([uri, name, servers.length], [pathToFileURL(cwd).href, "app", 1]);
  const [call, route] = servers[0].endpoints;
  assert.deepEqual(call.selectionRange, { start: { line: 1, character: 5 }, end: { line: 1, character: 10 } });
  assert.deepEqual(route.selectionRange, { start: { line: 2, character: 12 }, end: { line: 2, character: 19 } });
  assert.deepEqual(call.parameters, [
    { name: "a", type: "Int", optional: false },
    { name: "b", type: "Int", optional: true },
    { name: "c", type: "String?", optional: true },
  ]);
  assert.deepEqual([route.guards, route.method, route.path], [["auth", 'role("x y")'], "GET", "/ä/:a"]);
  assert.equal(route.curl, `curl 'http://localhost:3000/%C3%A4/1' -H "Authorization: Bearer $TOKEN"`);
});

test("routes knows the ports that dev would choose: --port, else PORT, and PORT_<NAME> of a server", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": app });
  const ports = ({ stdout }) => [...stdout.matchAll(/localhost:(\d+)/g)].map(([, port]) => Number(port));
  const distinct = (answer) => [...new Set(ports(answer))].sort();
  const asked = (env, ...words) => run(program, ["routes", ...words], { cwd, env: { PORT: "", PORT_API: "", PORT_FEED: "", ...env } });
  assert.deepEqual(distinct(await asked({ PORT: "4000" }, "--json")), [4000, 4001]);
  assert.deepEqual(distinct(await asked({ PORT: "4000" }, "--json", "--port", "5000")), [5000, 5001]);
  assert.deepEqual(distinct(await asked({ PORT_FEED: "7000" }, "--openapi", "--port", "5000")), [5000, 7000]);
  assert.match((await asked({ PORT: "4000" })).stdout, /^server:feed · port 4001 \(PORT_FEED\)/m);
  for (const [answer, status] of [[await asked({ PORT: "x" }, "--json"), 1], [await asked({}, "--port", "0"), 2]]) {
    assert.deepEqual([answer.code, answer.stdout], [status, ""]);
    assert.match(answer.stderr, /is not a port: a number from 1 to 65535/);
  }
});

test("routes --openapi is a valid document: of one server, or of several with the server of each operation", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const all = JSON.parse((await tova("routes", "--openapi")).stdout);
  assert.equal(all.openapi, "3.1.0");
  assert.deepEqual(Object.keys(all.paths), ["/notes", "/rpc/list_notes", "/rpc/add_note", "/rpc/ping"]);
  assert.deepEqual(all.paths["/rpc/ping"].post.servers, [{ url: "http://localhost:3001", description: "feed" }]);
  assert.deepEqual(all.paths["/notes"].get.responses[200].content["application/json"].schema, { type: "array", items: { $ref: "#/components/schemas/Note" } });
  const one = JSON.parse((await tova("routes", "--openapi", "--server", "feed")).stdout);
  assert.deepEqual([Object.keys(one.paths), one.servers], [["/rpc/ping"], [{ url: "http://localhost:3001", description: "feed" }]]);
  for (const document of [all, one]) check(document);
  assert.deepEqual(readdirSync(tmpdir()).filter((file) => file.startsWith("tova-routes-")), []);
});

/** Every schema of a document is one, and every reference leads somewhere. */
function check(document) {
  const Ajv = createRequire(import.meta.url)("ajv/dist/2020").default;
  const ajv = new Ajv({ strict: false, formats: { email: true } });
  const ids = new Set();
  for (const schema of Object.values(document.components.schemas)) assert.ok(ajv.validateSchema(schema));
  JSON.stringify(document, (key, value) => {
    if (key === "$ref") assert.ok(value.split("/").pop() in document.components.schemas, value);
    if (key === "operationId") assert.ok(!ids.has(value) && ids.add(value), value);
    if (key === "schema") assert.ok(ajv.validateSchema(value));
    return value;
  });
}

test("names of rules that only the running program knows break no document", async (t) => {
  const source = `shared {\n  slug = /^[a-z]+$/\n  type Post { slug: String { matches(slug) } }\n}\nserver {\n  fn keep(post: Post) { post }\n  route POST "/posts" => keep\n}\n`;
  const { tova } = project(t, { "app.tova": source });
  const { code, stdout, stderr } = await tova("routes", "--openapi");
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).components.schemas.Post.properties.slug.type, "string");
});

test("two servers that answer one request have no common document", async (t) => {
  const source = `server "a" {\n  fn ping() { 1 }\n}\nserver "b" {\n  fn ping() { 2 }\n}\n`;
  const { tova } = project(t, { "app.tova": source });
  const { code, stderr } = await tova("routes", "--openapi");
  assert.equal(code, 1);
  assert.match(stderr, /POST \/rpc\/ping is answered by two servers: choose one with --server\./);
});

test("routes says when there is nothing to show, and refuses what makes no sense", async (t) => {
  const { tova } = project(t, { "page.tova": page });
  const none = await tova("routes");
  assert.deepEqual([none.code, none.stdout], [1, ""]);
  assert.match(none.stderr, /there is no server at \./);
  assert.deepEqual(JSON.parse((await tova("routes", "--json")).stdout), { packages: [] });
  assert.match((await tova("routes", "--server", "x")).stderr, /there is no server "x"/);
  assert.equal((await tova("routes", "--json", "--openapi")).code, 2);
  assert.equal((await tova("routes", "nowhere")).code, 1);
});

test("a folder that only holds folders with applications is told with their names", async (t) => {
  const { tova } = project(t, { "ws/shop/app.tova": app, "ws/admin/app.tova": app });
  const told = "tova: there is no .tova file directly at ws, but in ws/admin and ws/shop. Name one of them.";
  for (const words of [["routes"], ["routes", "--openapi"], ["preview"], ["dev"]]) {
    const { code, stderr } = await tova(...words, "ws");
    assert.deepEqual([code, stderr.trim()], [1, told]);
  }
});

test("a program with mistakes is listed as far as it can be read, and has no document", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": "server {\n  fn a() { 1 }\n  fn b() { missing }\n}\n" });
  const table = await tova("routes");
  assert.equal(table.code, 0);
  assert.match(table.stdout, /\/rpc\/a .*\n.*\/rpc\/b /);
  const document = await tova("routes", "--openapi");
  assert.equal(document.code, 1);
  assert.match(document.stderr, /missing/);
  assert.ok(!readdirSync(cwd).includes(".tova-out"), readFileSync(join(cwd, "app.tova"), "utf8"));
});
