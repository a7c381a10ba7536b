// Makes the installable package tova-PLATFORM.vsix, which carries the program `tova`.
//
//   node package.mjs [--program PATH] [--target linux-x64] [--out FILE]
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    program: { type: "string", default: join(here, "../../build/server/tova") },
    target: { type: "string", default: `${process.platform}-${process.arch}` },
    out: { type: "string" },
  },
});
const out = values.out ?? join(here, `tova-${values.target}.vsix`);
const { repository } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
// The README's links, for readers who have no repository before them.
const links = (kind) => `${repository.url}/${kind}/HEAD/${repository.directory}`;

rmSync(join(here, "bin"), { recursive: true, force: true });
mkdirSync(join(here, "bin"));
cpSync(values.program, join(here, "bin/tova"), { dereference: true });
chmodSync(join(here, "bin/tova"), 0o755);
cpSync(join(here, "../../LICENSE"), join(here, "LICENSE"));
execFileSync("strip", [join(here, "bin/tova")]);
execFileSync(process.execPath, [join(here, "build.mjs")], { stdio: "inherit" });
execFileSync(
  process.execPath,
  [join(here, "node_modules/@vscode/vsce/vsce"), "package", "--target", values.target, "--no-dependencies", "--skip-license",
    "--baseContentUrl", links("blob"), "--baseImagesUrl", links("raw"), "--out", out],
  { cwd: here, stdio: ["ignore", "ignore", "inherit"] },
);
console.log(out);
