// Every header of the project compiles alone and twice, and its guard is named after its path.
import { execFileSync } from "node:child_process";
import { test } from "../harness/test.mjs";
import { root, run } from "../harness/program.mjs";
import { expectNone, files, isC, read } from "./repository.mjs";

const headers = files.filter((path) => isC(path) && path.endsWith(".h") && !path.startsWith("parser/grammar/"));

test(
  "every header compiles alone, and twice",
  async () => {
    const libraries = ["libuv", "libcjson", "tree-sitter", "libutf8proc", "cmocka"];
    const flags = execFileSync("pkg-config", ["--cflags", ...libraries], { encoding: "utf8" }).split(/\s+/).filter(Boolean);
    const words = ["-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", root, ...flags];
    const broken = [];
    const queue = headers.filter((path) => !isIncludedByDesign(path));
    const work = async () => {
      for (let path = queue.shift(); path; path = queue.shift()) {
        const input = `#include "${path}"\n#include "${path}"\n`;
        const { code, stderr } = await run(process.env.CC ?? "cc", [...words, "-x", "c", "-"], { input });
        if (code !== 0) broken.push(`${path}:\n${stderr}`);
      }
    };
    await Promise.all([work(), work()]);
    expectNone(broken);
  },
  { timeout: 300_000 },
);

// cmocka.h wants four headers before it, so what includes it is a test's own helper; banned.h comes
// in front of every source and has nothing that could be included twice wrongly.
function isIncludedByDesign(path) {
  return path === "parser/base/banned.h" || /#include <cmocka\.h>/.test(read(path));
}

test("a header's guard is named after its path", () => {
  expectNone(
    headers
      .filter((path) => !read(path).includes(`#ifndef ${guardOf(path)}\n#define ${guardOf(path)}\n`))
      .map((path) => `${path}: the guard is not ${guardOf(path)}`),
  );
});

function guardOf(path) {
  return `TOVA_${path.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

test("a header begins with a comment that says what its module is", () => {
  expectNone(headers.filter((path) => !read(path).startsWith("/* ")));
});
