/**
 * `http`: requests whose outcome is a Result. A record becomes JSON, a JSON answer a value; an answer
 * with an error status is still an Ok. Err is for what never got an answer.
 */
import { bytesOf } from "./encoding.js";
import { messageOf } from "./outcomes.js";
import { Err, Ok } from "./result.js";
import { parse_json } from "./values.js";

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [headers]
 * @property {string} [bearer] for the header Authorization
 * @property {number} [timeout] of one attempt in milliseconds, 30000
 * @property {number} [retries] further attempts where there was no answer, 0
 * @property {number} [retry_delay] before the first of them in milliseconds, 1000; then twice, three times …
 * @property {boolean} [follow_redirects] true
 * @property {Record<string, any>} [params] of the query
 * @property {boolean} [stream] the body as a ReadableStream
 */

/** @param {any} body @param {Headers} headers gets the content type */
function encoded(body, headers) {
  if (body == null || typeof body === "string" || body instanceof FormData || body instanceof Blob) return body;
  if (body instanceof URLSearchParams || body instanceof ReadableStream) return body;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return bytesOf(body);
  if (body.__form === true) return formOf(body);
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return JSON.stringify(body);
}

function formOf({ __form, ...fields }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value instanceof Blob ? value : String(value));
  return form;
}

function addressOf(address, params) {
  if (params == null) return address;
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value != null)).toString();
  const [path, hash] = address.split("#");
  const whole = query === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${query}`;
  return hash === undefined ? whole : `${whole}#${hash}`;
}

async function responseOf(response, stream) {
  const { status, ok, headers } = response;
  const base = { status, ok, headers: Object.fromEntries(headers) };
  if (stream) return { ...base, body: response.body };
  const text = await response.text();
  const isJson = /[/+]json\b/.test(headers.get("content-type") ?? "");
  const parsed = isJson && text !== "" ? parse_json(text) : null;
  return { ...base, body: parsed?.isOk() ? parsed.unwrap() : text, json: () => parse_json(text) };
}

async function attempt(method, address, body, options) {
  const headers = new Headers(options.headers);
  if (options.bearer != null) headers.set("authorization", `Bearer ${options.bearer}`);
  const response = await fetch(addressOf(address, options.params), {
    method,
    headers,
    body: encoded(body, headers),
    redirect: options.follow_redirects === false ? "manual" : "follow",
    signal: AbortSignal.timeout(options.timeout ?? 30_000),
  });
  return responseOf(response, options.stream === true);
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {string} method @param {string} address @param {any} body @param {Options} [options] */
async function request(method, address, body, options) {
  const settings = options ?? {};
  for (let tries = 1; ; tries++) {
    try {
      return Ok(await attempt(method, address, body, settings));
    } catch (error) {
      if (tries > (settings.retries ?? 0)) {
        return Err(error?.name === "TimeoutError" ? `Timeout after ${settings.timeout ?? 30_000} ms` : messageOf(error));
      }
      await wait((settings.retry_delay ?? 1000) * tries);
    }
  }
}

const withoutBody = (method) => (address, options) => request(method, address, undefined, options);
const withBody = (method) => (address, body, options) => request(method, address, body, options);
const getStream = (address, options) => request("GET", address, undefined, { ...options, stream: true });

export const http = Object.freeze({
  get: withoutBody("GET"),
  post: withBody("POST"),
  put: withBody("PUT"),
  patch: withBody("PATCH"),
  delete: withoutBody("DELETE"),
  head: withoutBody("HEAD"),
  getStream,
  get_stream: getStream,
});
