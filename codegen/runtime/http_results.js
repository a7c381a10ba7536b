/**
 * What a route handler returned, as a response: a Response as it is, a generator as a stream of
 * events, anything else as JSON.
 */
import { orNotModified } from "./http_fresh.js";
import { eventStream, isLasting } from "./http_streams.js";

/**
 * @param {any} result
 * @param {string} place for the log
 * @param {import("./http_request.js").ServerRequest} req
 * @returns {Response}
 */
export function responseFor(result, place, req) {
  if (result instanceof Response) {
    if (isLasting(result)) req.keepOpen();
    return orNotModified(req.raw, result);
  }
  if (result !== null && typeof result === "object" && isStream(result)) {
    req.keepOpen();
    return eventStream(result, { place });
  }
  return Response.json(result ?? null);
}

const isStream = (value) => (
  typeof value[Symbol.asyncIterator] === "function"
  || (typeof value.next === "function" && typeof value[Symbol.iterator] === "function")
);
