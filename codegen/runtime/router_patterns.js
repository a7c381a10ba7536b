/**
 * The routes of a page as patterns of paths, the most specific one first.
 */

/** What a segment of a pattern counts: the exact one before the one that takes anything. */
function rank(segment) {
  if (segment === "*") return 0;
  if (segment.startsWith(":")) return segment.endsWith("?") ? 1 : 2;
  return 3;
}

function compare(left, right) {
  const count = Math.max(left.length, right.length);
  for (let i = 0; i < count; i++) {
    const difference = (i < right.length ? rank(right[i]) : -1) - (i < left.length ? rank(left[i]) : -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @param {string} pattern "/users/:id", "/posts/:id?", "/files/*" */
function matcher(pattern) {
  const names = [];
  const source = pattern.split("/").filter((segment) => segment !== "").map((segment) => {
    if (segment === "*") {
      names.push("*");
      return "/(.*)";
    }
    if (!segment.startsWith(":")) return `/${escaped(encodeURI(segment))}`;
    names.push(segment.slice(1).replace(/\?$/, ""));
    return segment.endsWith("?") ? "/([^/]+)?" : "/([^/]+)";
  }).join("");
  const closed = names.at(-1) === "*" || pattern.endsWith("?") ? "" : "/?";
  return { names, expression: new RegExp(`^${source}${closed}$`) };
}

const joined = (parent, path) => (path === "/" ? parent || "/" : `${parent === "/" ? "" : parent}${path.startsWith("/") ? path : `/${path}`}`);

/**
 * @param {Record<string, any>} routes components, or records of component, meta, redirect and children
 * @returns {{ pattern: string, chain: object[], meta: object, match: (path: string) => Record<string, string> | null }[]}
 */
export function compileRoutes(routes) {
  const result = [];
  const add = (path, given, parent, chain, meta) => {
    const route = typeof given === "function" ? { component: given } : given;
    const pattern = path === "*" && parent === "" ? "/*" : joined(parent, path);
    const own = { pattern, chain: [...chain, route], meta: { ...meta, ...route.meta } };
    const children = Object.entries(route.children ?? {});
    if (!children.some(([child]) => child === "/")) result.push({ ...own, ...matcher(pattern) });
    for (const [child, config] of children) add(child, config, pattern, own.chain, own.meta);
  };
  for (const [path, config] of Object.entries(routes)) if (path !== "404") add(path, config, "", [], {});
  const segments = (route) => route.pattern.split("/").filter((segment) => segment !== "");
  result.sort((a, b) => compare(segments(a), segments(b)));
  return result.map((route) => ({ ...route, match: (path) => parameters(route, path) }));
}

function parameters({ names, expression }, path) {
  const found = expression.exec(path);
  if (found === null) return null;
  const result = {};
  names.forEach((name, index) => {
    if (found[index + 1] !== undefined) result[name] = decoded(found[index + 1]);
  });
  return result;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The values of a query: a text for each name, a list where a name stands several times. @param {string} search */
export function parseQuery(search) {
  const result = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = Object.hasOwn(result, name) ? result[name] : undefined;
    const next = before === undefined ? value : [before, value].flat();
    Object.defineProperty(result, name, { value: next, enumerable: true, configurable: true, writable: true });
  }
  return result;
}
