/**
 * The id of the request that is being answered, for whatever happens on its behalf: it comes with
 * the request or is made, goes along with calls of peers, and back with the response.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { after, STAGE, withHeaders } from "./http_features.js";

const storage = new AsyncLocalStorage();

/** As much as a log line stands. */
const USABLE = /^[\w.:+/=-]{1,128}$/;

/** @returns {string} of the present request; a new one outside of requests */
export const requestId = () => storage.getStore() ?? crypto.randomUUID();

/**
 * What makes requestId() known.
 * @returns {import("./http_features.js").Feature}
 */
export function requestIds() {
  return {
    name: "request ids",
    stage: STAGE.TRACE,
    around(req, next) {
      const given = req.raw.headers.get("x-request-id") ?? "";
      const id = USABLE.test(given) ? given : crypto.randomUUID();
      const named = (response) => withHeaders(response, (headers) => headers.set("X-Request-Id", id));
      return after(storage.run(id, next), (response) => (req.upgraded ? response : named(response)));
    },
  };
}
