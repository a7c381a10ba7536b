// What `tova build` writes for the whole programs of the seed documents: the files they name, with
// the lines that their listings show, as modules that parse, with maps that lead back.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as acorn from "acorn";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { shared, test } from "../harness/test.mjs";
import { folder, run, tova } from "../harness/program.mjs";
import { absent, seedBlock } from "./documents.mjs";
import { options, shape } from "./javascript.mjs";

const programs = {
  "multi-server": "multi-server.md: Full Code",
  "rpc-client": "rpc-client.md: Tova Source",
  "rpc-browser": "rpc-browser.md: Tova Source",
};

/** The three programs, each built in a folder of its own. */
const built = shared(async (t) => {
  const folders = {};
  for (const [name, title] of Object.entries(programs)) {
    const cwd = folder(t, { "app.tova": seedBlock(title) });
    const { code, stdout, stderr } = await run(tova, ["build"], { cwd });
    assert.equal(code, 0, `${title}:\n${stdout}${stderr}`);
    folders[name] = cwd;
  }
  return folders;
});

function seedTest(name, body) {
  test(name, async (t) => {
    if (absent) t.skip(absent);
    const folders = await built();
    const output = (program, file) => readFileSync(join(folders[program], ".tova-out", file), "utf8");
    await body({ folders, output });
  });
}

seedTest("a named server compiles to a file of its own", ({ folders }) => {
  const files = readdirSync(join(folders["multi-server"], ".tova-out")).filter((name) => name.endsWith(".js"));
  assert.deepEqual(files.sort(), ["app.client.js", "app.server.api.js", "app.server.events.js", "app.shared.js"]);
});

seedTest("ports count up from 3000 in the order of the servers", ({ output }) => {
  for (const [name, port] of [["api", 3000], ["events", 3001]]) {
    assert.match(output("multi-server", `app.server.${name}.js`), new RegExp(`createServer\\(\\{\\s*name: "${name}",\\s*port: ${port}\\b`));
  }
});

seedTest("an unnamed server compiles to app.server.js", ({ folders }) => {
  for (const program of ["rpc-client", "rpc-browser"]) {
    const files = readdirSync(join(folders[program], ".tova-out")).filter((name) => name.endsWith(".js"));
    assert.deepEqual(files.sort(), ["app.client.js", "app.server.js", "app.shared.js"]);
  }
});

seedTest("`client` and `browser` blocks compile to the same page", ({ output }) => {
  assert.equal(
    withoutComments(output("rpc-browser", "app.client.js")),
    withoutComments(output("rpc-client", "app.client.js")),
  );
});

seedTest("the server imports the shared type from app.shared.js", ({ output }) => {
  const { body } = parsed(output("rpc-client", "app.shared.js"));
  assert.ok(body.some((node) => node.declaration?.id?.name === "User"), "app.shared.js exports User");
  for (const node of parsed(output("rpc-client", "app.server.js")).body) {
    assert.notEqual(node.id?.name, "User", "the server declares no second User");
  }
});

seedTest("an endpoint has the statements of the document's listing", ({ output }) => {
  const endpoint = endpointOf(output("rpc-client", "app.server.js"), "/rpc/create_user");
  const listed = [
    "const body = await req.json();",
    "const name = body.__args ? body.__args[0] : body.name;",
    "const email = body.__args ? body.__args[1] : body.email;",
    "const __validationErrors = [];",
    'if (name === undefined || name === null) __validationErrors.push("name is required");' +
      'else if (typeof name !== "string") __validationErrors.push("name must be a string");',
    'if (email === undefined || email === null) __validationErrors.push("email is required");' +
      'else if (typeof email !== "string") __validationErrors.push("email must be a string");',
    "if (__validationErrors.length > 0) " +
      'return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });',
    "return Response.json({ result });",
  ];
  const emitted = endpoint.body.body.map(shape);
  for (const statement of listed) {
    const wanted = shape(acorn.parse(`async () => { ${statement} }`, options).body[0].expression.body.body[0]);
    assert.ok(emitted.includes(wanted), `the endpoint holds: ${statement}`);
  }
});

seedTest("the page's module has the shape of the document's listing", ({ output }) => {
  const listed = [
    "const [users, setUsers] = createSignal([]);",
    'const [name, setName] = createSignal("");',
    "createEffect(async () => { setUsers(await server.get_users()); });",
    "async function handle_create() {" +
      "const new_user = await server.create_user(name(), email());" +
      'setUsers([...users(), new_user]); setName(""); setEmail(""); }',
    'mount(App, document.getElementById("app"));',
    "const server = new Proxy({}, { get(_, name) { return (...args) => rpc(name, args); } });",
  ];
  const emitted = parsed(output("rpc-client", "app.client.js")).body.map(shape);
  for (const statement of listed) {
    assert.ok(emitted.includes(shape(acorn.parse(statement, options).body[0])), `the module holds: ${statement}`);
  }
});

seedTest("every function of a server block is a POST endpoint under /rpc/", ({ output }) => {
  for (const [program, file, names] of [
    ["rpc-client", "app.server.js", ["get_users", "create_user"]],
    ["multi-server", "app.server.api.js", ["list_users", "get_user", "create_user"]],
    ["multi-server", "app.server.events.js", ["broadcast"]],
  ]) {
    const endpoints = parsed(output(program, file))
      .body.map((node) => node.expression)
      .filter((node) => node?.callee?.name === "__addRoute")
      .map((node) => node.arguments[1].value)
      .filter((path) => path.startsWith("/rpc/"));
    assert.deepEqual(endpoints, names.map((name) => `/rpc/${name}`), `${program}: ${file}`);
  }
});

seedTest("the page's module imports the runtime instead of holding it", ({ folders, output }) => {
  for (const [program, cwd] of Object.entries(folders)) {
    const imports = parsed(output(program, "app.client.js")).body.filter((node) => node.type === "ImportDeclaration");
    const sources = imports.map((node) => node.source.value);
    assert.ok(sources.includes("./runtime/reactivity.js"), `${program}: ${sources}`);
    assert.ok(sources.includes("./runtime/rpc.js"), `${program}: ${sources}`);
    for (const source of sources) {
      assert.ok(existsSync(join(cwd, ".tova-out", source)), `${program}: ${source} is there`);
    }
  }
});

seedTest("every output is a module that parses, with a map that leads to its source", ({ folders }) => {
  for (const [program, cwd] of Object.entries(folders)) {
    const out = join(cwd, ".tova-out");
    const source = readFileSync(join(cwd, "app.tova"), "utf8").split("\n");
    for (const file of readdirSync(out).filter((name) => name.endsWith(".js"))) {
      const text = readFileSync(join(out, file), "utf8");
      parsed(text);
      assert.ok(text.trimEnd().endsWith(`//# sourceMappingURL=${file}.map`), `${program}: ${file} names its map`);
      checkMap(program, file, text, JSON.parse(readFileSync(join(out, `${file}.map`), "utf8")), source);
    }
  }
});

// Where a mapping begins at a word of the output and leads to the same word of the source, the column
// is right. Some words have other names in the output (`fn`, setters); most have not.
function checkMap(program, file, text, map, source) {
  const lines = text.split("\n");
  let same = 0;
  let words = 0;
  eachMapping(new TraceMap(map), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    const here = wordAt(lines[generatedLine - 1], generatedColumn);
    if (!here || originalLine === null) return;
    words += 1;
    same += wordAt(source[originalLine - 1], originalColumn) === here ? 1 : 0;
  });
  assert.ok(words >= 3, `${program}: ${file}: ${words} words are mapped`);
  assert.ok(same >= words / 2, `${program}: ${file}: ${same} of ${words} mapped words are mapped to themselves`);
}

function wordAt(line, column) {
  return /^[A-Za-z_]\w*/.exec((line ?? "").slice(column))?.[0];
}

function parsed(text) {
  return acorn.parse(text, options);
}

/** The function that is registered for a POST path. */
function endpointOf(text, path) {
  const call = parsed(text)
    .body.map((node) => node.expression)
    .find((node) => node?.callee?.name === "__addRoute" && node.arguments[1].value === path);
  assert.equal(call?.arguments[0].value, "POST", `${path} is a POST endpoint`);
  return call.arguments[2];
}

function withoutComments(text) {
  return text.replace(/^\s*\/\/.*$/gm, "");
}
