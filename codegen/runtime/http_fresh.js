/**
 * Answers that a client may keep: cache_control and etag, and the 304 for a client that has kept one.
 */
import { headerLines, withHeaders } from "./http_headers.js";

const WORDS = ["private", "public", "no_cache", "no_store", "must_revalidate", "immutable"];

/**
 * @param {Response} response
 * @param {number} maxAge seconds
 * @param {Record<string, any>} [options] private, public, no_cache, no_store, must_revalidate, immutable: true;
 *     stale_while_revalidate: seconds
 */
export function cache_control(response, maxAge, options) {
  if (!Number.isInteger(maxAge) || maxAge < 0) throw new RangeError(`max-age is a number of seconds, not ${maxAge}`);
  const parts = WORDS.filter((word) => options?.[word] === true).map((word) => word.replace("_", "-"));
  const stale = options?.stale_while_revalidate;
  parts.push(`max-age=${maxAge}`);
  if (Number.isInteger(stale)) parts.push(`stale-while-revalidate=${stale}`);
  return withHeaders(response, headerLines({ "Cache-Control": parts.join(", ") }));
}

/** @param {Response} response @param {string} hash what is another one when the answer is */
export function etag(response, hash) {
  const text = String(hash);
  if (!/^[\u0021\u0023-\u007e]+$/.test(text)) throw new TypeError(`not a tag: ${JSON.stringify(text)}`);
  return withHeaders(response, [["ETag", [`"${text}"`]]]);
}

/** Is a tag in the list of a header? Where weak ones count, what follows `W/` is compared (RFC 9110, 8.8.3.2). */
export function hasTag(header, tag, weak) {
  if (header.trim() === "*") return true;
  return header.split(",").map((each) => each.trim()).some((each) => each === tag || (weak && each === `W/${tag}`));
}

/**
 * The answer without its body where the client has it already. The request is asked first: most have no such header, and a
 * response whose headers nobody has looked at is sent faster.
 * @param {Request} raw @param {Response} response
 */
export function orNotModified(raw, response) {
  if (raw.method !== "GET" && raw.method !== "HEAD") return response;
  const known = raw.headers.get("if-none-match");
  const tag = known === null || response.status !== 200 ? null : response.headers.get("etag");
  if (tag === null || !hasTag(known, tag, true)) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-type");
  headers.delete("content-length");
  return new Response(null, { status: 304, headers });
}
