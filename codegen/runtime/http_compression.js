/**
 * `compression { }`: text goes over the wire as gzip or deflate where the client takes it. Streams,
 * answers that are encoded already and small ones go as they are.
 */
import { deflateSync } from "node:zlib";
import { after, STAGE } from "./http_features.js";
import { isLasting } from "./http_streams.js";

const TEXT = /^(text\/(?!event-stream)|application\/(json|javascript|xml|manifest\+json|[\w.-]+\+(json|xml))|image\/svg\+xml)/i;

const ENCODERS = { gzip: (bytes) => Bun.gzipSync(bytes), deflate: (bytes) => deflateSync(bytes) };

/** @param {{ min_size?: number }} [options] bytes below which nothing is done, 1024 */
export function compression({ min_size = 1024 } = {}) {
  return {
    name: "compression",
    stage: STAGE.ENCODE,
    around: (req, next) => after(next(), (response) => compressed(req, response, min_size)),
  };
}

/** @returns {Response | Promise<Response>} */
function compressed(req, response, minimum) {
  if (!isEligible(req, response)) return response;
  const encoding = chosenEncoding(req.raw.headers.get("accept-encoding"));
  return encode(response, encoding, minimum);
}

function isEligible(req, { body, headers, status }) {
  if (body === null || req.method === "HEAD" || req.upgraded || status === 206 || status < 200) return false;
  if (headers.has("content-encoding") || headers.has("content-range")) return false;
  if (/\bno-transform\b/i.test(headers.get("cache-control") ?? "")) return false;
  return TEXT.test(headers.get("content-type") ?? "");
}

async function encode(response, encoding, minimum) {
  if (isLasting(response)) return response;
  const headers = new Headers(response.headers);
  headers.append("Vary", "Accept-Encoding");
  const { status, statusText } = response;
  if (encoding === null) return new Response(response.body, { status, statusText, headers });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.byteLength < minimum) return new Response(bytes, { status, statusText, headers });
  headers.set("Content-Encoding", encoding);
  headers.delete("content-length");
  const tag = headers.get("etag");
  if (tag?.startsWith('"')) headers.set("ETag", `W/${tag}`); // the bytes are no longer those that were tagged
  return new Response(ENCODERS[encoding](bytes), { status, statusText, headers });
}

/** @param {string | null} accepted the header @returns {"gzip" | "deflate" | null} */
export function chosenEncoding(accepted) {
  const weights = new Map();
  for (const item of (accepted ?? "").toLowerCase().split(",")) {
    const [name, ...parameters] = item.split(";").map((part) => part.trim());
    const quality = parameters.find((part) => part.startsWith("q="));
    if (name !== "") weights.set(name, quality === undefined ? 1 : Number(quality.slice(2)) || 0);
  }
  const weightOf = (name) => weights.get(name) ?? weights.get("*") ?? 0;
  const best = weightOf("gzip") >= weightOf("deflate") ? "gzip" : "deflate";
  return weightOf(best) > 0 ? best : null;
}
