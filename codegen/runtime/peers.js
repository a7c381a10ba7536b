/**
 * Other servers as this one calls them: `events.broadcast(data)` is one POST to the other process.
 * A call that cannot have reached it is tried again; one that may have run there never is. After
 * some failures in a row the peer is left alone for a while. Events are events.js.
 */
import { CircuitBreaker } from "./breaker.js";
import { peerPort } from "./lifecycle.js";
import { requestId } from "./request_ids.js";
import { parseTagged, plain } from "./result.js";

const THRESHOLD = 5;
const RESET_MILLISECONDS = 30_000;
const TIMEOUT_MILLISECONDS = 10_000;
const RETRIES = 2;
const BACK_OFF_MILLISECONDS = 100;

/** No connection was made, so nothing was sent. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ConnectionRefused", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Answers of a peer that is not there, by itself or by what stands in front of it. */
const UNAVAILABLE = new Set([502, 503, 504]);

/**
 * @typedef {object} PeerOptions
 * @property {string} [url] where it is; without it URL_<PEER>, PORT_<PEER> and `port` say so
 * @property {number} [port] on this host, where the environment names none
 * @property {number} [threshold] failures in a row after which it is left alone; 5
 * @property {number} [reset_timeout] milliseconds until it is tried again; 30000
 * @property {number} [timeout] of a call in milliseconds; 10000; 0 means none
 * @property {(functionName: string, result: any) => any} [received] what results become
 */

/** A call of a peer that failed. */
export class PeerError extends Error {
  /**
   * @param {string} message
   * @param {object} facts
   * @param {string} facts.peer
   * @param {string} facts.functionName
   * @param {number} [facts.status] of the answer, where there was one; 503 for a peer that is left alone
   * @param {string} [facts.code] "NETWORK", "TIMEOUT" or "CIRCUIT_OPEN" where there was no answer
   * @param {boolean} facts.mayHaveRun whether the function may have run there
   * @param {unknown} [facts.cause]
   */
  constructor(message, { cause, ...facts }) {
    super(message, { cause });
    Object.assign(this, facts);
  }
}

const REMOTE = Symbol("the peer behind its functions");

/**
 * @param {string} name of the server block
 * @param {PeerOptions} [options]
 * @returns {Record<string, (...args: any[]) => Promise<any>>} its functions
 */
export function peer(name, options = {}) {
  const remote = new Peer(name, options);
  return new Proxy({}, {
    get(functions, key) {
      if (key === REMOTE) return remote;
      if (typeof key !== "string" || key === "then") return undefined; // a promise it is not
      return (functions[key] ??= (...args) => remote.call(key, args));
    },
  });
}

/** @param {object} functions what peer() gave @returns {Peer} */
export const peerBehind = (functions) => functions[REMOTE];

class Peer {
  #options;
  #timeout;
  #breaker;
  #base = null;
  #lastFailure = "";

  constructor(name, options) {
    this.name = name;
    this.#options = options;
    this.#timeout = countOption(name, options, "timeout", TIMEOUT_MILLISECONDS);
    this.#breaker = new CircuitBreaker({
      threshold: Math.max(1, countOption(name, options, "threshold", THRESHOLD)),
      resetTimeout: countOption(name, options, "reset_timeout", RESET_MILLISECONDS),
      onChange: (state) => this.#tell(state),
    });
    if (options.url !== undefined) this.#base = baseOf(name, options.url);
  }

  /** @returns {import("./breaker.js").BreakerState} */
  get state() {
    return this.#breaker.state;
  }

  /** Known when it is first called: ports of the environment are read then. */
  get base() {
    return (this.#base ??= baseFromEnvironment(this.name, this.#options.port ?? 3000));
  }

  /**
   * @param {string} functionName
   * @param {any[]} args
   * @returns {Promise<any>} what the function returned there
   * @throws {PeerError}
   */
  async call(functionName, args) {
    if (args.some((argument) => typeof argument === "function")) {
      throw new TypeError(`${this.#place(functionName)}: a function cannot be sent`);
    }
    const body = JSON.stringify({ __args: plain(args) });
    const settle = await this.#enter(functionName);
    let answer;
    try {
      answer = await this.#post(functionName, body);
    } catch (error) {
      settle(false);
      throw error;
    }
    const there = !UNAVAILABLE.has(answer.status);
    if (!there) this.#lastFailure = `${this.#place(functionName)} failed: ${answer.status}`;
    settle(there);
    return this.#resultOf(functionName, answer);
  }

  /** One POST, again while it cannot have arrived. */
  async #post(functionName, body) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.send(functionName, body);
      } catch (error) {
        if (error.mayHaveRun || attempt === RETRIES || this.#breaker.state === "OPEN") throw error;
      }
      await backOff(attempt);
    }
  }

  /**
   * One attempt.
   * @param {string} functionName
   * @param {string} body JSON
   * @param {Record<string, string>} [headers] further ones
   * @returns {Promise<{ status: number, statusText: string, ok: boolean, text: string }>}
   * @throws {PeerError} where there is no answer
   */
  async send(functionName, body, headers = {}) {
    const signal = this.#timeout > 0 ? AbortSignal.timeout(this.#timeout) : undefined;
    try {
      const response = await fetch(`${this.base}/rpc/${encodeURIComponent(functionName)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Request-Id": requestId(), ...headers },
        body,
        redirect: "manual",
        signal,
      });
      return { status: response.status, statusText: response.statusText, ok: response.ok, text: await response.text() };
    } catch (error) {
      throw this.#failure(functionName, error, signal?.aborted === true);
    }
  }

  #failure(functionName, cause, timedOut) {
    const facts = { peer: this.name, functionName, cause, mayHaveRun: !NEVER_SENT.has(cause?.code) };
    const place = this.#place(functionName);
    const reason = facts.mayHaveRun ? cause?.message ?? cause : this.#absence(cause.code);
    const error = timedOut
      ? new PeerError(`${place} timed out after ${this.#timeout} ms`, { ...facts, code: "TIMEOUT" })
      : new PeerError(`${place} failed: ${reason}`, { ...facts, code: "NETWORK" });
    this.#lastFailure = error.message;
    return error;
  }

  /** Where no server was found, and what starts it or says where it is: tests run without the servers beside theirs. */
  #absence(code) {
    const who = this.name === "" ? "the server" : `the server "${this.name}"`;
    const where = this.#options.url === undefined ? `say where it is in ${urlVariable(this.name)}` : "change its address in `discover`";
    return `nothing answers at ${withoutSecrets(this.base)} (${code}). Start ${who}, with \`tova dev\` for example, or ${where}.`;
  }

  #resultOf(functionName, { ok, status, statusText, text }) {
    const place = this.#place(functionName);
    const facts = { peer: this.name, functionName, status, mayHaveRun: true };
    if (!ok) {
      const reason = [status, statusText].filter(Boolean).join(" ");
      throw new PeerError(`${place} failed: ${reason}${text === "" ? "" : `: ${text}`}`, { ...facts, details: detailsOf(text) });
    }
    let result;
    try {
      result = parseTagged(text).result;
    } catch (cause) {
      throw new PeerError(`${place} failed: the answer is not JSON`, { ...facts, cause });
    }
    return this.#options.received === undefined ? result : this.#options.received(functionName, result);
  }

  /** Waits a little for the one attempt that shows whether the peer is back; else gives up at once. */
  async #enter(functionName) {
    for (let attempt = 0; ; attempt++) {
      const settle = this.#breaker.enter();
      if (settle !== null) return settle;
      if (this.#breaker.state === "OPEN" || attempt === RETRIES) break;
      await backOff(attempt);
    }
    const facts = { peer: this.name, functionName, status: 503, code: "CIRCUIT_OPEN", mayHaveRun: false };
    throw new PeerError(`${this.#place(functionName)} was not tried: the last calls failed (${this.#lastFailure})`, facts);
  }

  #place(functionName) {
    return `${this.name || "server"}.${functionName}`;
  }

  #tell(state) {
    const label = `peer ${this.name || "server"}`;
    if (state === "OPEN") console.error(`${label}: circuit open, it is left alone for a while (${this.#lastFailure})`);
    if (state === "CLOSED") console.error(`${label}: circuit closed, it answers again`);
  }
}

const backOff = (attempt) => new Promise((resolve) => setTimeout(resolve, BACK_OFF_MILLISECONDS * 2 ** attempt));

function detailsOf(text) {
  try {
    return JSON.parse(text).details;
  } catch {
    return undefined;
  }
}

function countOption(name, options, key, fallback) {
  const value = options[key] ?? fallback;
  if (Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`discover "${name}": ${key} must be a number from 0 on, not ${JSON.stringify(value)}`);
}

/** An address as a log may have it. */
function withoutSecrets(base) {
  const address = new URL(base);
  address.username = address.password = "";
  return address.href.replace(/\/$/, "");
}

/** @returns {string} without a slash at its end */
function baseOf(name, url) {
  const text = String(url ?? "");
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new TypeError(`discover "${name}": the address must begin with http:// or https://, not be ${JSON.stringify(url)}`);
  }
  return text.replace(/\/+$/, "");
}

const urlVariable = (name) => `URL_${name.replace(/[^A-Za-z0-9]/gu, "_").toUpperCase()}`;

function baseFromEnvironment(name, port) {
  const variable = urlVariable(name);
  if (process.env[variable]) return baseOf(name, process.env[variable]);
  const own = process.env.TOVA_HOST ?? "";
  const host = own === "" || own === "0.0.0.0" || own === "::" ? "127.0.0.1" : own;
  return `http://${host.includes(":") ? `[${host}]` : host}:${peerPort(name, port)}`;
}
