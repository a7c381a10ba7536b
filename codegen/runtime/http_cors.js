/**
 * `cors { }`: which pages of other origins may read what routes answer. Origins that are named may
 * call RPC endpoints too; `*` is for routes alone, and never goes together with credentials.
 */
import { after, SetupError, STAGE, withHeaders } from "./http_features.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/**
 * @param {object} [options]
 * @param {string | string[]} [options.origins] "*" without it
 * @param {string[]} [options.methods] all without it
 * @param {string[]} [options.headers] of requests; those that are asked for without it
 * @param {string[]} [options.exposed] headers of responses that pages may read
 * @param {boolean} [options.credentials] whether cookies may come along
 * @param {number} [options.max_age] seconds that a browser may remember the answer for, 600
 * @returns {import("./http_features.js").Feature}
 */
export function cors({ origins = "*", methods = METHODS, headers, exposed = [], credentials = false, max_age = 600 } = {}) {
  const named = [origins].flat();
  const everyone = named.includes("*");
  if (everyone && credentials) {
    throw new SetupError("cors: credentials need origins by their names; \"*\" would share cookies with every page");
  }
  for (const origin of named) checkOrigin(origin);
  const allowed = new Set(named);

  /** Headers of any response to a page that may read it. */
  const share = (target, origin) => {
    target.set("Access-Control-Allow-Origin", everyone ? "*" : origin);
    if (credentials) target.set("Access-Control-Allow-Credentials", "true");
    if (exposed.length > 0) target.set("Access-Control-Expose-Headers", exposed.join(", "));
  };

  /** The answer to the question of a browser before a request that no form could send. */
  const answerQuestion = (req, mayRead, origin) => {
    const response = new Response(null, { status: 204, headers: { Vary: "Origin, Access-Control-Request-Headers" } });
    if (!mayRead) return response;
    share(response.headers, origin);
    response.headers.set("Access-Control-Allow-Methods", methods.join(", "));
    const asked = headers?.join(", ") ?? req.raw.headers.get("access-control-request-headers");
    if (asked) response.headers.set("Access-Control-Allow-Headers", asked);
    response.headers.set("Access-Control-Max-Age", String(max_age));
    return response;
  };

  return {
    name: "cors",
    stage: STAGE.SHARE,
    scope: "routes",
    settings: { origins: named.filter((origin) => origin !== "*") },
    around(req, next) {
      const origin = req.raw.headers.get("origin");
      const mayRead = origin !== null && (everyone || allowed.has(origin));
      const asks = req.method === "OPTIONS" && req.raw.headers.has("access-control-request-method");
      if (asks && origin !== null) return answerQuestion(req, mayRead, origin);
      return after(next(), (response) => withHeaders(response, (target) => {
        if (!everyone) target.append("Vary", "Origin");
        if (mayRead) share(target, origin);
      }));
    },
  };
}

function checkOrigin(origin) {
  if (origin === "*") return;
  if (typeof origin !== "string" || !URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new SetupError(`cors: ${JSON.stringify(origin)} is no origin; one looks like "https://example.com", without a path`);
  }
}
