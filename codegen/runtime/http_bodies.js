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
 * @param {{ read: (body: any) => any, failed: (error: unknown) => any }} [then] what is made of it, or of why it cannot be read
 * @returns {Promise<any>}
 */
export const readSmall = (raw, method, { patience }, then = AS_IT_IS) => within(raw[method](), patience, then);

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
      const left = start + patience + (size / LEAST_RATE) * 1000 - performance.now();
      const { value, done } = await within(reader.read(), Math.min(patience, left));
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

const AS_IT_IS = {
  read: (value) => value,
  failed(error) {
    throw error;
  },
};

// One timer for all that are waited for: most have come before it runs. Time is counted in its sweeps, so that nobody is
// late because the program itself was busy. Those that wait are a ring, which is left at once and without a look.

class Waiting {
  previous = this;
  next = this;

  constructor(until, reject) {
    this.until = until;
    this.reject = reject;
  }

  join(ring) {
    this.previous = ring.previous;
    this.next = ring;
    ring.previous.next = this;
    ring.previous = this;
  }

  /** Leaving twice is leaving once: who was let go may come after all. */
  leave() {
    this.previous.next = this.next;
    this.next.previous = this.previous;
    this.previous = this.next = this;
  }
}

const ring = new Waiting(Infinity, null);
let sweeps = 0;
let timer = null;

/** What comes of a promise, or 408 when that takes longer than so many milliseconds. */
function within(promise, milliseconds, { read, failed } = AS_IT_IS) {
  timer ??= setInterval(sweep, SWEEP_MILLISECONDS);
  return new Promise((resolve, reject) => {
    const waiting = new Waiting(sweeps + Math.ceil(milliseconds / SWEEP_MILLISECONDS), reject);
    const come = (use) => (value) => {
      waiting.leave();
      try {
        resolve(use(value));
      } catch (error) {
        reject(error);
      }
    };
    waiting.join(ring);
    promise.then(come(read), come(failed));
  });
}

function sweep() {
  sweeps++;
  for (let waiting = ring.next, next; waiting !== ring; waiting = next) {
    next = waiting.next;
    if (waiting.until >= sweeps) continue;
    waiting.leave();
    waiting.reject(late());
  }
  if (ring.next !== ring) return;
  clearInterval(timer);
  timer = null;
}

/** Whatever of the body still comes is not a request. */
function late() {
  const error = new HttpError(408);
  error.headers = { Connection: "close" };
  return error;
}
