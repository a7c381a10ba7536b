// LANGUAGE.md: every sample is a program without a finding, and prints what its comments say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bun, folder, root, run, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";

/** The fences of the page: "```tova", or with a file's name and `with` the names of files beside it. */
const samples = [...readFileSync(join(root, "LANGUAGE.md"), "utf8").matchAll(/^```tova *(.*)\n([^]*?)^```$/gm)].map(([, words, text]) => ({
  name: words.startsWith("with ") || words === "" ? "main.tova" : words,
  beside: words.startsWith("with ") ? words.slice("with ".length).split(" ") : [],
  text,
}));

/** What comments behind `print` say that is printed. */
const promised = (text) => [...text.matchAll(/^.*\bprint\(.*\/\/ (.*)$/gm)].map(([, line]) => line);

function filesOf(sample) {
  const others = samples.filter(({ name }) => sample.beside.includes(name)).map(({ name, text }) => [name, text]);
  return { ...Object.fromEntries(others), [sample.name]: sample.text };
}

test("LANGUAGE.md has samples of everything", () => {
  assert.ok(samples.length >= 12);
  assert.ok(samples.flatMap(({ text }) => promised(text)).length >= 40);
});

for (const [index, sample] of samples.entries()) {
  const first = sample.text.split("\n", 1)[0];
  test(`sample ${index + 1} of LANGUAGE.md, which begins with \`${first}\`, has no findings and prints what it says`, async (t) => {
    const cwd = folder(t, filesOf(sample));
    const { stdout } = await run(tova, ["check", "--format=json"], { cwd });
    const findings = JSON.parse(stdout).diagnostics.filter(({ severity }) => severity !== "information" && severity !== "hint");
    assert.deepEqual(findings.map(({ code, message }) => `${code} ${message}`), []);
    const expected = promised(sample.text);
    if (expected.length > 0) {
      const ran = await run(tova, ["run", sample.name], { cwd, env: { TOVA_BUN: bun } });
      assert.deepEqual(ran.stdout.trimEnd().split("\n"), expected, ran.stderr);
    }
  });
}
