/**
 * `ws { }`: sockets on every path that has no handler of its own, with one function for each event. What
 * the functions wait for is waited for, so the messages of one socket are handled one after the other;
 * what they throw goes to the log and to on_error, and ends nothing.
 */
import { HttpError } from "./http_errors.js";
import { SetupError } from "./http_features.js";
import { auth as known } from "./http_guards.js";

/** Messages of one socket that wait for the one before. */
const MAX_WAITING = 100;

const POLICY = 1008;

/**
 * @param {object} [options]
 * @param {(ws: any) => any} [options.on_open]
 * @param {(ws: any, message: string | Uint8Array) => any} [options.on_message]
 * @param {(ws: any, code: number, reason: string) => any} [options.on_close]
 * @param {(ws: any, error: Error) => any} [options.on_error]
 * @param {boolean | ((req: any) => any)} [options.auth] true: as `with auth`; a function: false or nil refuses
 * @param {number} [options.max_connections] at a time, 10,000
 * @returns {import("./http_features.js").Feature}
 */
export function websockets({ auth = false, max_connections = 10_000, ...handlers } = {}) {
  if (!Number.isInteger(max_connections) || max_connections < 1) {
    throw new SetupError(`ws: max_connections must be a number above 0, not ${JSON.stringify(max_connections)}`);
  }
  const limit = limitGuard(max_connections);
  const guards = typeof auth === "function" ? [limit, askGuard(auth)] : auth ? [limit, knownGuard()] : [limit];
  return { name: "ws", socket: { guards, handler: (ws) => listen(limit.counted(ws), handlers) } };
}

/** Refuses connections above a number. */
function limitGuard(most) {
  let open = 0;
  return {
    around: (req, next) => (open < most ? next() : Promise.reject(new HttpError(503))),
    counted(ws) {
      open++;
      return ws.on("close", () => open--);
    },
  };
}

/** `with auth`; browsers send no header with the handshake of a socket, so the token may stand in the query. */
function knownGuard() {
  const guard = known();
  return {
    ...guard,
    around(req, next) {
      const { token } = req.query;
      const { headers } = req.raw;
      if (/^[\w.~+/=-]+$/.test(token ?? "") && !headers.has("authorization")) headers.set("authorization", `Bearer ${token}`);
      return guard.around(req, next);
    },
  };
}

function askGuard(allows) {
  return {
    async around(req, next) {
      const answer = await allows(req);
      if (answer instanceof Response) return answer;
      if (answer === false || answer === null || answer === undefined) throw new HttpError(401);
      return next();
    },
  };
}

function listen(ws, { on_open, on_message, on_close, on_error }) {
  const run = inOrder(ws);
  if (on_error) ws.on("error", (error) => on_error(ws, error));
  if (on_message) ws.on("message", (message) => run(() => on_message(ws, message)));
  if (on_close) ws.on("close", (code, reason) => run(() => on_close(ws, code, reason), true));
  if (on_open) ws.on("open", () => run(() => on_open(ws)));
}

/**
 * Runs functions one after the other, at once as long as none has to be waited for.
 * @returns {(f: () => any, always?: boolean) => any}
 */
function inOrder(ws) {
  let last = null;
  let waiting = 0;
  const follow = (result) => {
    const settled = Promise.resolve(result).catch(() => {}).then(() => {
      if (last === settled) last = null;
    });
    last = settled;
    return result;
  };
  return (f, always = false) => {
    if (last === null) {
      const result = f();
      return typeof result?.then === "function" ? follow(result) : result;
    }
    if (waiting >= MAX_WAITING && !always) return ws.close(POLICY, "too many messages");
    waiting++;
    return follow(last.then(() => {
      waiting--;
      return f();
    }));
  };
}
