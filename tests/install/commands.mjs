// The commands of the program and their options, as `tova help` shows them: what the manual page and the completions are
// compared with.
import { execFileSync } from "node:child_process";
import { tova } from "../harness/program.mjs";

const help = (...words) => execFileSync(tova, ["help", ...words], { encoding: "utf8" });

/** @typedef {{ name: string, usage: string, options: string[] }} Command */

/** @returns {Command[]} options sorted, without --help, which all have */
export function commands() {
  return [...help().matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => {
    const text = help(name);
    const usage = /^usage: (.*)$/m.exec(text)[1];
    const described = [...text.matchAll(/^ {2}(--?[a-z][a-z-]*)/gm)].map(([, option]) => option);
    return { name, usage, options: optionsOf(usage, described) };
  });
}

/** The options that a text names, and others; sorted, each once. */
export function optionsOf(text, others = []) {
  const named = [...text.matchAll(/(?<![\w-])--?[a-z][a-z-]*/g)].map(([option]) => option);
  return [...new Set([...named, ...others])].sort();
}
