/**
 * The router of a page: which components a URL shows, and how one gets from one to the next without
 * loading the page again. Patterns are in router_patterns.js, what components use in router_views.js.
 */
import { report, untrack } from "./scopes.js";
import { createSignal } from "./signals.js";
import { compileRoutes, parseQuery } from "./router_patterns.js";
import { scrolling } from "./router_scroll.js";

const MAX_REDIRECTS = 10; // within a second

const guards = new Set();
const afterwards = new Set();
const watchers = new Set();

/** @type {Router | null} */
let active = null;
const [present, setPresent] = createSignal(null);

/** Adds to a set of callbacks. @returns {() => void} takes it out again */
function register(set, callback) {
  set.add(callback);
  return () => set.delete(callback);
}

/** @param {(from: object, to: string) => any} callback false keeps the page where it is, a path leads elsewhere */
export const beforeNavigate = (callback) => register(guards, callback);
/** @param {(route: object) => any} callback */
export const afterNavigate = (callback) => register(afterwards, callback);
/** @param {(route: object | null) => any} callback nil where no route matches */
export const onRouteChange = (callback) => register(watchers, callback);

function call(callback, ...values) {
  try {
    return untrack(() => callback(...values));
  } catch (error) {
    report(error);
    return undefined;
  }
}

/** A path of this page and no other: no host, no scheme. @returns {string | null} */
function ownPath(path) {
  if (typeof path !== "string" || /^(\/\/|\\|[a-z][a-z0-9+.-]*:)/i.test(path.replace(/[\u0000-\u0020]/g, "")) || path.includes("\\")) {
    console.warn(`navigate: not a path of this page: ${String(path)}`);
    return null;
  }
  return path.startsWith("/") ? path : `/${path}`;
}

function withQuery(path, query) {
  if (query === undefined || query === null) return path;
  const [plain, hash] = path.split("#");
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  const text = new URLSearchParams(pairs).toString();
  return `${plain.split("?")[0]}${text === "" ? "" : `?${text}`}${hash === undefined ? "" : `#${hash}`}`;
}

class Router {
  constructor({ routes = {}, base = "", scroll = "auto", loading = null, error = null }) {
    this.base = base === "/" ? "" : base.replace(/\/$/, "");
    this.routes = compileRoutes(routes);
    this.notFound = routes["404"] ?? null;
    this.loadingView = loading;
    this.errorView = error;
    this.scroll = scrolling(scroll);
    [this.pendingViews, this.setPendingViews] = createSignal(0);
    this.index = history.state?.tovaIndex ?? 0;
    this.redirects = [];
    this.started = false;
    this.returning = false; // a guard has refused a step of the browser's, which is being taken back
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    window.addEventListener("popstate", () => this.step(), { signal });
    document.addEventListener("click", (event) => this.click(event), { signal });
    history.replaceState({ ...history.state, tovaIndex: this.index }, "");
    setPresent(this.routeAt(this.here()));
  }

  /** The path of the document's URL as routes see it, with query and hash. */
  here() {
    const { pathname, search, hash } = location;
    const inside = pathname === this.base || pathname.startsWith(`${this.base}/`);
    return `${inside ? pathname.slice(this.base.length) || "/" : pathname}${search}${hash}`;
  }

  /** @param {string} url a path with query and hash */
  routeAt(url) {
    const { pathname, search, hash } = new URL(url, "http://page");
    for (const route of this.routes) {
      const params = route.match(pathname);
      if (params !== null) return this.found(route, { pathname, search, hash, params });
    }
    const chain = this.notFound === null ? [] : [typeof this.notFound === "function" ? { component: this.notFound } : this.notFound];
    return { ...this.found({ pattern: null, chain, meta: {} }, { pathname, search, hash, params: {} }), matched: false };
  }

  found({ pattern, chain, meta }, { pathname, search, hash, params }) {
    return {
      path: pattern, pathname, hash, params, query: parseQuery(search), meta, chain, matched: true,
      component: chain.at(-1)?.component ?? null,
      url: `${pathname}${search}${hash}`,
    };
  }

  /** Where a path leads after guards and redirects; null when they refuse. */
  allowed(path) {
    let to = path;
    for (let tries = 0; tries <= MAX_REDIRECTS; tries++) {
      const answers = [...guards].map((guard) => call(guard, present(), to));
      if (answers.includes(false)) return null;
      const elsewhere = answers.find((answer) => typeof answer === "string" && answer !== to)
        ?? this.routeAt(to).chain.find((route) => route.redirect !== undefined)?.redirect;
      if (elsewhere === undefined) return to;
      to = ownPath(elsewhere);
      if (to === null) return null;
    }
    console.error(`navigate: ${path} leads from one redirect to the next`);
    return null;
  }

  /** The first time that routes are shown: guards hold for the URL that the page was opened with, too. */
  start() {
    if (this.started) return;
    this.started = true;
    const here = this.here();
    const to = untrack(() => this.allowed(here));
    if (to === null) setPresent({ ...this.routeAt(here), chain: [], component: null });
    else if (to !== here) this.show(to, true, {}, false);
    queueMicrotask(() => this.tell());
  }

  navigate(path, { replace = false, state = {}, query } = {}) {
    const wanted = ownPath(path);
    const to = wanted === null ? null : untrack(() => this.allowed(withQuery(wanted, query)));
    if (to === null) return;
    this.scroll.leave();
    this.show(to, replace, state, true);
    this.scroll.arrive(to, false);
  }

  show(to, replace, state, tell) {
    if (!replace) this.index++;
    history[replace ? "replaceState" : "pushState"]({ ...state, tovaIndex: this.index }, "", this.base + to);
    setPresent(this.routeAt(to));
    if (tell) this.tell();
  }

  /** Back and forward: the URL has changed already. */
  step() {
    const index = history.state?.tovaIndex ?? this.index;
    if (this.returning) {
      this.returning = false;
      return;
    }
    const here = this.here();
    const to = untrack(() => this.allowed(here));
    if (to === null && index !== this.index) {
      this.returning = true;
      history.go(this.index - index);
      return;
    }
    this.scroll.leave(present()?.url);
    this.index = index;
    if (to !== null && to !== here) this.show(to, true, {}, true);
    else {
      setPresent(this.routeAt(here));
      this.tell();
    }
    this.scroll.arrive(this.here(), true);
  }

  tell() {
    const route = untrack(present);
    for (const callback of afterwards) call(callback, route);
    for (const callback of watchers) call(callback, route.matched ? route : null);
  }

  /** A link of this page is followed here; everything else is left to the browser. */
  click(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
      || link === undefined || !link.hasAttribute("href") || link.hasAttribute("download")
      || (link.target !== "" && link.target !== "_self") || link.relList.contains("external")) return;
    const { origin, pathname, search, hash } = new URL(link.href);
    if (origin !== location.origin || !(pathname === this.base || pathname.startsWith(`${this.base}/`))) return;
    if (pathname === location.pathname && search === location.search && hash !== "") return; // a place of this page
    event.preventDefault();
    this.navigate(`${pathname.slice(this.base.length) || "/"}${search}${hash}`);
  }

  /** Of a component that is shown only to lead elsewhere. */
  redirect(to) {
    const time = performance.now();
    this.redirects = [...this.redirects.filter((one) => time - one < 1000), time];
    if (this.redirects.length > MAX_REDIRECTS) console.error(`Redirect: ${to} leads from one redirect to the next`);
    else this.navigate(to, { replace: true });
  }

  isActive(path, exact = false) {
    const pathname = present()?.pathname ?? "";
    return pathname === path || (!exact && path !== "/" && pathname.startsWith(`${path.replace(/\/$/, "")}/`));
  }

  route() { return present(); }
  path() { return present().path; }
  params() { return present().params; }
  query() { return present().query; }
  meta() { return present().meta; }
  loading() { return this.pendingViews() > 0; }
  back() { history.back(); }
  forward() { history.forward(); }

  destroy() {
    this.listeners.abort();
    this.scroll.end();
    if (active === this) active = null;
  }
}

/** @param {{ routes: Record<string, any>, base?: string, scroll?: "auto" | "none" | Function, loading?: Function, error?: Function }} config */
export function createRouter(config) {
  active?.destroy();
  active = new Router(config);
  return active;
}

export const defineRoutes = (routes) => createRouter({ routes });
/** The router of the page; one without routes where there is none. */
export const getRouter = () => active ?? createRouter({});
export const navigate = (path, options) => getRouter().navigate(path, options);

/** Ends the router, and forgets all guards and hooks. */
export function resetRouter() {
  active?.destroy();
  for (const set of [guards, afterwards, watchers]) set.clear();
}

export const getCurrentRoute = () => () => getRouter().route();
export const getPath = () => () => getRouter().path();
export const getParams = () => () => getRouter().params();
export const getQuery = () => () => getRouter().query();
export const getMeta = () => () => getRouter().meta();
