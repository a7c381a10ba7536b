/**
 * The cases of `test` blocks as tests of Bun. A case that fails shows the message, the line of the source and the calls, as
 * any uncaught error does; Bun itself would show the runtime's or the output's own text. Loaded by `bun test` alone.
 */
import { afterEach, beforeEach, describe, test } from "bun:test";
import { describeError } from "./traces.js";

/** The error with its places as its text, and without a stack that Bun would show in its own way. */
function toldError(error) {
  const name = error instanceof Error ? error.name : "uncaught";
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const told = new Error(describeError(error, { colour: false }).slice(`${name}: `.length));
  Error.stackTraceLimit = limit;
  told.name = name;
  return told;
}

/** @param {() => unknown} body */
const told = (body) => async () => {
  try {
    await body();
  } catch (error) {
    throw toldError(error);
  }
};

/** @param {string} name @param {() => unknown} body @param {number} [timeout] milliseconds */
export const testCase = (name, body, timeout) => test(name, told(body), timeout);
export const caseGroup = (name, body) => describe(name, body);
export const beforeEachCase = (body) => beforeEach(told(body));
export const afterEachCase = (body) => afterEach(told(body));
