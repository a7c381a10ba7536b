/**
 * `rate_limit { }` and the guard of the same name: how many requests one client may make in a window
 * of time. A client is its address; of IPv6, where everybody has many, the network's first half.
 */
import { errorResponse } from "./http_errors.js";
import { SetupError, STAGE } from "./http_features.js";

/** Clients that are counted at once; beyond that those that were met first are forgotten. */
const MAX_CLIENTS = 100_000;

/** Counts of the windows of clients; a window begins with its first request. */
export class RateLimiter {
  #windows = new Map(); // client -> { count, end }

  /** @param {number} max requests @param {number} seconds of a window */
  constructor(max, seconds) {
    for (const [name, value] of [["max", max], ["window", seconds]]) {
      if (!(Number.isFinite(value) && value > 0)) throw new SetupError(`rate_limit: \`${name}\` is ${value}, and must be more than 0`);
    }
    this.max = max;
    this.milliseconds = seconds * 1000;
  }

  /** Counts a request. @param {string} client @returns {number} seconds to wait, 0 for none */
  take(client, now = performance.now()) {
    let window = this.#windows.get(client);
    if (window === undefined || now >= window.end) {
      this.#windows.delete(client);
      this.#makeRoom(now);
      window = { count: 0, end: now + this.milliseconds };
      this.#windows.set(client, window);
    }
    window.count++;
    return window.count <= this.max ? 0 : Math.max(1, Math.ceil((window.end - now) / 1000));
  }

  /** They stand in the order in which their windows began; where all go on, the older half is forgotten. */
  #makeRoom(now) {
    if (this.#windows.size < MAX_CLIENTS) return;
    const most = MAX_CLIENTS / 2;
    for (const [client, { end }] of this.#windows) {
      if (now < end && this.#windows.size <= most) return;
      this.#windows.delete(client);
    }
  }
}

/** @param {string} address @returns {string} what counts as one client */
export function clientOf(address) {
  const ip = address.toLowerCase().replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/, "");
  if (!ip.includes(":")) return ip;
  const [head, tail] = ip.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const last = tail === "" ? [] : tail.split(":");
    while (groups.length + last.length < 8) groups.push("0");
    groups.push(...last);
  }
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}

/** The answer to one too many. */
export const tooMany = (seconds) => errorResponse(429, undefined, undefined, { "Retry-After": String(seconds) });

/**
 * @param {{ max: number, window?: number, trust_proxy?: boolean | number }} options window: in seconds,
 *     60. trust_proxy: how many proxies of one's own stand in front (true: one); only then does
 *     X-Forwarded-For say who a client is
 * @returns {import("./http_features.js").Feature}
 */
export function rateLimit({ max, window = 60, trust_proxy = undefined }) {
  const limiter = new RateLimiter(max, window);
  return {
    name: "rate_limit",
    stage: STAGE.LIMIT,
    settings: trust_proxy === undefined ? {} : { trustedProxies: Number(trust_proxy) },
    around(req, next) {
      const wait = limiter.take(clientOf(req.ip));
      return wait > 0 ? tooMany(wait) : next();
    },
  };
}
