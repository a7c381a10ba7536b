/**
 * Components that are loaded when they are first shown, and what is shown until they are there.
 */
import { createContext, inject, provide, scoped } from "./context.js";
import { untrack } from "./scopes.js";
import { createComputed, createSignal } from "./signals.js";

/** Counts what is still loading beneath a Suspense. */
const suspense = createContext(null);

const shown = (fallback) => (typeof fallback === "function" ? fallback() : fallback);

/** The component of a module: its default, its Page, or the only one that it has. */
function componentOf(module) {
  if (typeof module === "function") return module;
  const component = module.default ?? module.Page ?? Object.values(module).find((value) => typeof value === "function");
  if (typeof component !== "function") throw new Error("the module has no component");
  return component;
}

/**
 * @param {() => Promise<any>} load `fn() import("./chart.js")`
 * @returns {Function} a component; its prop `fallback` is shown while it is loaded
 */
export function lazy(load) {
  let component = null;
  let loading = null; // one promise for all places that show it
  const Lazy = (props = {}) => {
    if (component !== null) return component(props);
    const [state, setState] = createSignal(null);
    const wait = inject(suspense)();
    wait?.(1);
    Lazy.load().then(() => setState({ component }), (error) => setState({ error })).finally(() => wait?.(-1));
    return () => {
      const now = state();
      if (now === null) return shown(props.fallback);
      if (now.component === undefined) throw now.error;
      return untrack(() => now.component(props));
    };
  };
  Lazy.load = () => {
    loading ??= Promise.resolve(load()).then((module) => (component = componentOf(module)));
    loading.catch(() => { loading = null; }); // another try loads again
    return loading;
  };
  return Lazy;
}

/**
 * Shows its fallback until everything lazy beneath it is there.
 * @param {{ fallback?: any, children?: () => any }} props
 */
export const Suspense = (props) => scoped(() => {
  const [pending, setPending] = createSignal(0);
  let count = 0;
  const wait = (change) => {
    count += change;
    setPending(count);
  };
  provide(suspense, () => wait);
  const content = untrack(() => props.children?.());
  const isPending = createComputed(() => pending() > 0);
  return () => (isPending() ? shown(props.fallback) : content);
});
