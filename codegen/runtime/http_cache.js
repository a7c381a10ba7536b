/**
 * `cache { }`: for how long answers of routes may be kept where they do not say so themselves. What
 * a request with credentials gets is for its browser alone.
 */
import { after, SetupError, withHeaders } from "./http_features.js";

/**
 * @param {object} [options]
 * @param {number} [options.max_age] seconds, 0
 * @param {number} [options.stale_while_revalidate] seconds
 * @param {boolean} [options.private] never for shared caches
 * @returns {import("./http_features.js").Feature}
 */
export function cache({ max_age = 0, stale_while_revalidate, private: own = false } = {}) {
  for (const seconds of [max_age, stale_while_revalidate ?? 0]) {
    if (!Number.isInteger(seconds) || seconds < 0) throw new SetupError(`cache: ${seconds} is no number of seconds`);
  }
  const ages = [`max-age=${max_age}`];
  if (stale_while_revalidate !== undefined) ages.push(`stale-while-revalidate=${stale_while_revalidate}`);
  const directive = (scope) => [scope, ...ages].join(", ");
  return {
    name: "cache",
    scope: "routes",
    around: (req, next) => after(next(), (response) => {
      const reads = req.method === "GET" || req.method === "HEAD";
      if (!reads || response.status !== 200 || response.headers.has("cache-control") || req.upgraded) return response;
      const { headers } = req.raw;
      const personal = own || headers.has("authorization") || headers.has("cookie") || response.headers.has("set-cookie");
      return withHeaders(response, (target) => target.set("Cache-Control", directive(personal ? "private" : "public")));
    }),
  };
}
