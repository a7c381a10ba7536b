// Runs programs by hand: `node tests/run/by_hand.mjs [PATH...]`, each PATH a program or a folder of
// some, else the whole corpus. One line for each program, what is wrong below it, and a count.
import { dirname, resolve } from "node:path";
import { findPrograms, judge } from "./programs.mjs";

const here = dirname(new URL(import.meta.url).pathname);
const paths = process.argv.length > 2 ? process.argv.slice(2).map((path) => resolve(path)) : [here];
const programs = paths.flatMap(findPrograms);
const verdicts = await judge(programs);

let failed = 0;
for (const [id, wrong] of verdicts) {
  console.log(`${wrong === undefined ? "ok" : "not ok"} - ${id}`);
  if (wrong !== undefined) {
    failed++;
    console.log(wrong.replace(/^/gm, "    "));
  }
}
console.log(`\n${verdicts.size - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
