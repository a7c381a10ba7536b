/**
 * Middleware in both of its shapes, (req, res) and (req, next), in the order of declaration, and
 * the response that (req, res) prepares. What comes after the last one is the caller's business.
 */
import { errorResponse } from "./http_errors.js";
import { headerName, headerValue, withHeaders } from "./http_headers.js";

/** What (req, res) middleware is given: headers and a status for the answer, or the answer. */
export class PendingResponse {
  #headers = null; // lower-case name -> [name, values], once there is one
  #status = 0; // 0: none was set
  #body = undefined; // undefined: not answered

  /** @param {string} name @param {string | number | string[]} value a list gives one line an item */
  setHeader(name, value) {
    const key = headerName(name);
    const values = Array.isArray(value) ? value : [value];
    (this.#headers ??= new Map()).set(key.toLowerCase(), [key, values.map((item) => headerValue(key, item))]);
    return this;
  }

  /** @returns {string | undefined} */
  getHeader(name) {
    return this.#headers?.get(String(name).toLowerCase())?.[1].join(", ");
  }

  removeHeader(name) {
    this.#headers?.delete(String(name).toLowerCase());
    return this;
  }

  /** @param {number} code from 200 on; 400 and above refuse the request */
  status(code) {
    if (!Number.isInteger(code) || code < 200 || code > 599) throw new RangeError(`not a status: ${code}`);
    this.#status = code;
    return this;
  }

  json(value) {
    return this.#answerWith("application/json;charset=utf-8", JSON.stringify(value ?? null));
  }

  send(text) {
    return this.#answerWith("text/plain;charset=utf-8", String(text ?? ""));
  }

  end(body = null) {
    this.#body = body;
    return this;
  }

  #answerWith(type, body) {
    if (this.getHeader("content-type") === undefined) this.setHeader("Content-Type", type);
    return this.end(body);
  }

  /** @returns {Response | null} the answer, when there is one already; not decorated */
  answer() {
    if (this.#body === undefined && this.#status < 400) return null;
    if (this.#body === undefined) return errorResponse(this.#status);
    const status = this.#status || 200;
    return new Response(EMPTY.has(status) ? null : this.#body, { status });
  }

  /** The response with the headers that were set here, and the status if one was set. */
  decorate(response) {
    if (this.#status !== 0 && response.status === 200 && this.#status !== 200) {
      response = new Response(response.body, { status: this.#status, headers: response.headers });
    }
    return this.#headers === null ? response : withHeaders(response, this.#headers.values());
  }
}

/** Statuses of responses that have no body. */
const EMPTY = new Set([204, 205, 304]);

/**
 * @param {{ run: Function, next: boolean }[]} chain
 * @param {import("./http_request.js").ServerRequest} req
 * @param {(req: any) => Response | Promise<Response>} handler what the chain stands before
 * @returns {Promise<Response>}
 */
export async function runMiddleware(chain, req, handler) {
  const res = new PendingResponse();
  return res.decorate(await runFrom(0, chain, req, res, handler));
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

/**
 * A function of the program in front of some routes; one that says `false` refuses.
 * @param {Function} run (req, res), or (req, next)
 * @returns {{ name: string, around: Function }}
 */
export function middleware(run, { next = false } = {}) {
  const decide = async (req, other) => {
    const answer = await run(req, other);
    return answer === false ? errorResponse(403) : answer;
  };
  const chain = [{ run: decide, next }];
  return { name: run.name, around: (req, inner) => runMiddleware(chain, req, inner) };
}
