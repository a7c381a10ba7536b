// A scene is one state of the world in which several rows are measured: who takes part (our server, perhaps another one)
// is started once, and they take turns, so that a busy machine is equally busy for each.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processorTime } from "./clock.mjs";
import { Result } from "./figures.mjs";
import { NoAnswer, Server } from "./server.mjs";

const METHOD_NOT_FOUND = -32601;

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Who takes part: its name, its command, and its result in each row. */
export class Contender {
  /** @type {Map<string, Result>} */
  results = new Map();

  constructor(name, command) {
    this.name = name;
    this.command = command;
  }

  result(row) {
    if (!this.results.has(row.name)) this.results.set(row.name, new Result());
    return this.results.get(row.name);
  }

  serve(folder) {
    return new Server(this.command, folder);
  }
}

/** Where files are in memory, when this machine has such a place: what is measured is the program, and not its disk. */
const memoryFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Runs with a new folder, which goes afterwards. */
export async function inFolder(act, place = memoryFolder) {
  const path = mkdtempSync(join(place, "tova-bench-"));
  try {
    return await act(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Does something once and adds how long it took.
 * @param {() => Promise<{ at: number, right: boolean }>} act says when the answer was there, and whether it is right
 */
export async function sample(server, result, act) {
  globalThis.gc?.({ type: "minor" }); // or this program would collect its garbage while the answer is there to be read
  const before = processorTime(server.pid).ran;
  const start = performance.now();
  const { at, right } = await act();
  result.wall.push(at - start);
  await pause(1); // what the server does after its answer is done by then, and counted
  result.processor.push(processorTime(server.pid).ran - before);
  if (!right) result.wrong++;
}

/** Measures a row as long as it can be measured: what has no answer is told and not asked again. */
export async function attempt(result, act) {
  if (result.absent) return;
  try {
    await act();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    result.absent = error.code === METHOD_NOT_FOUND ? "none" : "no answer";
    if (process.env.TOVA_BENCH_ERRORS) console.error(error.message);
  }
}
