/**
 * What a component does when something of its own has changed or is about to, beside its effects.
 */
import { onCleanup, untrack } from "./scopes.js";
import { createComputed, createEffect } from "./signals.js";

/** @param {() => any} fn called when the component goes */
export const onUnmount = (fn) => onCleanup(fn);

/**
 * @template T
 * @param {() => T} read its reads are followed
 * @param {(value: T, before: T | undefined) => any} callback called when the value has changed
 * @param {{ immediate?: boolean }} [options] immediate: with the first value too
 * @returns {() => void} ends it
 */
export function watch(read, callback, { immediate = false } = {}) {
  const value = createComputed(read);
  let before;
  let first = true;
  return createEffect(() => {
    const current = value();
    const last = before;
    const skip = first && !immediate;
    before = current;
    first = false;
    return skip ? undefined : untrack(() => callback(current, last));
  });
}
