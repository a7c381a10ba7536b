/**
 * The cases of `bench` blocks: collects them while the modules load, then runs one after the other and prints the time of a
 * run. How the modules are loaded is bench_main.js.
 */
const WARM_MILLISECONDS = 50;
const MEASURED_MILLISECONDS = 300;
const LEAST_RUNS = 5;

/** @type {{ name: string, body: () => unknown, hooks: Hooks }[]} */
const cases = [];

/** @typedef {{ name: string, before: (() => unknown)[], after: (() => unknown)[] }} Hooks */
/** @type {Hooks} */
let group = { name: "", before: [], after: [] };

const nested = (name) => (group.name === "" ? name : `${group.name} > ${name}`);

export function benchCase(name, body) {
  cases.push({ name: nested(name), body, hooks: group });
}

export async function caseGroup(name, body) {
  const outer = group;
  group = { name: nested(name), before: [...outer.before], after: [...outer.after] };
  const done = body();
  group = outer;
  await done;
}

export const beforeEachCase = (body) => void group.before.push(body);
export const afterEachCase = (body) => void group.after.push(body);

async function runFor(milliseconds, body, times) {
  const start = performance.now();
  do {
    const before = performance.now();
    await body();
    times.push(performance.now() - before);
  } while (performance.now() - start < milliseconds || times.length < LEAST_RUNS);
}

const UNITS = [["s", 1000], ["ms", 1], ["µs", 1e-3], ["ns", 1e-6]];

/** @param {number} milliseconds @returns {string} with three digits and a unit */
export function shownTime(milliseconds) {
  const [unit, size] = UNITS.find(([, least]) => milliseconds >= least) ?? UNITS.at(-1);
  return `${(milliseconds / size).toPrecision(3)} ${unit}`;
}

/**
 * Runs the cases whose name holds `filter`.
 * @returns {Promise<number>} how many
 */
export async function runBenches(filter = "") {
  const wanted = cases.filter(({ name }) => name.includes(filter));
  const width = Math.max(0, ...wanted.map(({ name }) => name.length));
  for (const { name, body, hooks } of wanted) {
    for (const hook of hooks.before) await hook();
    await runFor(WARM_MILLISECONDS, body, []);
    const times = [];
    await runFor(MEASURED_MILLISECONDS, body, times);
    for (const hook of hooks.after) await hook();
    times.sort((a, b) => a - b);
    const middle = shownTime(times[times.length >> 1]).padStart(10);
    console.log(`${name.padEnd(width)}  ${middle} a run  (fastest ${shownTime(times[0])}, ${times.length} runs)`);
  }
  return wanted.length;
}
