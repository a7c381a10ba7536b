/**
 * Builtin functions around Result: what remains of a list of them, and how a thrown error becomes
 * one. The type itself is in result.js.
 */
import { Err, Ok } from "./result.js";
import { toArray } from "./lists.js";

/** @param {Iterable<any>} results @returns {any[]} the values of the Ok ones */
export function filterOk(results) {
  return toArray(results, "filterOk").filter((result) => result?.__tag === "Ok").map((result) => result.value);
}

/** @param {Iterable<any>} results @returns {any[]} the reasons of the Err ones */
export function filterErr(results) {
  return toArray(results, "filterErr").filter((result) => result?.__tag === "Err").map((result) => result.error);
}

/** @param {unknown} error whatever was thrown @returns {string} */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @template T @param {() => T} f */
export function tryFn(f) {
  try {
    return Ok(f());
  } catch (error) {
    return Err(messageOf(error));
  }
}

/** @template T @param {() => T | Promise<T>} f */
export async function tryAsync(f) {
  try {
    return Ok(await f());
  } catch (error) {
    return Err(messageOf(error));
  }
}

export { filterErr as filter_err, filterOk as filter_ok, tryAsync as try_async, tryFn as try_fn };
