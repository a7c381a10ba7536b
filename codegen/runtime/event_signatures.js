/**
 * Who may send events to a server: whoever knows TOVA_PEER_SECRET. Each message carries its time and
 * the HMAC-SHA256 of time and body; one that is old, was signed before this process began, is meant
 * for another server or has been accepted before is refused.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

const TIME_HEADER = "X-Tova-Time";
const SIGNATURE_HEADER = "X-Tova-Signature";
const WINDOW_MILLISECONDS = 60_000;
const LEAST_SECRET = 16;
const started = Date.now();

export const SECRET_ADVICE = "set TOVA_PEER_SECRET to the same text of at least 16 characters for all servers";

/** @returns {string | null} the secret that the servers share; null where there is none to rely on */
export function eventSecret() {
  const secret = process.env.TOVA_PEER_SECRET ?? "";
  return secret.length >= LEAST_SECRET ? secret : null;
}

const digest = (time, body, secret) => createHmac("sha256", secret).update(`${time}.${body}`).digest();

/** @param {string} body @param {string} secret @returns {Record<string, string>} the headers of a message */
export function signatureOf(body, secret, time = Date.now()) {
  return { [TIME_HEADER]: String(time), [SIGNATURE_HEADER]: digest(time, body, secret).toString("hex") };
}

/** Remembers what it has let through, for as long as that could come again. */
export class SignedOnce {
  #ids = new Map(); // id -> when it may be forgotten, in the order of arrival

  /**
   * @param {Headers} headers
   * @param {string} body
   * @param {string} name of the server that reads it
   * @returns {{ status: number, error: string } | null} null for a message to be acted on
   */
  refuses(headers, body, name) {
    const secret = eventSecret();
    if (secret === null) return { status: 403, error: `Events of other servers are refused: ${SECRET_ADVICE}` };
    const time = headers.get(TIME_HEADER) ?? "";
    if (!isSigned(headers.get(SIGNATURE_HEADER) ?? "", time, body, secret)) return { status: 401, error: "Wrong signature" };
    if (!isFresh(Number(time))) return { status: 401, error: "The signature is too old, or from a clock that is wrong" };
    return this.#refusesMessage(body, name);
  }

  #refusesMessage(body, name) {
    const message = messageOf(body);
    if (message === null) return { status: 400, error: "Not an event" };
    if (message.to !== name) return { status: 403, error: "The event is for another server" };
    this.#forget(Date.now());
    if (this.#ids.has(message.id)) return { status: 409, error: "The event has arrived before" };
    this.#ids.set(message.id, Date.now() + 2 * WINDOW_MILLISECONDS);
    return null;
  }

  #forget(now) {
    for (const [id, end] of this.#ids) {
      if (end > now) return;
      this.#ids.delete(id);
    }
  }
}

function isSigned(signature, time, body, secret) {
  if (!/^[0-9a-f]{64}$/.test(signature) || !/^\d{1,15}$/.test(time)) return false;
  return timingSafeEqual(Buffer.from(signature, "hex"), digest(time, body, secret));
}

function isFresh(time) {
  return time >= started && Math.abs(Date.now() - time) <= WINDOW_MILLISECONDS;
}

function messageOf(body) {
  try {
    const message = JSON.parse(body);
    return typeof message?.id === "string" && typeof message.event === "string" ? message : null;
  } catch {
    return null;
  }
}
