/**
 * `background fn` and spawn_job: work that a request does not wait for, in this process. Jobs start in the
 * order in which they were spawned, some at a time; one that fails is logged and not tried again, because
 * only the program knows whether it may be. The end of the server waits a while for what is left.
 */
import { HttpError, logError } from "./http_errors.js";

const AT_A_TIME = 10;

/** More jobs than this that wait are a program that spawns faster than it works. */
const MAX_WAITING = 10_000;

const STOP_MILLISECONDS = 10_000;

const functions = new Map(); // by name
const waiting = [];
let running = 0;
let count = 0;
let onIdle = null;

/**
 * @param {Function} f a job, by its own name
 * @returns {import("./http_features.js").Feature}
 */
export function background(f) {
  functions.set(f.name, f);
  return { name: "background", stop: drain };
}

/**
 * @param {string | Function} job a `background fn`, or its name
 * @param {...any} values its arguments
 * @returns {number} the number of the job, as the log has it
 */
export function spawn_job(job, ...values) {
  const name = typeof job === "function" ? job.name : String(job);
  const f = functions.get(name);
  if (f === undefined) throw new Error(`there is no \`background fn ${name}\``);
  if (waiting.length >= MAX_WAITING) throw new HttpError(503, "Too many jobs are waiting");
  const id = ++count;
  waiting.push({ place: `job ${id} ${name}`, f, values });
  queueMicrotask(work);
  return id;
}

function work() {
  while (running < AT_A_TIME && waiting.length > 0) {
    running++;
    run(waiting.shift());
  }
}

async function run({ place, f, values }) {
  try {
    await f(...values);
  } catch (error) {
    logError(place, error);
  }
  running--;
  work();
  if (running === 0 && waiting.length === 0) onIdle?.();
}

/** Waits for the jobs that are left, and for those that they spawn. */
async function drain() {
  if (running === 0 && waiting.length === 0) return;
  const idle = new Promise((resolve) => {
    onIdle = resolve;
  });
  await Promise.race([idle, Bun.sleep(STOP_MILLISECONDS)]);
  const left = running + waiting.length;
  if (left > 0) console.error(`${left} jobs did not come to their end`);
  waiting.length = 0;
}
