// What the golden cases expect is JavaScript, and where a case asserts something itself, it holds:
// every output is parsed as an ES module, and each program without blocks is run beside the runtime.
// Whether the compiler emits what is expected is the C runner's question (run_golden.c). Applications with a mistake are
// compiled here, for what is whole of their outputs.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "acorn";
import { Random } from "../fuzz/random.mjs";
import { bun, folder, root, run } from "../harness/program.mjs";
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

/** A token less, or one twice, in one of the files: what a program is while somebody writes it. */
function disturbed(random, files) {
  const file = random.pick(Object.keys(files));
  const token = random.pick([...files[file].matchAll(/\w+|[^\s\w]/g)]);
  const end = token.index + token[0].length;
  const instead = random.chance(2) ? "" : `${token[0]} ${token[0]}`;
  return { ...files, [file]: files[file].slice(0, token.index) + instead + files[file].slice(end) };
}

/** @returns {string[]} what stands in the outputs that are whole and is no JavaScript */
function unparsable(printed) {
  const faults = [];
  for (const [, title, code] of printed.matchAll(/^\/\/ ======== (.*)\n([^]*?)(?=^\/\/ ======== |$(?![^]))/gm)) {
    if (title.endsWith(" BROKEN")) continue; // the last good one stays
    try {
      parse(code, { ecmaVersion: "latest", sourceType: "module" });
    } catch (error) {
      faults.push(`${title}: ${error.message}: ${code.split("\n")[error.loc.line - 1]}`);
    }
  }
  return faults;
}

test("an application with a mistake in one place has no whole output that is no JavaScript", async (t) => {
  const runner = join(root, "build", "tests", "golden", "run_golden");
  for (const name of ["services", "dashboard", "chat"]) {
    const source = join(root, "examples", name);
    const sources = readdirSync(source).filter((file) => file.endsWith(".tova"));
    const files = Object.fromEntries(sources.map((file) => [file, readFileSync(join(source, file), "utf8")]));
    const random = new Random(name.length);
    for (let i = 0; i < 25; i++) {
      const texts = disturbed(random, files);
      const path = folder(t, texts);
      const { code, stdout } = await run(runner, ["--print", ...sources.map((file) => join(path, file))]);
      assert.equal(code, 0);
      assert.ok(stdout.startsWith("// ======== "));
      assert.deepEqual(unparsable(stdout), [], `${name} ${JSON.stringify(texts)}`);
    }
  }
}, { timeout: 300_000 });
