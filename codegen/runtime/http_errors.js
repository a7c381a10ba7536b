/**
 * Errors that become answers, and answers in JSON. An error is shown to the client only when it
 * says so itself; everything else is "Internal server error" there and a stack on stderr here.
 */
import { describeError } from "./traces.js";

export const REASONS = {
  __proto__: null,
  400: "Bad request", 401: "Unauthorized", 402: "Payment required", 403: "Forbidden", 404: "Not found",
  405: "Method not allowed", 406: "Not acceptable", 408: "Request timeout", 409: "Conflict", 410: "Gone",
  413: "Payload too large", 415: "Unsupported media type", 422: "Unprocessable content",
  423: "Locked", 426: "Upgrade required", 429: "Too many requests", 451: "Unavailable for legal reasons",
  500: "Internal server error", 501: "Not implemented", 502: "Bad gateway", 503: "Service unavailable",
  504: "Gateway timeout",
};

/** @param {number} status @returns {string} a text for people */
export const reasonOf = (status) => REASONS[status] ?? `Error ${status}`;

/** An error that the client may see. */
export class HttpError extends Error {
  /** @param {number} status @param {string} [message] @param {string[]} [details] */
  constructor(status, message = reasonOf(status), details = undefined) {
    super(message);
    this.status = status;
    this.expose = true;
    this.details = details;
  }
}

/** @param {number} status @param {Record<string, string>} [headers] */
export function errorResponse(status, error = reasonOf(status), details = undefined, headers = {}) {
  return Response.json({ error, details }, { status, headers: { "X-Content-Type-Options": "nosniff", ...headers } });
}

/** Does an error say itself what the client is told? It may say what the client did, and that it comes too soon. */
export function isExposed(error) {
  const { status, expose } = Object(error);
  return expose === true && Number.isInteger(status) && ((status >= 400 && status < 500) || status === 503);
}

/**
 * @param {unknown} error whatever was thrown
 * @param {string} place what was being done, for the log
 */
export function thrownResponse(error, place) {
  if (isExposed(error)) return errorResponse(error.status, String(error.message), error.details, error.headers);
  logError(place, error);
  return errorResponse(500);
}

/** One place that writes what went wrong to stderr. */
export function logError(place, error) {
  console.error(`${place}: ${error instanceof Error ? describeError(error) : String(error)}`);
}
