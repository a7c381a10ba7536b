// Tests that are written for Bun's own test runner, because what they test runs in Bun: the folder is
// run as one suite, and the results are read from the report that Bun writes for machines.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { bun, run } from "./program.mjs";

/**
 * Runs every test file beneath a folder.
 * @returns {Promise<import("./test.mjs").Result[]>}
 */
export async function runBunTests(folder, environment) {
  const report = join(tmpdir(), `tova-bun-${process.pid}.xml`);
  const words = ["test", ".", "--timeout=60000", "--reporter=junit", `--reporter-outfile=${report}`];
  const { code, stdout, stderr } = await run(bun, words, { cwd: folder, env: environment, timeout: 900_000 });
  let results = [];
  try {
    results = [...readFileSync(report, "utf8").matchAll(/<testcase ([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g)].map(resultOf);
  } catch {
    // Without a report, what Bun printed is the failure.
  }
  rmSync(report, { force: true });
  if (code !== 0 && !results.some(({ outcome }) => outcome === "failed")) {
    results.push({ name: "the whole suite", outcome: "failed", ms: 0, text: `${stdout}${stderr}\nended with status ${code}` });
  }
  return results;
}

/** @returns {import("./test.mjs").Result} */
function resultOf([, attributes, , inside = ""]) {
  const attribute = (name) => plain(new RegExp(` ?\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
  const failure = /<(?:failure|error)\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:failure|error)>)/.exec(inside);
  const skipped = inside.includes("<skipped");
  const group = attribute("classname");
  return {
    name: `${attribute("file")}: ${group ? `${group}: ` : ""}${attribute("name")}`,
    outcome: failure ? "failed" : skipped ? "skipped" : "passed",
    ms: Number(attribute("time")) * 1000,
    text: failure ? plain(failure[1] ?? "") : "",
  };
}

function plain(xml) {
  const named = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  return xml.replace(/&(?:#(\d+)|(\w+));/g, (all, code, name) => (code ? String.fromCodePoint(Number(code)) : (named[name] ?? all)));
}
