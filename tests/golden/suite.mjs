// What the golden cases expect is JavaScript, and where a case asserts something itself, it holds:
// every output is parsed as an ES module, and each program without blocks is run beside the runtime.
// Whether the compiler emits what is expected is the C runner's question (run_golden.c).
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "acorn";
import { bun, root, run } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

const cases = join(root, "tests", "golden", "cases");

/** @returns {string[]} the names of a case's expected outputs */
function outputs(name) {
  const folder = join(cases, name, "expected");
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".js")) : [];
}

const names = readdirSync(cases).sort();

test("every expected output is an ES module", () => {
  const broken = [];
  let count = 0;
  for (const name of names) {
    for (const file of outputs(name)) {
      const text = readFileSync(join(cases, name, "expected", file), "utf8");
      count++;
      try {
        parse(text, { ecmaVersion: "latest", sourceType: "module" });
      } catch (error) {
        broken.push(`${name}/${file}: ${error.message}`);
      }
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(count >= 60, `${count} outputs`);
});

for (const name of names.filter((each) => outputs(each).includes("app.js"))) {
  test(`${name.replaceAll("_", " ")}: the program's own assertions hold`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "tova-golden-"));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(join(cases, name, "expected", "app.js"), join(folder, "app.js"));
    cpSync(join(root, "codegen", "runtime"), join(folder, "runtime"), { recursive: true });
    const { code, stderr } = await run(bun, [join(folder, "app.js")], { cwd: folder });
    assert.equal(code, 0, stderr);
  });
}
