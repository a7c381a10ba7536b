/**
 * Who may call from a browser. A page's Origin has to be this server, a peer of it on the same host
 * or one that the environment names; requests without an Origin do not come from a page. This is
 * about RPC and sockets; routes leave it to the program's own middleware. A server of `tova dev`
 * answers nobody who calls it by a name that is not the loopback's.
 */
import { errorResponse } from "./http_errors.js";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * @typedef {object} OriginRules
 * @property {Set<string>} ports of this server and its peers
 * @property {Set<string>} origins that are allowed as they are
 * @property {boolean} loopbackOnly whether the names of this host are the loopback ones, so that a
 *     foreign name that resolves to it gets nowhere
 */

/**
 * @param {string | null} origin the header
 * @param {string | null} host the header
 * @param {OriginRules} rules
 */
export function isAllowedOrigin(origin, host, rules) {
  if (origin === null || rules.origins.has(origin)) return true;
  if (host === null || !URL.canParse(origin) || !URL.canParse(`http://${host}`)) return false;
  const from = new URL(origin);
  const here = new URL(`http://${host}`);
  if (from.protocol !== "http:" && from.protocol !== "https:") return false;
  if (rules.loopbackOnly && !LOOPBACK.has(from.hostname)) return false;
  if (!sameHost(from.hostname, here.hostname)) return false;
  return from.host === here.host || rules.ports.has(portOf(from));
}

/**
 * A page whose name has come to mean this machine is of the same origin as the server, for its browser: the name in
 * the Host header is what gives it away.
 * @param {string | null} host the header @param {OriginRules} rules
 */
function isKnownHost(host, rules) {
  if (host === null || !rules.loopbackOnly) return true;
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return LOOPBACK.has(hostname) || [...rules.origins].some((origin) => URL.canParse(origin) && new URL(origin).hostname === hostname);
}

/** @param {string} name of a host, or its address */
export const isLoopback = (name) => LOOPBACK.has(name) || name === "::1";

/** Browsers that say where a request comes from say so also where they leave the Origin out. @param {Headers} headers */
export const isFromElsewhere = (headers) => headers.get("sec-fetch-site") === "cross-site";

/**
 * Does a request come from a page that may call here? By Origin, or where a browser sends none by
 * what it says of the site.
 * @param {Headers} headers @param {OriginRules} rules
 * @returns {boolean | undefined} undefined: nobody says
 */
export function isFromOwnPage(headers, rules) {
  const origin = headers.get("origin");
  if (origin !== null) return isAllowedOrigin(origin, headers.get("host"), rules);
  const site = headers.get("sec-fetch-site");
  return site === null ? undefined : site === "same-origin" || site === "none";
}

const sameHost = (a, b) => a === b || (LOOPBACK.has(a) && LOOPBACK.has(b));
const portOf = (url) => url.port || (url.protocol === "https:" ? "443" : "80");

/** The answer to the question that a browser asks before it calls from another origin. */
export function preflight(raw, methods) {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": raw.headers.get("access-control-request-headers") ?? "Content-Type",
      "Access-Control-Max-Age": "600",
    },
  });
}

/** Lets the page that called read the response. */
export function shareWith(origin, response) {
  if (origin === null) return response;
  response.headers.set("Access-Control-Allow-Origin", origin);
  response.headers.set("Access-Control-Allow-Credentials", "true");
  response.headers.append("Vary", "Origin");
  return response;
}

/** What asks for another host than this one is refused. @param {() => OriginRules} rules once there are some */
export const fromKnownHosts = (answer, rules) => (raw) => (
  isKnownHost(raw.headers.get("host"), rules()) ? answer(raw)
    : errorResponse(403, "Host not allowed: `tova dev` answers to localhost")
);

export const foreignOrigin = () => errorResponse(403, "Origin not allowed");
