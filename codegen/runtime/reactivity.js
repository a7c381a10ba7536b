/**
 * What every browser output imports: signals and the elements that show them. What fewer pages need
 * is imported from its own file. signals.js can be used without a document, dom.js needs one.
 */
export { createRoot, onCleanup, onMount, untrack } from "./scopes.js";
export { batch, createComputed, createEffect, createSignal } from "./signals.js";
export { fragment, mount, tova_el } from "./dom.js";
export { on } from "./dom_events.js";
