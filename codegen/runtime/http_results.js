/**
 * What a route handler returned, as a response: a Response as it is, a generator as a stream of
 * events, anything else as JSON.
 */
import { logError } from "./http_errors.js";

/**
 * @param {any} result
 * @param {string} place for the log
 * @param {import("./http_request.js").ServerRequest} req
 * @returns {Response}
 */
export function responseFor(result, place, req) {
  if (result instanceof Response) return result;
  if (result !== null && typeof result === "object" && isStream(result)) {
    req.keepOpen();
    return eventStream(result, place);
  }
  return Response.json(result ?? null);
}

const isStream = (value) => (
  typeof value[Symbol.asyncIterator] === "function"
  || (typeof value.next === "function" && typeof value[Symbol.iterator] === "function")
);

/** Each value is one event; the generator is ended when the client goes away. */
function eventStream(values, place) {
  const iterator = (values[Symbol.asyncIterator] ?? values[Symbol.iterator]).call(values);
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(eventText(value)));
      } catch (error) {
        logError(place, error);
        controller.close();
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" } });
}

function eventText(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return `${text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`).join("")}\n`;
}
