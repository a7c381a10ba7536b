// The test cases of a suite: a suite is a module that calls test() for each behaviour it shows,
// with a name that says the behaviour. This module only collects and runs them; what is asserted
// is node:assert's business, and how results are shown is the runner's (run.mjs).
import { patience } from "./program.mjs";

/** @typedef {{ name: string, body: (t: Context) => unknown, timeout: number }} TestCase */
/** @typedef {{ name: string, outcome: "passed"|"failed"|"skipped", ms: number, text: string }} Result */

/** @type {TestCase[]} */
const cases = [];
/** @type {(() => unknown)[]} */
const suiteCleanups = [];

class Skipped extends Error {}

/** What a test body receives. */
class Context {
  /** @type {(() => unknown)[]} */
  cleanups = [];

  /** Runs `cleanup` when the test is over; the last one given runs first. */
  after(cleanup) {
    this.cleanups.push(cleanup);
  }

  /** Ends the test as skipped, for a reason that a reader of the report can act on. */
  skip(reason) {
    throw new Skipped(reason);
  }
}

/**
 * Declares a test. Names are unique within a suite.
 * @param {string} name the behaviour, as a sentence
 * @param {(t: Context) => unknown} body fails by throwing
 * @param {{ timeout?: number }} [options] milliseconds of a plain build, two minutes unless told
 */
export function test(name, body, { timeout = 120_000 } = {}) {
  if (cases.some((other) => other.name === name)) {
    throw new Error(`two tests are named "${name}"`);
  }
  cases.push({ name, body, timeout: timeout * patience });
}

/**
 * Something costly that several tests of the suite use: made at its first use, and undone when the
 * suite is over. `make` gets an object with `after`, as a test does. A failure to make it fails each
 * test that uses it.
 * @template T
 * @param {(t: { after(cleanup: () => unknown): void }) => Promise<T>} make
 * @returns {() => Promise<T>}
 */
export function shared(make) {
  let made;
  return () => (made ??= make({ after: (cleanup) => suiteCleanups.push(cleanup) }));
}

export function testNames() {
  return cases.map(({ name }) => name);
}

/**
 * Runs the declared tests one after the other.
 * @param {(result: Result) => void} report
 */
export async function runTests(report) {
  for (const testCase of cases) {
    report(await runTest(testCase));
  }
  const failure = await cleanUp(suiteCleanups);
  if (failure) {
    report({ name: "clean up of the suite", outcome: "failed", ms: 0, text: failure });
  }
}

/** @returns {Promise<Result>} */
async function runTest({ name, body, timeout }) {
  const context = new Context();
  const started = performance.now();
  let outcome = "passed";
  let text = "";
  try {
    await within(timeout, body(context));
  } catch (error) {
    outcome = error instanceof Skipped ? "skipped" : "failed";
    text = error instanceof Skipped ? error.message : describe(error);
  }
  const failure = await cleanUp(context.cleanups);
  if (failure && outcome !== "failed") {
    outcome = "failed";
    text = failure;
  }
  return { name, outcome, ms: performance.now() - started, text };
}

/** Runs clean-ups, the last first, all of them; the text of what went wrong or undefined. */
async function cleanUp(cleanups) {
  let failure;
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await within(60_000 * patience, cleanup());
    } catch (error) {
      failure ??= `while cleaning up: ${describe(error)}`;
    }
  }
  return failure;
}

async function within(timeout, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${timeout / 1000} s`)), timeout);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function describe(error) {
  if (!(error instanceof Error)) {
    return String(error);
  }
  // Of the stack, only the lines of the tests help.
  const places = (error.stack ?? "").split("\n").filter((line) => /tests\/.*\.mjs/.test(line));
  return [error.message, ...places.filter((line) => !line.includes("harness/test.mjs"))].join("\n");
}
