/**
 * What `tova bench` starts: loads the modules that its arguments name, then runs their cases; the first argument
 * chooses by name.
 */
import { runBenches } from "./bench_cases.js";

const [filter, ...modules] = process.argv.slice(2);
for (const module of modules) await import(module);
if ((await runBenches(filter)) === 0) {
  console.error("tova: no `bench` block has a name with this in it.");
  process.exit(1);
}
process.exit(0);
