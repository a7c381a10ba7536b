// What `tova check` tells other programs: SARIF, GitHub's workflow commands; and that it finds what the daemon finds.
import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { test } from "../harness/test.mjs";
import { run, tova as program } from "../harness/program.mjs";
import { app, mistaken, project, shared, api } from "./sources.mjs";

const faulty = 'fn f(x) {\n  return 1\n  2\n}\nprint(f(1), undefned)\nprint("a, b: 100%")\n';

/** The essentials of SARIF 2.1.0's schema: what is required, and of which kind. */
function validate(log) {
  assert.equal(log.version, "2.1.0");
  assert.match(log.$schema, /sarif-schema-2\.1\.0/);
  assert.ok(Array.isArray(log.runs) && log.runs.length === 1);
  const [{ tool, results, columnKind }] = log.runs;
  assert.equal(columnKind, "utf16CodeUnits");
  assert.equal(tool.driver.name, "tova");
  assert.match(tool.driver.version, /^\d+\.\d+\.\d+/);
  const ids = tool.driver.rules.map((rule) => rule.id);
  assert.equal(new Set(ids).size, ids.length, "rules are there once");
  for (const { shortDescription, help } of tool.driver.rules) {
    assert.ok(shortDescription.text.length > 0);
    assert.ok(help.text.length > shortDescription.text.length);
  }
  for (const result of results) {
    assert.equal(ids[result.ruleIndex], result.ruleId);
    assert.ok(["none", "note", "warning", "error"].includes(result.level));
    assert.equal(typeof result.message.text, "string");
    for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
      const { artifactLocation, region } = physicalLocation;
      assert.ok(!artifactLocation.uri.includes(" ") && !artifactLocation.uri.startsWith("/"));
      for (const key of ["startLine", "startColumn", "endLine", "endColumn"]) assert.ok(region[key] >= 1, key);
      assert.ok(region.endLine > region.startLine || region.endColumn >= region.startColumn);
    }
    for (const fix of result.fixes ?? []) {
      for (const change of fix.artifactChanges) {
        assert.ok(change.replacements.length > 0);
        for (const each of change.replacements) assert.equal(typeof each.insertedContent.text, "string");
      }
    }
  }
  return results;
}

test("SARIF holds what the standard asks for, and every finding once", async (t) => {
  const { tova } = project(t, { "a b.tova": faulty });
  const { code, stdout } = await tova("check", "--format=sarif");
  assert.equal(code, 1);
  const results = validate(JSON.parse(stdout));
  const json = JSON.parse((await tova("check", "--format=json")).stdout).diagnostics;
  const shown = json.filter((each) => each.severity !== "hint").map((each) => each.code);
  assert.deepEqual(results.map((each) => each.ruleId), shown);
  const undefined_ = results.find((each) => each.ruleId === "E101");
  assert.equal(undefined_.level, "error");
  assert.deepEqual(undefined_.locations[0].physicalLocation, {
    artifactLocation: { uri: "a%20b.tova", uriBaseId: "%SRCROOT%" },
    region: { startLine: 5, startColumn: 13, endLine: 5, endColumn: 21 },
  });
});

test("SARIF without findings is whole too", async (t) => {
  const { tova } = project(t, { "a.tova": "print(1)\n" });
  const { code, stdout } = await tova("check", "--format=sarif");
  assert.equal(code, 0);
  assert.deepEqual(validate(JSON.parse(stdout)), []);
});

test("SARIF has the fix and the other place of a finding", async (t) => {
  const { tova } = project(t, { "app.tova": shared + api + mistaken });
  const results = validate(JSON.parse((await tova("check", "--format=sarif")).stdout));
  const [fix] = results.find((each) => each.ruleId === "E301").fixes;
  assert.equal(fix.artifactChanges[0].replacements[0].insertedContent.text, "list_notes");
});

test("the format for GitHub is a command a line, with what is special escaped", async (t) => {
  const { tova } = project(t, { "a,b.tova": faulty });
  const { code, stdout } = await tova("check", "--format=github");
  assert.equal(code, 1);
  assert.match(stdout, /^::error file=a%2Cb\.tova,line=5,endLine=5,col=13,endColumn=21,title=E101::`undefned` is not defined\./m);
  assert.match(stdout, /^::warning file=a%2Cb\.tova,line=3,/m);
  for (const line of stdout.trimEnd().split("\n")) assert.match(line, /^::(error|warning|notice) file=/);
});

test("colours are for terminals: never in a pipe, never with NO_COLOR, always with FORCE_COLOR", async (t) => {
  const { cwd } = project(t, { "app.tova": app.replace("list_notes()", "list_nots()") });
  const shown = async (env) => (await run(program, ["check"], { cwd, env: { NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } })).stdout;
  assert.doesNotMatch(await shown({}), /\u001b/);
  assert.doesNotMatch(await shown({ NO_COLOR: "1" }), /\u001b/);
  assert.match(await shown({ FORCE_COLOR: "1" }), /\u001b\[/);
});

test("SARIF explains each rule as `tova explain` does", async (t) => {
  const { tova } = project(t, { "app.tova": app });
  const [{ tool }] = JSON.parse((await tova("check", "--format=sarif")).stdout).runs;
  const { help } = tool.driver.rules.find(({ id }) => id === "E101");
  const page = (await tova("explain", "E101")).stdout;
  const [sentence] = help.text.split("\n\n```tova wrong");
  assert.ok(page.includes(sentence), sentence);
  assert.match(help.markdown, /^```tova right$/m);
});

test("--color says when: always, never, or auto as without it", async (t) => {
  const { cwd } = project(t, { "app.tova": app.replace("list_notes()", "list_nots()") });
  const shown = (when, env) => run(program, ["check", `--color=${when}`], { cwd, env: { NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } });
  assert.match((await shown("always", { NO_COLOR: "1" })).stdout, /\u001b\[/);
  assert.doesNotMatch((await shown("never", { FORCE_COLOR: "1" })).stdout, /\u001b/);
  assert.doesNotMatch((await shown("auto")).stdout, /\u001b/);
  assert.match((await shown("auto", { FORCE_COLOR: "1" })).stdout, /\u001b\[/);
  const { code, stderr } = await shown("sometimes");
  assert.equal(code, 2);
  assert.match(stderr, /--color is always, never or auto, not "sometimes"/);
});

test("the excerpt shows the line and marks what is meant", async (t) => {
  const { cwd, tova } = project(t, { "app.tova": faulty });
  const { stdout } = await tova("check");
  assert.ok(realpathSync(cwd).length > 0);
  assert.match(stdout, / {4}5 \| print\(f\(1\), undefned\)\n {6}\| {13}\^~{7}\n/);
});
