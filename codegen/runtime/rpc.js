/**
 * Calls of server functions: one POST to /rpc/<function> for each, with timeout, CSRF header and
 * interceptors. It runs in browsers and outside of them. It does not stream, retry or cache.
 */
import { plain, revive } from "./result.js";
import { ofThisRun } from "./runs.js";

/**
 * @typedef {object} RPCOptions
 * @property {string} [baseUrl] where all calls go; empty means: to the server that has the function
 * @property {number} [timeout] milliseconds; 0 means none
 * @property {string | null} [csrfToken] null means: from the page's meta tag
 * @property {string} [csrfHeader]
 * @property {RequestCredentials} [credentials]
 *
 * @typedef {object} RPCInterceptor
 * @property {(call: object) => any} [request] may change call.options, or answer some to replace
 * @property {(data: { result: any }, call: object) => any} [response] may answer other data
 * @property {(error: Error, call: object) => any} [error] false keeps the error from being thrown
 */

/** @type {Required<RPCOptions>} */
const config = {
  baseUrl: "",
  timeout: 30_000,
  csrfToken: null,
  csrfHeader: "X-Tova-CSRF",
  credentials: "same-origin",
};

/** @type {Set<{ hooks: RPCInterceptor }>} one entry an addition, even of the same hooks */
const interceptors = new Set();

/** @param {string | RPCOptions} options a base URL, or any of the options; the others stay */
export function configureRPC(options) {
  const given = typeof options === "string" ? { baseUrl: options } : options;
  for (const key of Object.keys(config)) {
    if (given[key] !== undefined) config[key] = given[key];
  }
}

/** @param {string | null} token sent with every call; null goes back to the page's meta tag */
export function setCSRFToken(token) {
  config.csrfToken = token;
}

/**
 * @param {RPCInterceptor} interceptor its hooks may be async; they run in order of addition
 * @returns {() => void} removes it again
 */
export function addRPCInterceptor(interceptor) {
  const entry = { hooks: interceptor };
  interceptors.add(entry);
  return () => interceptors.delete(entry);
}

/**
 * @param {string} functionName
 * @param {any[]} [args]
 * @param {string} [server] the server block that has the function, where there are several
 * @param {(functionName: string, result: any) => any} [received] what the result becomes (shapes.js)
 * @returns {Promise<any>} what the function returned
 * @throws {Error} with functionName; and with status where the server refused, with code "TIMEOUT"
 *     or "NETWORK" where there was no answer
 *
 * Called by an effect that has run again by the time of the answer, it never comes back.
 */
export const rpc = (functionName, args = [], server, received = asItIs) =>
  ofThisRun(answerTo(functionName, args, server, received));

const asItIs = (functionName, result) => result;

async function answerTo(functionName, args, server, received) {
  const url = `${baseUrl(server)}/rpc/${encodeURIComponent(functionName)}`;
  const call = { url, functionName, args };
  try {
    return received(functionName, await perform(call));
  } catch (error) {
    if (await suppressed(error, call)) return undefined;
    throw error;
  }
}

/** @param {object} call gets the response as soon as there is one */
async function perform(call) {
  const limit = new TimeLimit(config.timeout);
  try {
    const options = await interceptedRequest(call, requestOptions(call.args), limit.signal);
    call.response = await fetch(call.url, options);
    if (!call.response.ok) throw await refusal(call);
    return revive((await interceptedResponse(call, await call.response.json())).result);
  } catch (error) {
    throw explained(error, call, limit);
  } finally {
    limit.clear();
  }
}

/** Aborts its signal after so many milliseconds; never where that is 0. */
class TimeLimit {
  constructor(ms) {
    this.ms = ms;
    this.passed = false;
    this.controller = new AbortController();
    this.timer = ms > 0 ? setTimeout(() => this.end(), ms) : undefined;
  }

  get signal() {
    return this.controller.signal;
  }

  end() {
    this.passed = true;
    this.controller.abort();
  }

  clear() {
    clearTimeout(this.timer);
  }
}

function requestOptions(args) {
  const headers = { "Content-Type": "application/json" };
  const token = config.csrfToken ?? tokenOfPage();
  if (token) headers[config.csrfHeader] = token;
  return {
    method: "POST",
    headers,
    body: JSON.stringify(bodyOf(args)),
    credentials: config.credentials,
  };
}

/** One object is the body itself; what would not arrive as that object, and what says itself which variant it is, goes as an argument. */
function bodyOf(args) {
  if (args.length === 0) return {};
  if (args.some((argument) => typeof argument === "function")) throw new TypeError("a function cannot be sent");
  const [argument] = args;
  const alone = args.length === 1 && argument !== null && typeof argument === "object"
    && !Array.isArray(argument) && !(argument instanceof Map || argument instanceof Set) && typeof argument.toJSON !== "function" && !("__args" in argument) && !("__tag" in argument);
  return plain(alone ? argument : { __args: args });
}

function tokenOfPage() {
  if (typeof document === "undefined") return null;
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content");
}

async function interceptedRequest(call, options, signal) {
  // A hook is no part of the effect that calls: what it reads must not make that effect run again.
  if (interceptors.size > 0) await undefined;
  for (const { hooks } of interceptors) {
    options = { ...options, ...(await hooks.request?.({ ...call, options })) };
  }
  return { ...options, signal: options.signal ? AbortSignal.any([options.signal, signal]) : signal };
}

async function interceptedResponse(call, data) {
  for (const { hooks } of interceptors) data = (await hooks.response?.(data, call)) ?? data;
  return data;
}

/** Every error hook hears of the error; one that answers false is enough to suppress it. */
async function suppressed(error, call) {
  let silent = false;
  for (const { hooks } of interceptors) {
    if ((await hooks.error?.(error, call)) === false) silent = true;
  }
  return silent;
}

/** The error for an answer that is not OK: status, the server's text and, where it is JSON, data. */
async function refusal({ response, functionName }) {
  const text = await response.text();
  const reason = [response.status, response.statusText].filter(Boolean).join(" ");
  const error = new Error(`RPC ${functionName} failed: ${reason}${text === "" ? "" : `: ${text}`}`);
  error.status = response.status;
  error.body = text;
  try {
    error.details = JSON.parse(text).details;
  } catch {
    error.details = undefined;
  }
  return error;
}

/** What is thrown for an error within a call: always an Error that names the function. */
function explained(error, { functionName, response }, limit) {
  let result = error;
  if (limit.passed) {
    result = failure(`RPC ${functionName} timed out after ${limit.ms} ms`, error, "TIMEOUT");
  } else if (!(error instanceof Error) || error.status === undefined) {
    const reason = error?.message ?? String(error);
    result = failure(`RPC ${functionName} failed: ${reason}`, error, response === undefined ? "NETWORK" : undefined);
    if (response !== undefined) result.status = response.status;
  }
  result.functionName = functionName;
  return result;
}

function failure(message, cause, code) {
  const error = new Error(message, { cause });
  if (code !== undefined) error.code = code;
  return error;
}

/** @param {string} [server] @returns {string} without a slash at its end */
function baseUrl(server) {
  const page = globalThis.window ?? globalThis;
  const base = config.baseUrl || page.__TOVA_RPC_BASE || baseOfOwner(server, page);
  return base.replace(/\/+$/, "");
}

/** Same origin in a page, unless the function's server is another one than the page's. */
function baseOfOwner(server, page) {
  if (typeof document === "undefined" || page.location === undefined) return "http://localhost:3000";
  const port = server === undefined ? undefined : portsOfServers()[server];
  const { protocol, hostname, port: explicit } = page.location;
  const own = explicit || (protocol === "https:" ? "443" : "80");
  return port === undefined || String(port) === own ? "" : `${protocol}//${hostname}:${port}`;
}

/** The ports that the page names; @returns {Record<string, number>} */
function portsOfServers() {
  const element = document.getElementById?.("tova-servers");
  return element ? { __proto__: null, ...JSON.parse(element.textContent) } : { __proto__: null };
}
