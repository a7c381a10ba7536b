/**
 * What the browser output imports: signals and the elements that show them. The one place that
 * emitted code names; signals.js can be used without a document, dom.js needs one.
 */
export {
  batch, createComputed, createEffect, createRoot, createSignal, onCleanup, onMount, untrack,
} from "./signals.js";
export { fragment, keyed, mount, tova_el } from "./dom.js";
export { on } from "./dom_events.js";
