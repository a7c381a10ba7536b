/**
 * The bodies of requests as they arrive: counted, and not waited for without end. Who sends nothing
 * for a while, or hardly anything all the time, is answered with 408, and the connection is closed.
 * What the bytes mean is for others.
 */
import { HttpError } from "./http_errors.js";

/** Bytes of a declared length up to which the platform reads a body as a whole: quicker, but nobody sees how it grows. */
const SMALL = 64 * 1024;

/** Bytes a second that a longer body has to come with, on an average. */
const LEAST_RATE = 1000;

const SWEEP_MILLISECONDS = 250;

/**
 * @typedef {object} Context
 * @property {number} patience milliseconds that may pass without anything new
 * @property {number} idleSeconds after which the platform closes a connection on which nothing happens
 * @property {import("bun").Server | null} [server]
 */

/**
 * A body of a declared length, by a method of the platform.
 * @param {Request} raw
 * @param {"text" | "json"} method
 * @param {Context} context
 * @returns {Promise<any>}
 */
export const readSmall = (raw, method, { patience }) => within(raw[method](), performance.now() + patience);

/** @param {number} length as declared */
export const isSmall = (length) => length > 0 && length <= SMALL;

/**
 * @param {Request} raw
 * @param {number} limit in bytes
 * @param {Context} context
 * @returns {AsyncGenerator<Uint8Array>} @throws {HttpError} 413 over the limit, 408
 */
export async function* partsOf(raw, limit, { patience, idleSeconds, server }) {
  if (raw.body === null) return;
  const reader = raw.body.getReader();
  const start = performance.now();
  server?.timeout(raw, 0); // what comes slowly, but comes, is not idle
  let size = 0;
  try {
    for (;;) {
      const least = start + patience + (size / LEAST_RATE) * 1000;
      const { value, done } = await within(reader.read(), Math.min(performance.now() + patience, least));
      if (done) return;
      size += value.byteLength;
      if (size > limit) throw new HttpError(413);
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
    server?.timeout(raw, idleSeconds);
  }
}

// One timer for all that are waited for: most have come before it runs.

const waiting = new Set();
let timer = null;

/** What a promise gives, or 408 when that comes too late. @param {number} until as performance.now() counts */
function within(promise, until) {
  timer ??= setInterval(sweep, SWEEP_MILLISECONDS);
  return new Promise((resolve, reject) => {
    const entry = { until, reject };
    waiting.add(entry);
    promise.then(
      (value) => (waiting.delete(entry), resolve(value)),
      (error) => (waiting.delete(entry), reject(error)),
    );
  });
}

function sweep() {
  const now = performance.now();
  for (const entry of waiting) {
    if (entry.until > now) continue;
    waiting.delete(entry);
    entry.reject(late());
  }
  if (waiting.size > 0) return;
  clearInterval(timer);
  timer = null;
}

/** Whatever of the body still comes is not a request. */
function late() {
  const error = new HttpError(408);
  error.headers = { Connection: "close" };
  return error;
}
