/**
 * Features of a server: what `__use` takes, and how several of them stand around a request. A
 * feature is a plain object that a function of its own module makes; the server knows none of them.
 */

/**
 * Which of two features stands further outside. Those of one stage keep the order of their use.
 * TRACE: which request it is. SHARE: headers for other origins, also on refusals. ENCODE: what the body looks like on its way.
 * LIMIT: who asks too often. IDENTIFY: who asks. ANSWER: what answers in place of a handler.
 */
export const STAGE = Object.freeze({ TRACE: -1, SHARE: 0, ENCODE: 1, LIMIT: 2, IDENTIFY: 3, ANSWER: 4 });

/**
 * @typedef {import("./http_request.js").ServerRequest} ServerRequest
 * @typedef {() => Response | Promise<Response>} Next what stands further inside
 */

/**
 * @typedef {object} Feature
 * @property {string} [name] as people write it
 * @property {number} [stage] of STAGE; ANSWER without it
 * @property {"all" | "routes"} [scope] "routes": not around RPC endpoints, pages and their modules
 * @property {(req: ServerRequest, next: Next) => Response | Promise<Response>} [around]
 * @property {(add: (method: string, path: string, handler: Function) => void) => void} [routes]
 * @property {{ handler: Function, guards: { around: Function }[] }} [socket] for upgrades where no route has a socket
 * @property {(req: ServerRequest) => Response | null | Promise<Response | null>} [files] what stands where
 *     neither a route nor a page does; null: nothing
 * @property {(server: { name: string, port: number, url: string }) => void | Promise<void>} [start]
 *     once the port is known; requests wait until it is done
 * @property {() => void | Promise<void>} [stop] when the last request has been answered
 * @property {(error: unknown, req: ServerRequest) => any} [onError] an answer to what a handler has
 *     thrown, or nothing
 * @property {string} [provides] what guards may ask for by `requires`
 * @property {Settings} [settings]
 *
 * @typedef {object} Settings
 * @property {number} [maxBody] bytes of a request's body and of a socket's message
 * @property {number} [maxRequest] bytes of a request whose body the feature itself counts
 * @property {string[]} [origins] whose pages may call endpoints and open sockets
 * @property {object} [tls] as Bun.serve takes it
 * @property {(req: ServerRequest) => any} [identify] who asks, when somebody wants to know; nil for nobody
 * @property {(req: ServerRequest) => any} [identifyOtherwise] the same where no other feature does
 * @property {number} [trustedProxies] how many proxies of one's own stand in front
 */

/**
 * @param {{ around: Function }[]} features the outermost first
 * @param {ServerRequest} req
 * @param {Next} answer
 */
export function runAround(features, req, answer, index = 0) {
  if (index === features.length) return answer();
  return features[index].around(req, () => runAround(features, req, answer, index + 1));
}

/** A server that is not set up right: the process ends with this line and no stack. */
export class SetupError extends Error {}

/** Sets or adds headers, also where the response came from elsewhere and cannot be changed. */
export function withHeaders(response, change) {
  try {
    change(response.headers);
    return response;
  } catch {
    const headers = new Headers(response.headers);
    change(headers);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }
}

/** Calls `then` with a response that is there or is to come. */
export const after = (response, then) => (response instanceof Promise ? response.then(then) : then(response));
