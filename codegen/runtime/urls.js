/**
 * Builtin functions for addresses, their queries, and identifiers. Protocols are without their
 * colon; search and hash of a parsed address keep their marks.
 */
import { urlDecode, urlEncode } from "./encoding.js";
import { Err, Ok } from "./result.js";

/** Where the page has no secure origin, the platform has no randomUUID. */
export function uuid() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @param {string} text */
export function parseUrl(text) {
  if (!URL.canParse(text)) return Err(`Invalid URL: ${text}`);
  const { protocol, host, pathname, search, hash } = new URL(text);
  return Ok({ protocol: protocol.slice(0, -1), host, pathname, search, hash });
}

const marked = (mark, text) => (text == null || text === "" ? "" : text.startsWith(mark) ? text : mark + text);

/** @param {{ protocol?: string, host?: string, pathname?: string, search?: string, hash?: string }} parts */
export function buildUrl({ protocol = "https", host = "", pathname = "/", search, hash }) {
  return `${protocol.replace(/:$/, "")}://${host}${marked("/", pathname)}${marked("?", search)}${marked("#", hash)}`;
}

/** The last value of a name counts, and a + is a space. */
export function parseQuery(text) {
  const parts = text.replace(/^\?/, "").replaceAll("+", " ").split("&").filter((part) => part !== "");
  return Object.fromEntries(parts.map((part) => {
    const equals = part.indexOf("=");
    return equals < 0 ? [urlDecode(part), ""] : [urlDecode(part.slice(0, equals)), urlDecode(part.slice(equals + 1))];
  }));
}

/** Fields that are nil are left out; a list gives its name several times. */
export function buildQuery(record) {
  return Object.entries(record)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => [name, item]))
    .filter(([, value]) => value != null)
    .map(([name, value]) => `${urlEncode(name)}=${urlEncode(value)}`)
    .join("&");
}

export { buildQuery as build_query, buildUrl as build_url, parseQuery as parse_query, parseUrl as parse_url };

export const url = Object.freeze({
  parse: parseUrl, build: buildUrl, parseQuery, parse_query: parseQuery, buildQuery, build_query: buildQuery,
});
