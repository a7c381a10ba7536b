// The requests of editors from the command line: what they print, what `rename` changes, and that they say what the daemon says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { startEditor } from "../lsp_client/editor.mjs";
import { project, tovaIn } from "./sources.mjs";

const api = `server {
  /// Everyone, größte first.
  fn list_users(limit: Int = 10) -> [String] {
    ["ä", "{limit}"]
  }

  route GET "/users" => list_users
}
`;

const page = `browser {
  state users = []
  effect {
    print("größe"); users = server.list_users(3)
  }
  component App {
    <p>{users.length}</p>
  }
}
`;

const files = { "api.tova": api, "page.tova": page };

/** FILE:LINE:COLUMN of a text in a file, in characters from 1. */
function place(file, marker, more = 0) {
  const before = files[file].slice(0, files[file].indexOf(marker) + more);
  return `${file}:${before.split("\n").length}:${[...before.split("\n").pop()].length + 1}`;
}

test("hover prints what the editor shows", async (t) => {
  const { tova } = project(t, files);
  const { code, stdout } = await tova("hover", place("page.tova", "list_users"));
  assert.equal(code, 0);
  assert.match(stdout, /fn list_users\(limit: Int = 10\) -> \[String\]/);
  assert.match(stdout, /Everyone, größte first\./);
  assert.match(stdout, /POST \/rpc\/list_users/);
});

test("definition and references print places as compilers do, with the line; columns are characters", async (t) => {
  const { tova } = project(t, files);
  const definition = await tova("definition", place("page.tova", "list_users", 3));
  assert.equal(definition.stdout, "api.tova:3:6: fn list_users(limit: Int = 10) -> [String] {\n");
  const references = await tova("references", place("api.tova", "list_users"));
  assert.deepEqual(references.stdout.split("\n"), [
    "api.tova:3:6: fn list_users(limit: Int = 10) -> [String] {",
    'api.tova:7:25: route GET "/users" => list_users',
    'page.tova:4:36: print("größe"); users = server.list_users(3)',
    "",
  ]);
});

test("a place without a name has status 1 and a word about it; words that are no place have 2", async (t) => {
  const { tova } = project(t, files);
  const none = await tova("definition", "page.tova:1:9");
  assert.deepEqual([none.code, none.stdout], [1, ""]);
  assert.match(none.stderr, /no place is known/);
  for (const words of [["hover"], ["hover", "page.tova"], ["hover", "page.tova:1"], ["hover", "page.tova:0:1"], ["hover", "page.tova:1:x"], ["rename", "page.tova:1:1"], ["hover", "--dry-run", "page.tova:1:1"]]) {
    assert.equal((await tova(...words)).code, 2, words.join(" "));
  }
  assert.equal((await tova("hover", "page.tova:99:1")).code, 1);
  assert.match((await tova("hover", "gone.tova:1:1")).stderr, /there is no \.tova file at gone\.tova/);
});

test("rename changes every file and nothing else, keeps their rights, and can be undone to the byte", async (t) => {
  const { cwd, tova } = project(t, files);
  chmodSync(join(cwd, "page.tova"), 0o640);
  const dry = await tova("rename", place("page.tova", "list_users"), "all_users", "--dry-run");
  assert.deepEqual(dry.stdout.split("\n"), [
    "--- api.tova",
    "+++ api.tova",
    "@@ -3,1 +3,1 @@",
    "-  fn list_users(limit: Int = 10) -> [String] {",
    "+  fn all_users(limit: Int = 10) -> [String] {",
    "@@ -7,1 +7,1 @@",
    '-  route GET "/users" => list_users',
    '+  route GET "/users" => all_users',
    "--- page.tova",
    "+++ page.tova",
    "@@ -4,1 +4,1 @@",
    '-    print("größe"); users = server.list_users(3)',
    '+    print("größe"); users = server.all_users(3)',
    "Would change 3 places in 2 files.",
    "",
  ]);
  assert.equal(readFileSync(join(cwd, "page.tova"), "utf8"), page);
  const { code, stdout } = await tova("rename", place("page.tova", "list_users"), "all_users");
  assert.equal(code, 0);
  assert.match(stdout, /^api\.tova:3:6: fn all_users.*\napi\.tova:7:25: .*\npage\.tova:4:36: .*server\.all_users\(3\)\nChanged 3 places in 2 files\.\n$/);
  assert.equal(readFileSync(join(cwd, "api.tova"), "utf8"), api.replaceAll("list_users", "all_users"));
  assert.equal(readFileSync(join(cwd, "page.tova"), "utf8"), page.replaceAll("list_users", "all_users"));
  assert.equal(statSync(join(cwd, "page.tova")).mode & 0o777, 0o640);
  assert.equal((await tova("rename", place("page.tova", "list_users"), "list_users")).code, 0);
  assert.equal(readFileSync(join(cwd, "api.tova"), "utf8"), api);
  assert.deepEqual(readdirSync(cwd).sort(), ["api.tova", "page.tova"]);
});

test("the patch of a dry run gives what the rename gives, whatever lines end with", async (t) => {
  const sources = {
    "crlf.tova": "fn alpha() { 1 }\r\nfn beta() { alpha() }\r\nprint(beta())\r\n",
    "open.tova": "fn alpha() { 1 }\nprint(alpha())",
  };
  const { cwd, tova } = project(t, sources);
  for (const [name, source] of Object.entries(sources)) {
    const { stdout } = await tova("rename", `${name}:1:4`, "gamma", "--dry-run");
    execFileSync("git", ["apply", "-p0", "--unidiff-zero"], { cwd, input: stdout });
    assert.equal(readFileSync(join(cwd, name), "utf8"), source.replaceAll("alpha", "gamma"));
  }
});

test("rename says why it refuses, and then changes nothing", async (t) => {
  const { cwd, tova } = project(t, files);
  const word = await tova("rename", place("page.tova", "list_users"), "fn");
  assert.equal(word.code, 1);
  assert.match(word.stderr, /`fn` is no name/);
  assert.equal(readFileSync(join(cwd, "api.tova"), "utf8"), api);
});

test("a link stays a link when the file that it names is changed", async (t) => {
  const { cwd, tova } = project(t, { "real/api.txt": api });
  symlinkSync(join(cwd, "real/api.txt"), join(cwd, "api.tova"));
  const { code, stderr } = await tova("rename", place("api.tova", "list_users"), "all_users");
  assert.equal(code, 0, stderr);
  assert.equal(readFileSync(join(cwd, "real/api.txt"), "utf8"), api.replaceAll("list_users", "all_users"));
});

test("a model keeps its table, and a renamed column is warned of", async (t) => {
  const app = "shared { type Book { title: String } }\nserver {\n  model Book {\n    timestamps: true\n  }\n  fn all() -> [Book] { Book.all() }\n}\n";
  const { cwd, tova } = project(t, { "app.tova": app });
  const dry = await tova("rename", "app.tova:1:15", "Volume", "--dry-run");
  assert.match(dry.stdout, /\n@@ -3,1 \+3,2 @@\n-  model Book \{\n\+  model Volume \{\n\+    table: "books"\n@@ -6,1 \+7,1 @@\n/);
  assert.equal(dry.stderr, "");
  const column = await tova("rename", "app.tova:1:22", "name");
  assert.match(column.stderr, /ALTER TABLE "books" RENAME COLUMN "title" TO "name";/);
  assert.equal(readFileSync(join(cwd, "app.tova"), "utf8"), app.replace("title", "name"));
});

test("symbols lists a file: each name where it stands, so that hover can be asked there, with what it is in", async (t) => {
  const { tova } = project(t, files);
  const { stdout } = await tova("symbols", "page.tova");
  assert.match(stdout, /^page\.tova:2:9: variable users · browser$/m);
  assert.match(stdout, /^page\.tova:6:13: class App · browser$/m);
  const place = stdout.match(/^(\S+): class App/m)[1];
  assert.match((await tova("hover", place)).stdout, /component App/);
});

test("symbols looks for a part of a name in all files of the folder", async (t) => {
  const { tova } = project(t, { ...files, "deeper/lib.tova": "pub fn users_of(x) { x }\n" });
  const { stdout } = await tova("symbols", "users");
  assert.match(stdout, /^api\.tova:3:6: function list_users/m);
  assert.match(stdout, /^deeper\/lib\.tova:1:8: function users_of/m);
  assert.match(stdout, /^page\.tova:2:9: variable users/m);
  const none = await tova("symbols", "nothing_like_this");
  assert.deepEqual([none.code, none.stdout], [1, ""]);
});

test("with --json each answer is the daemon's own, for every name of a program", async (t) => {
  const editor = await startEditor(t, files, { positionEncodings: ["utf-16"], capabilities: { workspace: { workspaceEdit: { documentChanges: true } }, textDocument: { documentSymbol: {} } } });
  const tova = (...words) => tovaIn(editor.workspace, ...words);
  for (const [file, text] of Object.entries(files)) {
    await editor.open(file, text);
  }
  await editor.diagnostics("page.tova");
  const questions = { hover: "textDocument/hover", definition: "textDocument/definition", references: "textDocument/references", rename: "textDocument/rename" };
  const names = [["api.tova", "list_users"], ["api.tova", "limit"], ["page.tova", "users ="], ["page.tova", "list_users"], ["page.tova", "App"], ["page.tova", "users.length"], ["page.tova", "print"]];
  for (const [file, marker] of names) {
    const position = editor.position(files[file], files[file].indexOf(marker));
    for (const [command, method] of Object.entries(questions)) {
      const params = { textDocument: { uri: editor.uri(file) }, position, context: { includeDeclaration: true }, newName: "renamed_name" };
      const expected = await editor.connection.sendRequest(method, params).catch(({ message }) => ({ refused: message }));
      const words = command === "rename" ? ["renamed_name", "--dry-run"] : [];
      const { stdout, stderr } = await tova(command, place(file, marker), ...words, "--json");
      const actual = stdout === "" ? { refused: stderr.replace(/^tova: /, "").trim() } : withoutVersions(JSON.parse(stdout));
      assert.deepEqual(actual, withoutVersions(expected), `${command} ${file} ${marker}`);
    }
  }
});

/** The versions of open buffers: the command opens one file, the editor has both. */
function withoutVersions(value) {
  return JSON.parse(JSON.stringify(value, (key, each) => (key === "version" ? undefined : each)));
}
