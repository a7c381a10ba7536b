/**
 * The request as handlers and middleware see it. Everything is read when first asked for; a body
 * is read once, as a stream with a limit, and only an object counts as JSON.
 */
import { isSmall, partsOf, readSmall } from "./http_bodies.js";
import { HttpError } from "./http_errors.js";
import { isToken } from "./http_headers.js";
import { isFromOwnPage } from "./http_origin.js";
import { parseTagged, revive } from "./result.js";

const NONE = Object.freeze({ __proto__: null });

export class ServerRequest {
  #raw;
  #context;
  #path;
  #jsonOnly = false;
  #json;
  #lazy; // what else was asked for once

  /**
   * @param {Request} raw
   * @param {{ maxBody: number, server?: import("bun").Server, patience: number, idleSeconds: number }} context
   * @param {string} [path] where it is known already
   */
  constructor(raw, context, path) {
    this.#raw = raw;
    this.#context = context;
    this.#path = path;
    this.params = NONE;
    this.upgraded = false; // whether it has become a socket
  }

  /** Most requests are asked for nothing but their JSON. */
  #once() {
    return (this.#lazy ??= {});
  }

  /** Who asks, as far as the server's `auth` or `session` can tell; nil for anybody. Middleware may set it. */
  get user() {
    const once = this.#once();
    if (!("user" in once)) once.user = this.#context.identify?.(this);
    return once.user;
  }

  set user(user) {
    this.#once().user = user;
  }

  /** Does a browser say that a page of this server asks? @returns {boolean | undefined} nothing where it says nothing */
  fromOwnPage() {
    return isFromOwnPage(this.#raw.headers, this.#context.rules);
  }

  /** What middleware and features leave for those behind them. */
  get locals() {
    return (this.#once().locals ??= {});
  }

  /** The platform's own request. */
  get raw() {
    return this.#raw;
  }

  get method() {
    return this.#raw.method;
  }

  get url() {
    return this.#raw.url;
  }

  /** As in the URL, not decoded. */
  get path() {
    return (this.#path ??= pathOf(this.#raw.url));
  }

  /** Decoded; a name that occurs more than once has a list. */
  get query() {
    return (this.#once().query ??= parseQuery(this.#raw.url));
  }

  /** Both `headers["x-name"]` and `headers.get("X-Name")`. */
  get headers() {
    return (this.#once().headers ??= headersView(this.#raw.headers));
  }

  get cookies() {
    return (this.#once().cookies ??= parseCookies(this.#raw.headers.get("cookie")));
  }

  /** The address of who asks, "" where it is not known; what proxies say counts only where the server knows of them. */
  get ip() {
    const peer = this.#context.server?.requestIP(this.#raw)?.address ?? "";
    const { trustedProxies = 0 } = this.#context;
    return trustedProxies > 0 ? forwardedFor(this.#raw.headers.get("x-forwarded-for"), trustedProxies) ?? peer : peer;
  }

  /** Lets the answer take as long as it does. */
  keepOpen() {
    this.#context.server?.timeout(this.#raw, 0);
  }

  /** @returns {Promise<string>} @throws {HttpError} 413 over the limit, 408 where it does not come */
  text() {
    return (this.#once().text ??= readText(this.#raw, this.#context));
  }

  /** The body as it comes. @param {number} limit in bytes @returns {AsyncGenerator<Uint8Array>} @throws {HttpError} 413, 408 */
  parts(limit) {
    return partsOf(this.#raw, limit, this.#context);
  }

  /**
   * What the body says, once readBody() is done: of JSON the value, of a form its fields, else the text.
   * @throws {HttpError} 400 for JSON that is none
   */
  get body() {
    const once = this.#once();
    if (!("body" in once)) once.body = bodyValue(this.#raw.headers.get("content-type"), once.bodyText);
    return once.body;
  }

  set body(body) {
    this.#once().body = body;
  }

  /** Reads a body that is text, so that it is there without waiting. */
  async readBody() {
    const type = this.#raw.headers.get("content-type") ?? "";
    if (this.#raw.body !== null && TEXTS.test(type)) this.#once().bodyText = await this.text();
  }

  /** Says that nobody will ask for the body as text, so that it need not become one. */
  expectJSON() {
    this.#jsonOnly = true;
  }

  /** @returns {Promise<Record<string, any>>} {} for an empty body @throws {HttpError} 400, 408, 413 */
  json() {
    return (this.#json ??= this.#readJSON());
  }

  /** What json() gives from here on, where somebody has read the body as something else. */
  useBody(body) {
    this.#json = Promise.resolve(body);
  }

  /** Pages of other sites may send what is called a text or a form without asking; JSON they have to ask for (CORS). */
  #readJSON() {
    if (!this.#jsonOnly && !isJSON(this.#raw.headers.get("content-type")) && this.#raw.body !== null && this.fromOwnPage() === false) {
      return Promise.reject(new HttpError(415, "Unsupported media type: JSON of another site needs Content-Type: application/json"));
    }
    const length = Number(this.#raw.headers.get("content-length"));
    const direct = this.#jsonOnly && isSmall(length) && length <= this.#context.maxBody;
    return direct ? readSmall(this.#raw, "json", this.#context, REVIVED) : this.text().then(parseBody);
  }
}

const isJSON = (type) => /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type ?? "");

/** Types of bodies that are read before a handler asks for them; files and streams are not. */
const TEXTS = /^(application\/(json|x-www-form-urlencoded|[\w.-]+\+json)|text\/)/i;

function bodyValue(type, text) {
  if (text === undefined || text === "") return undefined;
  if (/^application\/x-www-form-urlencoded/i.test(type)) return parseQuery(`?${text}`);
  if (!/json/i.test(type)) return text;
  try {
    return parseTagged(text);
  } catch {
    return notJSON();
  }
}

/** Each proxy adds the address that it was asked from at the end; what stands before those of one's own is hearsay. */
function forwardedFor(header, proxies) {
  const addresses = (header ?? "").split(",").map((address) => address.trim()).filter((address) => address !== "");
  const address = addresses[Math.max(0, addresses.length - proxies)];
  return address !== undefined && /^[\da-fA-F.:]+$/.test(address) ? address : undefined;
}

/** Without a usable Host header there is no origin in front of the path. */
function pathOf(url) {
  const start = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  return mark < 0 ? url.slice(start) : url.slice(start, mark);
}

/** @param {string} text @returns {Record<string, any>} */
function parseBody(text) {
  if (text === "") return {};
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    notJSON();
  }
  return revivedBody(body);
}

/** @param {any} body as parsed */
function revivedBody(body) {
  try {
    return checkedBody(revive(body));
  } catch (error) {
    throw error instanceof RangeError ? new HttpError(400, "Invalid JSON", ["the body is nested too deeply"]) : error;
  }
}

const REVIVED = { read: revivedBody, failed: notJSON };

function notJSON() {
  throw new HttpError(400, "Invalid JSON", ["the body is not JSON"]);
}

function checkedBody(body) {
  if (body === null || typeof body !== "object" || Array.isArray(body)) {
    throw new HttpError(400, "Invalid JSON", ["the body must be an object"]);
  }
  if (Object.hasOwn(body, "__args") && !Array.isArray(body.__args)) {
    throw new HttpError(400, "Invalid JSON", ["__args must be a list"]);
  }
  return body;
}

/** A declared length is the length that arrives; without one what comes is counted. */
function readText(raw, context) {
  const declared = raw.headers.get("content-length");
  if (Number(declared) > context.maxBody) return Promise.reject(new HttpError(413));
  return isSmall(Number(declared)) ? readSmall(raw, "text", context) : readStream(partsOf(raw, context.maxBody, context));
}

async function readStream(parts) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of parts) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}

function parseQuery(url) {
  const mark = url.indexOf("?");
  const result = { __proto__: null };
  if (mark < 0) return result;
  for (const [name, value] of new URLSearchParams(url.slice(mark + 1))) {
    if (!(name in result)) result[name] = value;
    else if (Array.isArray(result[name])) result[name].push(value);
    else result[name] = [result[name], value];
  }
  return result;
}

function parseCookies(header) {
  const result = { __proto__: null };
  for (const part of (header ?? "").split(";")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(0, equals)).trim();
    if (name !== "" && !(name in result)) result[name] = decodeCookie(part.slice(equals + 1).trim());
  }
  return result;
}

function decodeCookie(text) {
  const value = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Names of methods of Headers, which win over headers of the same name. */
const METHODS = new Set(["get", "has", "keys", "values", "entries", "forEach", "getAll", "getSetCookie", "toJSON"]);

/** Reads go to the headers in any case; there is nothing to write. */
const HEADERS_VIEW = {
  get(view, key) {
    if (typeof key === "symbol") return key === Symbol.iterator ? () => view.headers.entries() : undefined;
    if (METHODS.has(key)) return view.headers[key].bind(view.headers);
    return isToken(key) ? view.headers.get(key) ?? undefined : undefined;
  },
  has: (view, key) => typeof key === "string" && isToken(key) && view.headers.has(key),
  ownKeys: (view) => [...view.headers.keys()],
  getOwnPropertyDescriptor(view, key) {
    if (!this.has(view, key)) return undefined;
    return { value: view.headers.get(key), enumerable: true, configurable: true, writable: false };
  },
  set: () => false,
  defineProperty: () => false,
  deleteProperty: () => false,
};

function headersView(headers) {
  const view = { __proto__: null };
  Object.defineProperty(view, "headers", { value: headers, configurable: true });
  return new Proxy(view, HEADERS_VIEW);
}
