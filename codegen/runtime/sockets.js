/**
 * WebSocket connections as server code sees them: one object for the life of a connection, with
 * on() and send(). What a listener throws is logged and given to "error"; it ends nothing. Who may
 * connect is decided before, in server.js.
 */
import { logError } from "./http_errors.js";
import { enter, exit, joinRoom, payloadOf } from "./rooms.js";

/** Messages that wait while a handler that is async has not come to its end. */
const MAX_WAITING = 100;

const EVENTS = ["open", "message", "close", "error"];

export class Socket {
  #ws = null;
  #place;
  #listeners = new Map(EVENTS.map((name) => [name, []]));
  #waiting = null;

  /** @param {import("./http_request.js").ServerRequest} request that was upgraded @param {string} place for the log */
  constructor(request, place) {
    this.request = request;
    this.#place = place;
  }

  /** 0 connecting, 1 open, 2 closing, 3 closed */
  get readyState() {
    return this.#ws?.readyState ?? 0;
  }

  /** @param {"open" | "message" | "close" | "error"} name @param {Function} listener */
  on(name, listener) {
    const listeners = this.#listeners.get(name);
    if (listeners === undefined) throw new Error(`a socket has no event "${name}", only ${EVENTS.join(", ")}`);
    listeners.push(listener);
    return this;
  }

  /** Text as it is, bytes as bytes, anything else as JSON; nothing where the peer is gone. */
  send(data) {
    if (this.readyState !== 1) return;
    this.#ws.send(payloadOf(data));
  }

  /** What `join(ws, room)` asks for. */
  get isSocket() {
    return true;
  }

  /** @param {string} room whose messages it gets from here on */
  join(room) {
    joinRoom(this, room);
  }

  /** @param {number} [code] @param {string} [reason] */
  close(code = 1000, reason = "") {
    if (this.readyState < 2) this.#ws?.close(code, reason);
  }

  /** Attaches the connection and lets the program's handler register its listeners. */
  opened(ws, handler) {
    this.#ws = ws;
    enter(this);
    const pending = this.#guard(() => handler(this));
    this.#emit("open");
    if (pending instanceof Promise) this.#wait(pending);
  }

  #wait(pending) {
    this.#waiting = [];
    pending.then(() => {
      const events = this.#waiting;
      this.#waiting = null;
      for (const [name, values] of events) this.#emit(name, ...values);
    });
  }

  received(data) {
    this.#arrive("message", data);
  }

  closed(code, reason) {
    exit(this);
    this.#arrive("close", code, reason);
  }

  #arrive(name, ...values) {
    if (this.#waiting === null) this.#emit(name, ...values);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push([name, values]);
    else this.close(1008, "too many messages");
  }

  #emit(name, ...values) {
    for (const listener of [...this.#listeners.get(name)]) this.#guard(() => listener(...values));
  }

  /** Runs f; errors, rejections too, go to the log and the "error" listeners. */
  #guard(f) {
    try {
      const result = f();
      return typeof result?.then === "function" ? Promise.resolve(result).catch((error) => this.#fail(error)) : result;
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error) {
    logError(this.#place, error);
    for (const listener of this.#listeners.get("error")) {
      try {
        listener(error);
      } catch (second) {
        logError(this.#place, second);
      }
    }
  }
}

/**
 * The part of Bun.serve's options that is about sockets.
 * @param {number} maxPayload bytes of one message
 * @param {Set<any>} open gets every connection, for the end of the server
 */
export function socketOptions(maxPayload, open) {
  return {
    maxPayloadLength: maxPayload,
    closeOnBackpressureLimit: true,
    open(ws) {
      open.add(ws);
      ws.data.socket.opened(ws, ws.data.handler);
    },
    message: (ws, data) => ws.data.socket.received(data),
    close(ws, code, reason) {
      open.delete(ws);
      ws.data.socket.closed(code, reason);
    },
  };
}
