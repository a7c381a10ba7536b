/**
 * `withLock`: functions that must not run at the same time, though requests do. One lock for a process;
 * who has it may ask for it again.
 */
import { AsyncLocalStorage } from "node:async_hooks";

const inside = new AsyncLocalStorage();
let last = Promise.resolve();

/** @param {() => any} f @returns {Promise<any>} its result, once those before it have come to their end */
export function withLock(f) {
  const holder = inside.getStore();
  if (holder?.holds === true) return Promise.resolve(f());
  const own = { holds: true };
  const run = last.then(() => inside.run(own, f)).finally(() => {
    own.holds = false;
  });
  last = run.catch(() => {});
  return run;
}
