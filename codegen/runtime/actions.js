/**
 * Actions of elements: `use:tooltip={text}` runs a function with the element, tells it of changes,
 * and ends it with what the element belongs to.
 */
import { onCleanup, untrack } from "./scopes.js";
import { createEffect } from "./signals.js";

/**
 * @param {(element: Element, value?: any) => any} fn may give `{ update(value), destroy() }`
 * @param {() => any} [read] the value; read again when it changes
 * @returns {(element: Element) => void} to be called with the element
 */
export const action = (fn, read) => (element) => {
  const given = untrack(() => fn(element, read?.()));
  if (typeof given?.destroy === "function") onCleanup(() => given.destroy());
  if (read === undefined || typeof given?.update !== "function") return;
  let changed = false;
  createEffect(() => {
    const value = read();
    if (changed) untrack(() => given.update(value));
    changed = true;
  });
};
