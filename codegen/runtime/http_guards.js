/**
 * What a route can ask for with `with`: who it is, what they may, how often, how long. Each stands
 * around the route and around the endpoint of its function alike.
 */
import { errorResponse } from "./http_errors.js";
import { clientOf, RateLimiter, tooMany } from "./http_rate_limit.js";

/** @typedef {{ name: string, around: Function, requires?: string }} Guard requires: a feature that the server must have */

/** `with auth`: only who has shown who they are, as the server's `auth { }` or `session { }` finds out. @returns {Guard} */
export const auth = () => ({
  name: "auth",
  requires: "identity",
  around: (req, next) => (isKnown(req.user) ? next() : unauthorized(req)),
});

/** `with role("admin")`: one of these roles, as `role` or in `roles` of the user. @param {...string} wanted @returns {Guard} */
export const role = (...wanted) => ({
  name: "role",
  around(req, next) {
    if (!isKnown(req.user)) return unauthorized(req);
    return rolesOf(req.user).some((each) => wanted.includes(each)) ? next() : errorResponse(403);
  },
});

const isKnown = (user) => user !== undefined && user !== null && user !== false;

/** Own properties alone: a role is nothing that every object has. */
function rolesOf(user) {
  const own = (name) => (Object.hasOwn(Object(user), name) ? user[name] : undefined);
  return [own("role"), own("roles")].flat().filter((each) => typeof each === "string");
}

function unauthorized(req) {
  const { scheme, why } = req.refusal ?? {};
  const headers = scheme === undefined ? {} : { "WWW-Authenticate": scheme };
  return errorResponse(401, undefined, why === undefined ? undefined : [why], headers);
}

/** `with rate_limit(10, 60)`. @param {number} max requests of one client @param {number} seconds @returns {Guard} */
export function rate_limit(max, seconds = 60) {
  const limiter = new RateLimiter(max, seconds);
  return {
    name: "rate_limit",
    around(req, next) {
      const wait = limiter.take(clientOf(req.ip));
      return wait > 0 ? tooMany(wait) : next();
    },
  };
}

/** `with timeout(5000)`: an answer that takes longer is given up. @param {number} milliseconds @returns {Guard} */
export const timeout = (milliseconds) => ({
  name: "timeout",
  async around(req, next) {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(errorResponse(504, "The answer took too long")), milliseconds);
    });
    try {
      return await Promise.race([next(), late]);
    } finally {
      clearTimeout(timer);
    }
  },
});
