// modules.def against the files: what the compiler copies is what the files import.
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "../../codegen/runtime/core.js";
import { members, methods, rows, runtime } from "./builtins.js";

const ENTRY = /^RUNTIME_MODULE\((\w+), "([^"]+)", (BROWSER|SERVER|BOTH),\s*((?:"[^"]*"\s*)+)\)/gm;

const list = (text) => text.split(",").filter((name) => name !== "").sort();

/** file -> { side, imports } as modules.def has it */
const modules = Object.fromEntries(
  [...readFileSync(join(runtime, "modules.def"), "utf8").matchAll(ENTRY)]
    .map(([, , file, side, imports]) => [file, { side, imports: list(imports.replaceAll(/"\s*"|"/g, "").trim()) }]),
);

const text = (file) => readFileSync(join(runtime, file), "utf8");
const importsOf = (file) => [...new Set([...text(file).matchAll(/^(?:import|(?:import|export|\}) ?.*from) "(.+?)";/gm)].map(([, from]) => from))].sort();

test("every file is listed, with the files that it imports", () => {
  const files = readdirSync(runtime).filter((name) => name.endsWith(".js")).sort();
  expect(Object.keys(modules).sort()).toEqual(files);
  for (const file of files) {
    const own = importsOf(file).filter((from) => from.startsWith("./")).map((from) => from.slice(2));
    expect([file, own]).toEqual([file, modules[file].imports]);
  }
});

test("what a browser may load needs nothing of a server, and nothing from elsewhere", () => {
  for (const [file, { side, imports }] of Object.entries(modules)) {
    if (side === "SERVER") continue;
    expect([file, importsOf(file).filter((from) => !from.startsWith("./"))]).toEqual([file, []]);
    expect([file, imports.filter((name) => modules[name].side === "SERVER")]).toEqual([file, []]);
    expect([file, /\b(Bun|process|require)\./.test(text(file))]).toEqual([file, false]);
  }
});

test("no file is long, and each says at its top what it is", () => {
  for (const file of Object.keys(modules)) {
    expect([file, text(file).split("\n").length < 420, text(file).startsWith("/**\n * ")]).toEqual([file, true, true]);
  }
});

test("every builtin that the table gives a module is exported by it, in both spellings the same", async () => {
  expect(rows.length).toBeGreaterThan(400);
  for (const { name, spellings, module, side } of rows.filter((row) => row.module !== null)) {
    const exported = await import(join(runtime, module));
    for (const spelling of spellings) {
      expect([spelling, module, spelling in exported]).toEqual([spelling, module, true]);
      expect([spelling, exported[spelling] === exported[name]]).toEqual([spelling, true]);
    }
    if (modules[module].side === "SERVER") expect([name, side]).not.toEqual([name, "EVERYWHERE"]);
  }
});

test("the members of a namespace are those of the table", async () => {
  const spaces = rows.filter(({ name, module }) => module !== null && members.some(({ space }) => space === name));
  expect(spaces.length).toBeGreaterThan(12);
  for (const { name, module } of spaces) {
    const listed = members.filter(({ space }) => space === name).map((member) => member.name).sort();
    const { [name]: space } = await import(join(runtime, module));
    expect([name, Object.keys(space).sort()]).toEqual([name, listed]);
  }
});

test("what Tova adds to texts and lists, JavaScript's own have not", () => {
  expect(methods.length).toBeGreaterThan(50);
  for (const { name, receiver } of methods) {
    if (receiver !== "LISTS") expect([name, name in String.prototype]).toEqual([name, false]);
    if (receiver !== "TEXTS") expect([name, name in Array.prototype]).toEqual([name, false]);
  }
});

test("every form for async callbacks is in core.js", () => {
  const twins = rows.map(({ twin }) => twin).filter(Boolean);
  expect(twins.length).toBeGreaterThan(10);
  for (const twin of twins) expect([twin, twin in core]).toEqual([twin, true]);
});

/** What modules export for other modules or for emitted code, and is no builtin. */
const INNER = /^(context|dom|scopes|signals|slots|charts_parts|csv|callable|events|http_fresh|http_streams|jobs|jwt|methods|rooms|text_tables|tables_\w+|lists_async|operators)\.js$/;
const HELPERS = ["toArray", "compare", "columnValues", "grouped", "messageOf", "draw", "randomSource", "without",
  "bytesOf", "hexOf", "base64Bytes", "base64Of", "show", "hasOwnText"];

test("what a module of builtins exports is in the table", async () => {
  const known = new Set(rows.flatMap(({ spellings }) => spellings));
  const own = new Set(rows.map(({ module }) => module).filter((module) => module !== null && !INNER.test(module)));
  for (const module of own) {
    const unknown = Object.keys(await import(join(runtime, module)))
      .filter((name) => !known.has(name) && !HELPERS.includes(name) && !name.endsWith("Async"));
    expect([module, unknown]).toEqual([module, []]);
  }
});
