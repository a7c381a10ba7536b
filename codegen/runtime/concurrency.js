/**
 * `concurrent { a = spawn f() }` and `select { … }`. A task gives a Result: Ok of what its function gives, Err of what it
 * throws. JavaScript has no way to stop a function from outside: a task that is cancelled runs on, but nobody waits
 * for it, and its result is an Err.
 */
import { Err, Ok } from "./result.js";

/** Starts a task at once. @param {() => any} task @returns {Promise<any>} its Result, never a rejection */
export async function spawn(task) {
  try {
    return Ok(await task());
  } catch (error) {
    return Err(error);
  }
}

const start = (task) => (typeof task === "function" ? spawn(task) : task);
const pause = (ms) => {
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { over, clear: () => clearTimeout(timer) };
};

/** Did a task throw, or give an Err itself? */
const failed = (result) => result.isErr() || result.value?.__tag === "Err";

/** What the tasks have given when `end` comes, or an Err of `reason`. */
async function resultsUntil(running, end, reason) {
  const results = running.map(() => Err(new Error(reason)));
  const all = running.map(async (task, at) => {
    results[at] = await task;
  });
  await Promise.race([Promise.all(all), end]);
  return [...results];
}

/** The first Ok for every name; the first Err when there is none. */
async function first(running) {
  const good = running.map(async (task) => {
    const result = await task;
    if (failed(result)) throw result;
    return result;
  });
  const winner = await Promise.any(good).catch((error) => error.errors[0] ?? Err(new Error("no tasks")));
  return running.map(() => winner);
}

function cancelOnError(running) {
  const failure = Promise.race(
    running.map((task) => new Promise((resolve) => {
      task.then((result) => failed(result) && resolve());
    })),
  );
  return resultsUntil(running, failure, "cancelled");
}

async function within(running, ms) {
  const deadline = pause(ms);
  const results = await resultsUntil(running, deadline.over, `timed out after ${ms} ms`);
  deadline.clear();
  return results;
}

/**
 * Runs tasks side by side.
 * @param {((() => any) | Promise<any>)[]} tasks functions, and tasks that are started already
 * @param {{ first?: boolean, cancelOnError?: boolean, timeout?: number }} [options]
 * @returns {Promise<any[]>} a Result for each
 */
export async function concurrent(tasks, options = {}) {
  const running = tasks.map(start);
  if (options.first) return first(running);
  if (options.cancelOnError) return cancelOnError(running);
  if (options.timeout !== undefined) return within(running, options.timeout);
  return Promise.all(running);
}

/* ---- select */

/** What a case gives now; undefined when it is not ready. */
function attempt(choice, index) {
  if ("receive" in choice) {
    const value = choice.receive.tryReceive();
    if (value.isSome()) return { index, value: value.unwrap() };
    return choice.receive.closed ? { index, value: null } : undefined;
  }
  return "send" in choice && choice.send.trySend(choice.value) ? { index } : undefined;
}

const firstReady = (choices) => {
  for (const [index, choice] of choices.entries()) {
    const ready = attempt(choice, index);
    if (ready !== undefined) return ready;
  }
  return undefined;
};

/**
 * Waits for the first of several cases: `{ receive: channel }`, `{ send: channel, value }`, `{ timeout: ms }`,
 * `{ otherwise: true }` where nothing else is ready at once.
 * @returns {Promise<{ index: number, value?: any }>} which it was, and what it received
 */
export async function select(choices) {
  const ready = firstReady(choices);
  if (ready !== undefined) return ready;
  const otherwise = choices.findIndex((choice) => choice.otherwise);
  if (otherwise >= 0) return { index: otherwise };
  const endings = [];
  try {
    return await new Promise((resolve) => {
      const look = () => {
        const found = firstReady(choices);
        if (found === undefined) return;
        endings.splice(0).forEach((end) => end());
        resolve(found);
      };
      for (const [index, choice] of choices.entries()) {
        if ("timeout" in choice) {
          const timer = setTimeout(() => resolve({ index }), choice.timeout);
          endings.push(() => clearTimeout(timer));
        } else endings.push((choice.receive ?? choice.send).watch(look));
      }
    });
  } finally {
    endings.forEach((end) => end());
  }
}
