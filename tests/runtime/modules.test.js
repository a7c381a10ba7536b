// modules.def against the files: what the compiler copies is what the files import.
import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "../../codegen/runtime/core.js";

const root = join(import.meta.dir, "../..");
const runtime = join(root, "codegen/runtime");

const ENTRY = /^RUNTIME_MODULE\((\w+), "([^"]+)", (BROWSER|SERVER|BOTH),\s*((?:"[^"]*"\s*)+)\)/gm;

const list = (text) => text.split(",").filter((name) => name !== "").sort();

/** file -> { side, imports } as modules.def has it */
const modules = Object.fromEntries(
  [...readFileSync(join(runtime, "modules.def"), "utf8").matchAll(ENTRY)]
    .map(([, , file, side, imports]) => [file, { side, imports: list(imports.replaceAll(/"\s*"|"/g, "").trim()) }]),
);

const text = (file) => readFileSync(join(runtime, file), "utf8");
const importsOf = (file) => [...new Set([...text(file).matchAll(/^(?:import|export|\}) ?.*from "(.+?)";/gm)].map(([, from]) => from))].sort();

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

const builtins = join(root, "analysis/builtins.def");

test.skipIf(!existsSync(builtins))("every builtin that the compiler knows is there", () => {
  const names = [...readFileSync(builtins, "utf8").matchAll(/^BUILTIN\(\w+, "(\w+)", "core\.js", "(\w*)"/gm)];
  expect(names.length).toBeGreaterThan(60);
  for (const name of names.flatMap(([, name, twin]) => [name, twin]).filter((name) => name !== "")) {
    expect([name, name in core]).toEqual([name, true]);
  }
});
