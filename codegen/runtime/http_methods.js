/**
 * The methods that stand at one path: which of them the platform tells apart by itself, and what an
 * OPTIONS hears of them.
 */

const NATIVE = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * @param {Map<string, any>} methods
 * @param {(route: any) => Function} handlerOf
 * @returns {Record<string, Function>} as `routes` of Bun.serve takes them; a HEAD without a handler of its own is a GET there too
 */
export function nativeHandlers(methods, handlerOf) {
  const natives = [...methods].filter(([method]) => NATIVE.has(method));
  return Object.fromEntries(natives.map(([method, route]) => [method, handlerOf(route)]));
}

/** @param {Map<string, any>} methods @returns {string} for the header Allow */
export function allowed(methods) {
  const names = [...methods.keys()];
  if (names.includes("GET") && !names.includes("HEAD")) names.push("HEAD");
  if (names.length > 0 && !names.includes("OPTIONS")) names.push("OPTIONS");
  return names.join(", ");
}

/** @param {string} allow @returns {Response} what an OPTIONS hears */
export const optionsAnswer = (allow) => new Response(null, { status: 204, headers: { Allow: allow } });

/** A refusal's answer to an OPTIONS, with its headers: it asks, so nothing is there to refuse. @param {Response} response */
export function optionsInPlaceOf(response, allow) {
  const headers = new Headers(response.headers);
  headers.delete("content-type");
  headers.set("Allow", allow);
  return new Response(null, { status: 204, headers });
}
