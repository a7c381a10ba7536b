/**
 * Values for all components beneath one, without handing them from each to the next.
 */
import { Scope, getOwner } from "./scopes.js";

/**
 * @param {any} [value] what is found where nobody provides another
 * @returns {{ id: symbol, read: () => any }}
 */
export const createContext = (value = null) => ({ id: Symbol("context"), read: () => value });

/** Gives the components made from here on, within the present one, what `read` gives. */
export function provide(context, read) {
  const owner = getOwner();
  if (owner === null) throw new Error("provide belongs into a component");
  owner.context = { __proto__: owner.context, [context.id]: read };
}

/** @returns {() => any} reads the value of the nearest component around that provides one */
export function inject(context) {
  const found = getOwner()?.context ?? null;
  return found !== null && context.id in found ? found[context.id] : context.read;
}

/** Runs the body of a component that provides something: what stands beside it sees nothing of that. */
export const scoped = (fn) => new Scope().run(fn);
