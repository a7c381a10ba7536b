// The tracked files of the repository (and those about to be added), for the lint tests.
import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/program.mjs";

const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});

/** Paths relative to the repository, sorted. */
export const files = listed
  .split("\0")
  .filter((path) => path !== "" && lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile())
  .sort();

/** What tree-sitter wrote: no rule of ours about text holds for it. */
export function isGenerated(path) {
  return /^parser\/grammar\/src\/(parser\.c|grammar\.json|node-types\.json|tree_sitter\/)/.test(path);
}

export function isC(path) {
  return /\.[ch]$/.test(path) && !isGenerated(path);
}

export function read(path) {
  return readFileSync(join(root, path), "utf8");
}

/** @returns {{ line: number, text: string }[]} the lines of a file, numbered from 1 */
export function linesOf(path) {
  return read(path).split("\n").map((text, index) => ({ line: index + 1, text }));
}

/** Fails with the list of what breaks a rule. */
export function expectNone(broken) {
  if (broken.length > 0) {
    throw new Error(broken.join("\n"));
  }
}
