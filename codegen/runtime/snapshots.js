/**
 * assertSnapshot: compares a value with what an earlier run stored, in a file beside the program.
 * With TOVA_UPDATE_SNAPSHOTS=1 in the environment the stored value is replaced.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { to_string } from "./values.js";

const FOLDER = "__snapshots__";

/** How many snapshots without a name each program has made. */
const unnamed = { count: 0 };

function fileOf(name) {
  const program = process.argv[1] ?? join(process.cwd(), "program");
  return join(dirname(program), FOLDER, `${name.replace(/[^\w.-]+/g, "_")}.snap`);
}

function stored(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

const textOf = (value) => (typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? to_string(value)));

/** @param {any} value @param {string} [name] of the file; numbers in the order of the calls unless given */
export function assertSnapshot(value, name) {
  const file = fileOf(name ?? `snapshot_${++unnamed.count}`);
  const text = `${textOf(value)}\n`;
  const expected = process.env.TOVA_UPDATE_SNAPSHOTS === "1" ? null : stored(file);
  if (expected === null) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (expected !== text) {
    throw new Error(`${file} has another value.\nstored: ${expected.trimEnd()}\ngot: ${text.trimEnd()}`);
  }
}

export { assertSnapshot as assert_snapshot };
