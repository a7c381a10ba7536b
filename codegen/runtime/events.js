/**
 * Events: publish() calls the handlers of this server at once and delivers to the servers that
 * subscribe, each in the order of publishing. Deliveries are signed with the secret that the servers
 * share, and tried again until they are acknowledged or given up; one that arrives twice runs once.
 * Nothing is kept when the process ends.
 */
import { logError } from "./http_errors.js";
import { eventSecret, SECRET_ADVICE, signatureOf, SignedOnce } from "./event_signatures.js";
import { onStop } from "./lifecycle.js";
import { peerBehind } from "./peers.js";
import { reviveJSON } from "./result.js";

const ENDPOINT = "__event";
const TRIES = 9; // some 25 seconds in all
const BACK_OFF_MILLISECONDS = 100;
const ARRIVED_BEFORE = 409;
const AGAIN = new Set([401, 408, 429]); // a peer that begins refuses what was signed before
const MAX_WAITING = 10_000; // events for one peer
const FLUSH_MILLISECONDS = 2000;

/** @type {Map<string, Function[]>} */
const handlers = new Map();
/** @type {Outbox[]} */
const outboxes = [];

/**
 * `subscribe "event" fn(data) { }`.
 * @param {string} event
 * @param {(data: any) => any} handler
 * @returns {import("./http_features.js").Feature} the endpoint for events of other servers
 */
export function subscribe(event, handler) {
  if (!handlers.has(event)) handlers.set(event, []);
  handlers.get(event).push(handler);
  return {
    name: "subscribe",
    routes: (add) => add("POST", `/rpc/${ENDPOINT}`, receive),
    start: ({ name }) => {
      ownName = name;
    },
  };
}

/**
 * Tells everybody who has subscribed. Returns when the handlers of this server have been called;
 * other servers get it as soon as they can.
 * @param {string} event
 * @param {any} [data] anything that JSON holds
 */
export function publish(event, data = null) {
  const name = String(event);
  const id = crypto.randomUUID();
  const text = JSON.stringify(data) ?? "null";
  callHandlers(name, data);
  for (const outbox of outboxes) outbox.put(name, id, text);
}

export { publish as emit };

/** A handler that fails is no business of who published, nor of the other handlers. */
function callHandlers(event, data) {
  const failed = (error) => logError(`subscribe ${JSON.stringify(event)}`, error);
  for (const handler of handlers.get(event) ?? []) {
    try {
      const result = handler(data);
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

// ---- to other servers

/**
 * @param {object} functions of a peer, as peer() gives them
 * @param {string[]} [events] that it subscribes to; all without it
 */
export function deliverEvents(functions, events) {
  outboxes.push(new Outbox(peerBehind(functions), events === undefined ? null : new Set(events)));
}

/** What is on its way to one peer. */
class Outbox {
  #peer;
  #events;
  #waiting = [];
  #running = null;
  #told = false;

  constructor(peer, events) {
    this.#peer = peer;
    this.#events = events;
    onStop(() => this.#flush());
  }

  put(event, id, data) {
    if (this.#events !== null && !this.#events.has(event)) return;
    const secret = eventSecret();
    if (secret === null) this.#tellOnce(event);
    else if (this.#waiting.length >= MAX_WAITING) this.#lost(event, "too many events are waiting");
    else {
      this.#waiting.push({ event, body: `{"id":"${id}","to":${JSON.stringify(this.#peer.name)},"event":${JSON.stringify(event)},"data":${data}}` });
      this.#running ??= this.#run(secret);
    }
  }

  async #run(secret) {
    while (this.#waiting.length > 0) {
      await this.#deliver(this.#waiting[0], secret);
      this.#waiting.shift();
    }
    this.#running = null;
  }

  async #deliver({ event, body }, secret) {
    let outcome;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) await Bun.sleep(BACK_OFF_MILLISECONDS * 2 ** (attempt - 1));
      outcome = await this.#attempt(body, secret);
      if (outcome.final) break;
    }
    if (outcome.reason !== "") this.#lost(event, outcome.reason);
  }

  /** @returns {Promise<{ reason: string, final: boolean }>} why it was not acknowledged; empty when it was */
  async #attempt(body, secret) {
    try {
      const { status, text } = await this.#peer.send(ENDPOINT, body, signatureOf(body, secret));
      const arrived = status === 200 || status === ARRIVED_BEFORE;
      return { reason: arrived ? "" : `${status} ${text}`, final: status < 500 && !AGAIN.has(status) };
    } catch (error) {
      return { reason: error.message, final: false };
    }
  }

  #lost(event, reason) {
    console.error(`event ${JSON.stringify(event)} did not reach ${this.#peer.name || "server"}: ${reason}`);
  }

  #tellOnce(event) {
    if (!this.#told) this.#lost(event, SECRET_ADVICE);
    this.#told = true;
  }

  async #flush() {
    if (this.#running !== null) await Promise.race([this.#running, Bun.sleep(FLUSH_MILLISECONDS)]);
  }
}

// ---- from other servers

let ownName = "";
const accepted = new SignedOnce();

/** @param {import("./http_request.js").ServerRequest} req */
async function receive(req) {
  const body = await req.text();
  const refusal = accepted.refuses(req.headers, body, ownName);
  if (refusal !== null) return Response.json({ error: refusal.error }, { status: refusal.status });
  const { event, data } = JSON.parse(body, reviveJSON);
  callHandlers(event, data);
  return Response.json({ result: null });
}
