/**
 * `sse "/p" fn(send, close) {}`: a route whose answer is a stream of events; http_streams.js makes it.
 */
import { sse } from "./http_streams.js";

/**
 * @param {string} path
 * @param {(send: Function, close: () => void, req: any) => any} f
 * @returns {import("./http_features.js").Feature}
 */
export function events(path, f) {
  return {
    name: "sse",
    routes: (add) => add("GET", path, (req) => sse(f, { place: `sse ${path}`, req })),
  };
}
