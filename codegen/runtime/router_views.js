/**
 * The components of the router: what a route shows, within it what its child shows, and links.
 */
import { createContext, inject, provide, scoped } from "./context.js";
import { tova_el } from "./dom.js";
import { otherProps } from "./props.js";
import { getRouter } from "./router.js";
import { untrack } from "./scopes.js";
import { createComputed, createSignal } from "./signals.js";

/** How many components of the present route are around. */
const depth = createContext(0);

/** What a component of a route is given: the parameters of the URL, read as they are at present. */
const parameters = (router) => new Proxy({}, {
  get: (_, name) => (typeof name === "string" ? router.params()[name] : undefined),
  has: (_, name) => name in router.params(),
});

/** A component that has to be loaded first is shown when it is there. */
function view(router, component) {
  const props = parameters(router);
  if (component.load === undefined) return component(props);
  const [state, setState] = createSignal(null);
  const change = (by) => router.setPendingViews(untrack(router.pendingViews) + by);
  change(1);
  component.load().then((loaded) => setState({ loaded }), (error) => setState({ error })).finally(() => change(-1));
  return () => {
    const now = state();
    if (now === null) return router.loadingView === null ? null : untrack(() => router.loadingView({}));
    if (now.loaded !== undefined) return untrack(() => now.loaded(props));
    if (router.errorView === null) throw now.error;
    return untrack(() => router.errorView({ error: now.error }));
  };
}

function outlet(level) {
  const router = getRouter();
  const component = createComputed(() => router.route()?.chain[level]?.component ?? null);
  return () => {
    const shown = component();
    if (shown === null) return null;
    return scoped(() => {
      provide(depth, () => level + 1);
      return untrack(() => view(router, shown));
    });
  };
}

/** Shows what the URL asks for. */
export function Router() {
  getRouter().start();
  return outlet(0);
}

/** Shows what the URL asks for within a route that has children. */
export const Outlet = () => outlet(inject(depth)());

const plainPath = (href) => String(href).split(/[?#]/)[0];

/**
 * A link that does not load the page again.
 * @param {{ href: string, activeClass?: string, exactActiveClass?: string, class?: any, children?: () => any }} props
 */
export function Link(props) {
  const router = getRouter();
  const isExact = () => router.isActive(plainPath(props.href), true);
  const activeClass = () => {
    if (isExact() && props.exactActiveClass) return props.exactActiveClass;
    return router.isActive(plainPath(props.href)) ? props.activeClass : undefined;
  };
  const rest = otherProps(props, ["href", "activeClass", "exactActiveClass", "class", "children"]);
  const given = {};
  for (const key of Object.keys(rest)) given[key] = /^(on|use:|transition:|in:|out:|animate:|ref$)/.test(key) ? rest[key] : () => rest[key];
  return tova_el("a", {
    ...given,
    href: () => (String(props.href).startsWith("/") ? router.base : "") + props.href,
    class: () => [props.class, activeClass()],
    "aria-current": () => (isExact() ? "page" : null),
  }, () => props.children?.());
}

/** Leads elsewhere as soon as it is shown. @param {{ to: string }} props */
export function Redirect(props) {
  queueMicrotask(() => getRouter().redirect(untrack(() => props.to)));
  return null;
}
