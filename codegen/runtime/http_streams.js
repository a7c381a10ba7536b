/**
 * Answers that take their time: pieces as they come (stream), and events for EventSource (sse). The
 * stream ends when the program closes it, and when the client goes away; then send() says false.
 */
import { logError } from "./http_errors.js";
import { headerLines, withHeaders } from "./http_headers.js";

/** A comment goes out this often, so that no proxy takes the line for dead. */
const HEARTBEAT_MILLISECONDS = 15_000;

/** A client that is behind by more than the one for that long, or by more than the other at all, is let go. */
const WAITING_BYTES = 1 << 20;
const WAITING_MILLISECONDS = 10_000;
const MAX_WAITING_BYTES = 1 << 26;

const EVENT_HEADERS = {
  "Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no",
};

const encoder = new TextEncoder();

const lasting = new WeakSet();

/** @param {Response} response @returns {boolean} whether it goes on for as long as it likes */
export const isLasting = (response) => lasting.has(response);

function lastingResponse(body, headers) {
  const response = new Response(body, { headers: { "X-Content-Type-Options": "nosniff", ...headers } });
  lasting.add(response);
  return response;
}

/** A body to write to; what is written after its end goes nowhere. */
class Channel {
  #controller = null;
  #onEnd = null;
  #behindSince = null;
  open = true;

  constructor() {
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => {
        this.#behindSince = null;
      },
      cancel: () => this.#end(),
    }, { highWaterMark: WAITING_BYTES, size: (part) => part.byteLength });
  }

  /** Called once, when the stream is over for whatever reason. */
  set onEnd(f) {
    this.#onEnd = f;
  }

  /** @param {Uint8Array} bytes @returns {boolean} false where nobody listens any more */
  write(bytes) {
    if (!this.open) return false;
    if (this.#isStalled()) {
      this.#controller.error(new Error("the client takes nothing"));
      this.#end();
      return false;
    }
    this.#controller.enqueue(bytes);
    return true;
  }

  #isStalled() {
    const behind = WAITING_BYTES - this.#controller.desiredSize;
    if (behind < WAITING_BYTES) return false;
    this.#behindSince ??= Date.now();
    return behind > MAX_WAITING_BYTES || Date.now() - this.#behindSince > WAITING_MILLISECONDS;
  }

  close() {
    if (!this.open) return;
    this.#controller.close();
    this.#end();
  }

  #end() {
    this.open = false;
    this.#onEnd?.();
    this.#onEnd = null;
  }
}

/** Runs the program's function, whose failure ends the stream and goes to the log. */
function feed(channel, place, f) {
  const failed = (error) => {
    logError(place, error);
    channel.close();
  };
  try {
    Promise.resolve(f()).catch(failed);
  } catch (error) {
    failed(error);
  }
}

const isBytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** Text and bytes as they are, anything else as a line of JSON. */
function bytesOf(value) {
  if (typeof value === "string") return encoder.encode(value);
  if (isBytes(value)) return value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return encoder.encode(`${JSON.stringify(value ?? null)}\n`);
}

/**
 * An answer that is sent in pieces.
 * @param {(send: (piece: any) => boolean, close: () => void) => any} f
 * @param {Record<string, any>} [headers] text/plain without a Content-Type among them
 */
export function stream(f, headers) {
  const channel = new Channel();
  feed(channel, "stream", () => f((piece) => channel.write(bytesOf(piece)), () => channel.close()));
  return withHeaders(lastingResponse(channel.body, { "Content-Type": "text/plain;charset=utf-8" }), headerLines(headers));
}

/**
 * An answer of events; it stays open when f has come to its end, until close() or the client goes.
 * @param {(send: Function, close: () => void, req?: any) => any} f send(data), send(name, data) or send({ type, data })
 * @param {{ place?: string, heartbeat?: number, req?: any }} [options] heartbeat in milliseconds
 */
export function sse(f, { place = "sse", heartbeat = HEARTBEAT_MILLISECONDS, req } = {}) {
  const channel = new Channel();
  keepAlive(channel, heartbeat);
  const send = (...values) => channel.write(encoder.encode(eventText(...values)));
  feed(channel, place, () => f(send, () => channel.close(), req));
  return lastingResponse(channel.body, EVENT_HEADERS);
}

const BEAT = encoder.encode(": \n\n");

function keepAlive(channel, heartbeat) {
  const timer = setInterval(() => channel.write(BEAT), heartbeat);
  channel.onEnd = () => clearInterval(timer);
}

/**
 * The values of a generator as events, each when the client has taken the one before. The generator is
 * ended when the client goes away, where it stands at that moment.
 * @param {any} values
 * @param {{ place?: string, heartbeat?: number }} [options]
 */
export function eventStream(values, { place = "events", heartbeat = HEARTBEAT_MILLISECONDS } = {}) {
  const iterator = (values[Symbol.asyncIterator] ?? values[Symbol.iterator]).call(values);
  let timer;
  let open = true;
  const end = () => {
    open = false;
    clearInterval(timer);
  };
  const body = new ReadableStream({
    start(controller) {
      timer = setInterval(() => controller.desiredSize > 0 && controller.enqueue(BEAT), heartbeat);
    },
    async pull(controller) {
      const bytes = await nextEvent(iterator, place);
      if (!open) return;
      if (bytes !== null) return controller.enqueue(bytes);
      end();
      return controller.close();
    },
    async cancel() {
      end();
      await Promise.resolve(iterator.return?.()).catch((error) => logError(place, error));
    },
  });
  return lastingResponse(body, EVENT_HEADERS);
}

/** null where there is none, or the generator failed. */
async function nextEvent(iterator, place) {
  try {
    const { value, done } = await iterator.next();
    return done ? null : encoder.encode(eventText(value));
  } catch (error) {
    logError(place, error);
    return null;
  }
}

/**
 * One event: data alone, or with a name as send(name, data), { type, data } or { event, data }; an id
 * and retry may stand beside the name.
 */
export function eventText(...values) {
  const { name, id, retry, data } = values.length > 1 ? { name: values[0], data: values[1] } : eventOf(values[0]);
  const text = typeof data === "string" ? data : JSON.stringify(data ?? null);
  const head = [["event", name], ["id", id], ["retry", retry]]
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([field, value]) => `${field}: ${oneLine(field, value)}\n`);
  return `${head.join("")}${text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`).join("")}\n`;
}

const FIELDS = new Set(["event", "type", "data", "id", "retry"]);

function eventOf(value) {
  const name = value?.event ?? value?.type;
  const event = typeof name === "string" && Object.keys(value).every((key) => FIELDS.has(key));
  return event && "data" in value ? { name, id: value.id, retry: value.retry, data: value.data } : { data: value };
}

function oneLine(field, value) {
  if (/[\r\n\0]/.test(String(value))) throw new TypeError(`the ${field} of an event is one line`);
  return value;
}
