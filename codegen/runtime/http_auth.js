/**
 * `auth { }`: how the server finds out who asks: by a signed token, by a key, or by the session. It
 * refuses nobody itself: routes do that with `with auth`, and anybody may read `req.user`.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { SetupError } from "./http_features.js";
import { isToken } from "./http_headers.js";
import { bySession } from "./http_identity.js";
import { useSecret, verify_jwt } from "./jwt.js";

/**
 * @param {object} options
 * @param {"jwt" | "api_key" | "session"} [options.type] "jwt"; "api_key" where there are keys
 * @param {string} [options.secret] of tokens
 * @param {"HS256"} [options.algorithm] the only one; a token that names another is refused
 * @param {string | string[]} [options.keys] that are valid
 * @param {string} [options.header] that has the key, X-API-Key
 * @returns {import("./http_features.js").Feature}
 */
export function authentication({ keys, type = keys === undefined ? "jwt" : "api_key", secret, algorithm = "HS256", header = "X-API-Key" }) {
  const makers = {
    jwt: () => byToken(secret, algorithm),
    api_key: () => byKey([keys ?? secret ?? []].flat(), header),
    session: () => bySession,
  };
  if (!Object.hasOwn(makers, type)) throw new SetupError(`auth: there is no type ${JSON.stringify(type)}; there are jwt, api_key and session`);
  return { name: "auth", provides: type === "session" ? undefined : "identity", settings: { identify: makers[type]() } };
}

function byToken(secret, algorithm) {
  if (algorithm !== "HS256") throw new SetupError(`auth: tokens are signed with HS256, not with ${JSON.stringify(algorithm)}`);
  if (typeof secret !== "string" || secret === "") throw new SetupError("auth: tokens need a secret");
  useSecret(secret);
  return (req) => {
    const given = req.raw.headers.get("authorization");
    if (given === null) return refuse(req, "Bearer");
    if (!/^Bearer +\S/i.test(given)) return refuse(req, "Bearer");
    try {
      return verify_jwt(given, secret);
    } catch (error) {
      return refuse(req, 'Bearer error="invalid_token"', error.details?.[0]);
    }
  };
}

function byKey(keys, header) {
  if (!isToken(header)) throw new SetupError(`auth: not the name of a header: ${JSON.stringify(header)}`);
  if (keys.length === 0 || keys.some((key) => typeof key !== "string" || key === "")) {
    throw new SetupError("auth: `keys` must be texts, at least one, none of them empty");
  }
  const digests = keys.map(digestOf);
  return (req) => {
    const given = req.raw.headers.get(header);
    if (given === null) return refuse(req, `ApiKey header="${header}"`);
    const digest = digestOf(given);
    let found = -1;
    digests.forEach((each, index) => { if (timingSafeEqual(each, digest)) found = index; }); // all of them, always
    return found < 0 ? refuse(req, `ApiKey header="${header}"`, "the key is not valid") : { key: found };
  };
}

const digestOf = (text) => createHash("sha256").update(text).digest();

function refuse(req, scheme, why) {
  req.refusal = { scheme, why };
  return null;
}
