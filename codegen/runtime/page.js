/**
 * The page of a browser block: one small document, and exactly the modules that it was built with.
 * There is no directory to serve from, so no path leads anywhere else; nothing comes from third
 * parties.
 */
import { join } from "node:path";
import { built } from "./page_built.js";

const NOSNIFF = { "X-Content-Type-Options": "nosniff" };

/**
 * @typedef {object} PageOptions
 * @property {string} title
 * @property {string} script the module to start
 * @property {string[]} modules files that the page may load, beneath the root
 * @property {Record<string, number>} [servers] every server's port
 * @property {boolean} [routes] its router knows paths below its own
 */

/**
 * @param {PageOptions} options
 * @param {Record<string, number>} ports as they are in effect
 * @param {string} extra markup for the end of the body
 * @returns {string}
 */
export function pageDocument({ title, script }, ports, extra = "") {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeText(title)}</title>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="tova-servers">${scriptJSON(ports)}</script>
<script type="module" src="/${escapeText(encodeURI(built?.scripts[script] ?? script))}"></script>
${extra}</body>
</html>
`;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escapeText = (text) => String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** JSON that cannot end the script element that it stands in. */
const scriptJSON = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

/**
 * @param {string} html
 * @param {string} [token] that the page is to send with each call; such a page is nobody else's
 */
export function pageResponse(html, token) {
  const meta = token === undefined ? "" : `<meta name="csrf-token" content="${escapeText(token)}">\n`;
  return new Response(meta === "" ? html : html.replace("</head>", () => `${meta}</head>`), {
    headers: { "Content-Type": "text/html;charset=utf-8", "Cache-Control": meta === "" ? "no-cache" : "no-store", ...NOSNIFF },
  });
}

/**
 * The page whose router may know a path that nothing else answers. Only who wants to see a page is
 * given one: for all others the path is unknown.
 * @param {{ path: string, page: PageOptions }[]} pages
 * @param {{ path: string, method: string, raw: Request }} req
 * @returns {string | null} the page's own path
 */
export function pageOfRoute(pages, req) {
  const wanted = (req.method === "GET" || req.method === "HEAD") && (req.raw.headers.get("accept") ?? "").includes("text/html");
  const around = pages.filter(({ path, page }) => page.routes === true && (path === "/" || req.path.startsWith(`${path}/`)));
  if (!wanted || around.length === 0) return null;
  return around.reduce((longest, { path }) => (path.length > longest.length ? path : longest), around[0].path);
}

const TYPES = { __proto__: null, js: "text/javascript;charset=utf-8", map: "application/json;charset=utf-8", css: "text/css;charset=utf-8" };

/**
 * @param {string[]} modules
 * @param {boolean} maps whether source maps belong to them
 * @returns {Map<string, string>} from a path of a request to the file beneath the root
 * @throws {Error} for a module that must not leave the server
 */
export function modulePaths(modules, maps) {
  const paths = new Map();
  if (built !== null) return new Map(built.files.map((name) => [`/${encodeURI(name)}`, name]));
  for (const name of modules) {
    if (/\.server\.|(^|\/)\.\.?(\/|$)|^\//.test(name)) throw new Error(`a page must not load ${name}`);
    paths.set(`/${encodeURI(name)}`, name);
    if (maps) paths.set(`/${encodeURI(name)}.map`, `${name}.map`);
  }
  return paths;
}

const typeOf = (name) => TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";

/**
 * @param {string} root
 * @param {string} name a value of modulePaths
 * @param {Request} raw
 * @returns {Promise<Response | null>} null where there is no such file
 */
export function moduleResponse(root, name, raw) {
  const path = join(root, name);
  return built === null ? moduleOf(path, raw) : builtModule(path, raw);
}

async function moduleOf(path, raw) {
  const file = Bun.file(path);
  if (!(await file.exists())) return null;
  const tag = `"${file.size.toString(36)}-${Math.trunc(file.lastModified).toString(36)}"`;
  const headers = { ETag: tag, "Cache-Control": "no-cache", ...NOSNIFF };
  if (raw.headers.get("if-none-match") === tag) return new Response(null, { status: 304, headers });
  headers["Content-Type"] = typeOf(path);
  return new Response(file, { headers });
}

/** The compressed copies of a file, the smallest first. */
const COPIES = ["br", "gzip"].map((encoding) => ({
  encoding,
  suffix: encoding === "gzip" ? ".gz" : ".br",
  accepted: new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`),
}));

/** What is named after its content never changes. */
async function builtModule(path, raw) {
  const headers = { "Cache-Control": "public, max-age=31536000, immutable", Vary: "Accept-Encoding", "Content-Type": typeOf(path), ...NOSNIFF };
  const wanted = raw.headers.get("accept-encoding") ?? "";
  for (const { encoding, suffix, accepted } of COPIES) {
    const copy = Bun.file(path + suffix);
    if (accepted.test(wanted) && (await copy.exists())) {
      return new Response(copy, { headers: { ...headers, "Content-Encoding": encoding } });
    }
  }
  const file = Bun.file(path);
  return (await file.exists()) ? new Response(file, { headers }) : null;
}
