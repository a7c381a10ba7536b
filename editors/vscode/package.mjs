// Makes the installable package tova-PLATFORM.vsix, which carries the program `tova`. What that needs is installed when it is
// missing.
//
//   node package.mjs [--program PATH] [--target linux-x64] [--out FILE]
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    program: { type: "string", default: join(here, "../../build/server/tova") },
    target: { type: "string", default: `${process.platform}-${process.arch}` },
    out: { type: "string" },
  },
});
const out = resolve(values.out ?? join(here, `tova-${values.target}.vsix`));
const { repository } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
// The README's links, for readers who have no repository before them.
const links = (kind) => `${repository.url}/${kind}/HEAD/${repository.directory}`;

rmSync(join(here, "bin"), { recursive: true, force: true });
mkdirSync(join(here, "bin"));
cpSync(values.program, join(here, "bin/tova"), { dereference: true });
chmodSync(join(here, "bin/tova"), 0o755);
cpSync(join(here, "../../LICENSE"), join(here, "LICENSE"));
execFileSync("strip", [join(here, "bin/tova")]);

/** Runs one of the tools; what it says goes to standard error, where the last line of standard output is the package. */
function run(program, ...words) {
  execFileSync(program, words, { cwd: here, stdio: ["ignore", 2, 2] });
}

if (!existsSync(join(here, "node_modules/.package-lock.json"))) {
  run("npm", "ci", "--ignore-scripts", "--silent");
  run(process.execPath, "node_modules/esbuild/install.js");
}
run(process.execPath, "node_modules/typescript/bin/tsc", "--noEmit");
run(process.execPath, "build.mjs");
run(process.execPath, "node_modules/@vscode/vsce/vsce", "package", "--target", values.target, "--no-dependencies", "--skip-license",
  "--baseContentUrl", links("blob"), "--baseImagesUrl", links("raw"), "--out", out);
console.log(out);
