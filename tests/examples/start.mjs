// The applications of examples/ as their READMEs tell to start them, each in a copy of its own.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { startApplication } from "../harness/application.mjs";
import { folder, root } from "../harness/program.mjs";

/** A copy of an example; its folder. */
export function copyExample(t, name) {
  const cwd = join(folder(t), name);
  cpSync(join(root, "examples", name), cwd, { recursive: true, filter: (path) => !/\.tova-out|\.db/.test(path) });
  return cwd;
}

/** `tova dev` of an example, with names of its servers, or none for the unnamed one. */
export async function startExample(t, name, servers = [], options = {}) {
  const cwd = copyExample(t, name);
  return { cwd, app: await startApplication(t, cwd, servers, options) };
}
