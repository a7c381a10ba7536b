/**
 * What a route handler returned, as a response: a Response as it is, a generator as a stream of
 * events, anything else as JSON.
 */
import { errorResponse } from "./http_errors.js";
import { orNotModified } from "./http_fresh.js";
import { eventStream, isLasting } from "./http_streams.js";
import { None, plain } from "./result.js";

/** What a look-up gives that has found nothing. @param {any} result */
const isNothing = (result) => result === null || result === undefined || result === None;

/**
 * @param {object} route
 * @param {string} route.place for the log
 * @param {boolean} route.looksUp whether nothing is an answer that was not found
 * @param {boolean} route.collections whether a Map or a Set may stand in what it gives
 * @param {import("./http_request.js").ServerRequest} req
 * @param {any} result
 * @returns {Response}
 */
export function answerOfRoute({ place, looksUp, collections }, req, result) {
  if (looksUp && isNothing(result)) return errorResponse(404);
  if (result instanceof Response) {
    if (isLasting(result)) req.keepOpen();
    return orNotModified(req.raw, result);
  }
  if (result !== null && typeof result === "object" && isStream(result)) {
    req.keepOpen();
    return eventStream(result, { place });
  }
  return Response.json(collections || result instanceof Map ? plain(result ?? null) : result ?? null);
}

/**
 * The answer of an endpoint whose function gave a Response, as a route would take it: an error as it
 * is, else what it holds, with the cookies that it sets.
 * @param {Response} response
 */
export async function answerOfCall(response) {
  if (response.status >= 400) return response;
  const type = response.headers.get("content-type") ?? "";
  if (isLasting(response)) {
    await response.body?.cancel();
    return errorResponse(406, "This function answers with a stream: ask its route");
  }
  const text = await response.text();
  const result = text === "" ? null : /[/+]json\b/.test(type) ? JSON.parse(text) : text;
  const answer = Response.json({ result });
  for (const cookie of response.headers.getSetCookie()) answer.headers.append("Set-Cookie", cookie);
  return answer;
}

const isStream = (value) => (
  typeof value[Symbol.asyncIterator] === "function"
  || (typeof value.next === "function" && typeof value[Symbol.iterator] === "function")
);
