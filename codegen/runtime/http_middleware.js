/**
 * Middleware in both of its shapes, (req, res) and (req, next), in the order of declaration, and
 * the response that (req, res) prepares. What comes after the last one is the caller's business.
 */
import { errorResponse, reasonOf } from "./http_errors.js";
import { isToken } from "./http_request.js";

/** What (req, res) middleware is given: headers and a status for the answer, or the answer. */
export class PendingResponse {
  #headers = new Map(); // lower-case name -> [name, values]
  #status = undefined;
  #body = undefined;
  #answered = false;

  /** @param {string} name @param {string | number | string[]} value a list gives one line an item */
  setHeader(name, value) {
    if (!isToken(String(name))) throw new TypeError(`not the name of a header: ${JSON.stringify(name)}`);
    const values = [value].flat().map((item) => headerValue(name, item));
    this.#headers.set(String(name).toLowerCase(), [String(name), values]);
    return this;
  }

  /** @returns {string | undefined} */
  getHeader(name) {
    return this.#headers.get(String(name).toLowerCase())?.[1].join(", ");
  }

  removeHeader(name) {
    this.#headers.delete(String(name).toLowerCase());
    return this;
  }

  /** @param {number} code from 200 on; 400 and above refuse the request */
  status(code) {
    if (!Number.isInteger(code) || code < 200 || code > 599) throw new RangeError(`not a status: ${code}`);
    this.#status = code;
    return this;
  }

  json(value) {
    if (!this.#headers.has("content-type")) this.setHeader("Content-Type", "application/json;charset=utf-8");
    return this.end(JSON.stringify(value ?? null));
  }

  send(text) {
    if (!this.#headers.has("content-type")) this.setHeader("Content-Type", "text/plain;charset=utf-8");
    return this.end(String(text ?? ""));
  }

  end(body = null) {
    this.#body = body;
    this.#answered = true;
    return this;
  }

  /** @returns {Response | null} the answer, when there is one already */
  answer() {
    const status = this.#status ?? 200;
    if (this.#answered) {
      const body = [204, 205, 304].includes(status) ? null : this.#body;
      return this.decorate(new Response(body, { status }));
    }
    return status >= 400 ? this.decorate(errorResponse(status, reasonOf(status))) : null;
  }

  /** The response with the headers that were set here, and the status if one was set. */
  decorate(response) {
    const status = this.#status !== undefined && response.status === 200 ? this.#status : response.status;
    if (this.#headers.size === 0 && status === response.status) return response;
    const headers = new Headers(response.headers);
    for (const [name, values] of this.#headers.values()) {
      if (name.toLowerCase() !== "set-cookie") headers.delete(name);
      for (const value of values) headers.append(name, value);
    }
    return new Response(response.body, { status, headers });
  }
}

/** Line ends and other control characters would start a header of the caller's own. */
function headerValue(name, value) {
  const text = String(value);
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(text)) {
    throw new TypeError(`not a value for the header ${name}: ${JSON.stringify(text)}`);
  }
  return text;
}

/**
 * @param {{ run: Function, next: boolean }[]} chain
 * @param {import("./http_request.js").ServerRequest} req
 * @param {(req: any) => Response | Promise<Response>} handler what the chain stands before
 * @returns {Promise<Response>}
 */
export async function runMiddleware(chain, req, handler) {
  const res = new PendingResponse();
  const response = await runFrom(0, chain, req, res, handler);
  return res.decorate(response);
}

async function runFrom(start, chain, req, res, handler) {
  for (let index = start; index < chain.length; index++) {
    const { run, next } = chain[index];
    if (next) return runAround(run, req, (given) => runFrom(index + 1, chain, given ?? req, res, handler));
    const pending = run(req, res);
    const returned = pending instanceof Promise ? await pending : pending;
    if (returned instanceof Response) return returned;
    const answer = res.answer();
    if (answer !== null) return answer;
  }
  return handler(req);
}

/** One that neither answers nor calls next lets nothing through. */
async function runAround(run, req, next) {
  let following = null;
  const returned = await run(req, (given) => (following = next(given)));
  if (returned instanceof Response) return returned;
  if (returned === undefined || returned === null) return following ?? errorResponse(403);
  return Response.json(returned);
}
