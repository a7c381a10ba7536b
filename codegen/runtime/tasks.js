/**
 * Builtin functions over tasks: promises that run at the same time. What is no promise counts as a
 * task that has ended.
 */

/** @param {Iterable<any>} tasks @returns {Promise<any[]>} in the order of the tasks */
export const parallel = (tasks) => Promise.all(tasks);

export const race = (tasks) => Promise.race(tasks);

/** @param {Promise<any>} task @param {number} ms */
export function timeout(task, ms) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Timeout after ${ms} ms`)), ms);
  });
  return Promise.race([task, limit]).finally(() => clearTimeout(timer));
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @param {() => any} f
 * @param {{ times?: number, delay?: number, backoff?: number }} [options] delay in milliseconds
 * @throws what the last call threw
 */
export async function retry(f, { times = 3, delay = 100, backoff = 1 } = {}) {
  for (let attempt = 1, pause = delay; ; attempt++, pause *= backoff) {
    try {
      return await f();
    } catch (error) {
      if (attempt >= times) throw error;
      await wait(pause);
    }
  }
}

/**
 * All calls share this thread: what waits overlaps, what computes takes turns.
 * @param {Iterable<any>} items
 * @param {(item: any, index: number) => any} f
 * @param {number} [workers] how many calls may be under way; all of them unless given
 */
export async function parallelMap(items, f, workers) {
  const list = [...items];
  const results = new Array(list.length);
  let next = 0;
  const work = async () => {
    while (next < list.length) {
      const index = next++;
      results[index] = await f(list[index], index);
    }
  };
  const count = Math.max(1, Math.min(workers ?? list.length, list.length));
  await Promise.all(Array.from({ length: count }, work));
  return results;
}

export { parallelMap as parallel_map };
