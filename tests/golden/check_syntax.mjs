/**
 * Parses every expected output as an ES module and runs those that assert something themselves: a
 * module among the cases throws when its program is wrong. Not a comparison: run_golden does that.
 * Usage: node check_syntax.mjs CASES RUNTIME ACORN
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

const [cases, runtime, acorn] = process.argv.slice(2);
const { parse } = await import(pathToFileURL(resolve(acorn)));
const failures = [];

/** @returns {string[]} the outputs of a case */
function outputs(name) {
  const folder = join(cases, name, "expected");
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".js")) : [];
}

function checkSyntax(name, file) {
  try {
    parse(readFileSync(join(cases, name, "expected", file), "utf8"), {
      ecmaVersion: "latest",
      sourceType: "module",
    });
  } catch (error) {
    failures.push(`${name}/${file}: ${error.message}`);
  }
}

/** Runs app.js of a case beside a copy of the runtime. */
function run(name, folder) {
  const place = join(folder, name);
  mkdirSync(place);
  cpSync(join(cases, name, "expected", "app.js"), join(place, "app.mjs"));
  cpSync(runtime, join(place, "runtime"), { recursive: true });
  cpSync(join(folder, "package.json"), join(place, "runtime", "package.json"));
  const result = spawnSync(process.execPath, [join(place, "app.mjs")], { encoding: "utf8", timeout: 30000 });
  if (result.status !== 0) failures.push(`${name}: ${result.stderr.trim() || result.error}`);
}

const folder = mkdtempSync(join(tmpdir(), "tova-golden-"));
writeFileSync(join(folder, "package.json"), '{"type":"module"}');
let parsed = 0;
let ran = 0;
try {
  for (const name of readdirSync(cases).sort()) {
    for (const file of outputs(name)) {
      checkSyntax(name, file);
      parsed++;
      if (file === "app.js") {
        run(name, folder);
        ran++;
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const failure of failures) console.error(failure);
console.log(`${parsed} outputs parsed, ${ran} run, ${failures.length} failed`);
process.exit(failures.length > 0 || parsed === 0 || ran === 0 ? 1 : 0);
