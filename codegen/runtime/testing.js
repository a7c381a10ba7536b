/**
 * Builtin functions for tests: expected errors, spies, properties of random values. Running tests is
 * not done here, and comparing with stored values is in snapshots.js.
 */
import { to_string, equals } from "./values.js";
import { messageOf } from "./outcomes.js";

/**
 * @param {() => any} f
 * @param {string | RegExp} [expected] a part of the message, or what it matches
 * @returns {unknown} what f threw
 */
export function assertThrows(f, expected) {
  const thrown = caught(f);
  if (thrown === null) throw new Error("expected an error, and none was thrown");
  const message = messageOf(thrown.error);
  const fits = expected instanceof RegExp ? expected.test(message) : expected == null || message.includes(expected);
  if (!fits) throw new Error(`expected an error with ${to_string(expected)}, got: ${message}`);
  return thrown.error;
}

function caught(f) {
  try {
    f();
    return null;
  } catch (error) {
    return { error };
  }
}

/** @param {Function} [f] what each call is passed to */
export function createSpy(f) {
  const spy = (...values) => {
    spy.calls.push(values);
    return f === undefined || f === null ? null : f(...values);
  };
  spy.calls = [];
  Object.defineProperty(spy, "called", { get: () => spy.calls.length > 0 });
  for (const name of ["call_count", "callCount"]) Object.defineProperty(spy, name, { get: () => spy.calls.length });
  spy.called_with = (...values) => spy.calls.some((call) => equals(call, values));
  spy.calledWith = spy.called_with;
  spy.reset = () => {
    spy.calls = [];
  };
  return spy;
}

export const createMock = (value) => createSpy(() => value);

const below = (n) => Math.floor(Math.random() * n);

/** A maker is a function that gives a random value. */
export const Gen = Object.freeze({
  int: (low = -1000, high = 1000) => () => low + below(high - low + 1),
  float: () => () => (Math.random() - 0.5) * 2000,
  bool: () => () => Math.random() < 0.5,
  string: (length = 20) => () => Array.from({ length: below(length + 1) }, () => String.fromCharCode(32 + below(95))).join(""),
  array: (items, length = 20) => () => Array.from({ length: below(length + 1) }, () => items()),
  oneOf: (choices) => () => choices[below(choices.length)],
});

/**
 * @param {(() => any)[]} makers one for each parameter of property
 * @param {(...values: any[]) => any} property fails by throwing, or by answering false
 * @param {{ runs?: number }} [options]
 */
export function forAll(makers, property, { runs = 100 } = {}) {
  for (let run = 0; run < runs; run++) {
    const values = makers.map((make) => make());
    const thrown = caught(() => {
      if (property(...values) === false) throw new Error("the property does not hold");
    });
    if (thrown === null) continue;
    const shown = values.map(to_string).join(", ");
    throw new Error(`forAll: run ${run + 1} failed for (${shown}): ${messageOf(thrown.error)}`, { cause: thrown.error });
  }
}

export { assertThrows as assert_throws, createMock as create_mock, createSpy as create_spy };
