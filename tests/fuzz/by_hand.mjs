// Judges generated programs for as long as one likes: `node tests/fuzz/by_hand.mjs SECONDS [SEED]`. Prints each program whose
// JavaScript does not parse, with what is emitted of it, and at the end how many there were.
import { judge } from "./judge.mjs";

const [seconds = "60", seed = "2"] = process.argv.slice(2);
const { programs, faultless, modules, faults } = await judge({ seconds: Number(seconds), seed: Number(seed) });
for (const { program, name, code, message } of faults) {
  console.log(`==== ${name}: ${message}\n${program}\n---- ${name}\n${code}`);
}
console.log(`${programs} programs, ${faultless} without errors, ${modules} modules, ${faults.length} that do not parse`);
process.exitCode = faults.length > 0 ? 1 : 0;
