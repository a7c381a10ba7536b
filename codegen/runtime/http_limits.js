/**
 * `max_body n`: how many bytes a request's body and a socket's message may have.
 */
import { SetupError } from "./http_features.js";

/** @param {number} bytes @returns {import("./http_features.js").Feature} */
export function maxBody(bytes) {
  const size = typeof bytes === "string" && /^\d+$/.test(bytes) ? Number(bytes) : bytes;
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new SetupError(`max_body must be a number of bytes, not ${JSON.stringify(bytes)}`);
  }
  return { name: "max_body", settings: { maxBody: size } };
}
