/**
 * The answers that a program makes itself: respond, redirect, html and text, headers added to one,
 * and cookies. Whatever comes from outside may stand in them: what no header may hold is refused.
 * Streams are http_streams.js.
 */
import { headerLines, isToken, withHeaders } from "./http_headers.js";
import { plain } from "./result.js";

/** Statuses of responses that have no body. */
const EMPTY = new Set([204, 205, 304]);

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const NOSNIFF = { "X-Content-Type-Options": "nosniff" };

function checkStatus(status) {
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError(`not a status: ${status}`);
}

function answer(body, status, type, headers) {
  checkStatus(status);
  const response = new Response(EMPTY.has(status) ? null : body, { status, headers: NOSNIFF });
  if (!EMPTY.has(status)) response.headers.set("Content-Type", type);
  return withHeaders(response, headerLines(headers));
}

/** @param {number} status @param {any} [body] becomes JSON @param {Record<string, any>} [headers] */
export function respond(status, body, headers) {
  return answer(JSON.stringify(plain(body ?? null)), status, "application/json;charset=utf-8", headers);
}

/** @param {string} url @param {number} [status] 301, 302, 303, 307 or 308 @param {Record<string, any>} [headers] */
export function redirect(url, status = 302, headers = undefined) {
  if (!REDIRECTS.has(status)) throw new RangeError(`not the status of a redirect: ${status}`);
  return withHeaders(new Response(null, { status }), headerLines({ ...headers, Location: asLocation(url) }));
}

/** Letters beyond ASCII as UTF-8 in escapes; escapes that are there stay. */
const asLocation = (url) => String(url).replace(/[^\u0000-\u007f]+/gu, encodeURIComponent);

/** @param {string} body markup as it is: values from outside go through escapeHtml before */
export function html(body, status = 200, headers = undefined) {
  return answer(String(body ?? ""), status, "text/html;charset=utf-8", headers);
}

/** @param {string} body */
export function text(body, status = 200, headers = undefined) {
  return answer(String(body ?? ""), status, "text/plain;charset=utf-8", headers);
}

/**
 * @param {any} response or a value, which becomes JSON, or a promise of one
 * @param {Record<string, any>} headers
 */
export function with_headers(response, headers) {
  if (typeof response?.then === "function") return response.then((value) => with_headers(value, headers));
  return withHeaders(response instanceof Response ? response : respond(200, response), headerLines(headers));
}

const SAME_SITE = { __proto__: null, strict: "Strict", lax: "Lax", none: "None" };

/**
 * The text of a Set-Cookie header. Path=/ and SameSite=Lax unless the options say otherwise.
 * @param {string} name
 * @param {any} value percent-encoded; `req.cookies` decodes it
 * @param {{ path?: string, domain?: string, maxAge?: number, expires?: Date, httpOnly?: boolean, secure?: boolean, sameSite?: string }} [options]
 *     also as max_age, http_only and same_site
 */
export function set_cookie(name, value, options) {
  if (!isToken(String(name))) throw new TypeError(`not the name of a cookie: ${JSON.stringify(name)}`);
  const { path = "/", domain, expires, secure, ...more } = options ?? {};
  const { httpOnly = more.http_only, maxAge = more.max_age, sameSite = more.same_site ?? "Lax" } = more;
  const site = SAME_SITE[String(sameSite).toLowerCase()];
  if (site === undefined) throw new TypeError(`sameSite is Strict, Lax or None, not ${JSON.stringify(sameSite)}`);
  const parts = [`${name}=${encodeURIComponent(String(value ?? ""))}`, attribute("Path", path)];
  if (domain !== undefined) parts.push(attribute("Domain", domain));
  if (maxAge !== undefined) parts.push(`Max-Age=${seconds(maxAge)}`);
  if (expires !== undefined) parts.push(`Expires=${new Date(expires).toUTCString()}`);
  if (httpOnly === true) parts.push("HttpOnly");
  if (secure === true || site === "None") parts.push("Secure"); // browsers refuse None without it
  parts.push(`SameSite=${site}`);
  return parts.join("; ");
}

function attribute(name, value) {
  const text = String(value);
  if (/[^\u0020-\u003a\u003c-\u007e]/.test(text)) throw new TypeError(`not a cookie's ${name}: ${JSON.stringify(text)}`);
  return `${name}=${text}`;
}

function seconds(value) {
  if (!Number.isInteger(value)) throw new TypeError(`maxAge is in whole seconds, not ${value}`);
  return value;
}
