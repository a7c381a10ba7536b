/**
 * Signed tokens (JSON Web Tokens) with HS256 and nothing else: a token that names another algorithm,
 * "none" included, is refused whatever it says.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { HttpError } from "./http_errors.js";

const HEADER = base64url(JSON.stringify({ alg: "HS256", typ: "JWT" }));

/** Longer tokens than this fit into no header. */
const MAX_LENGTH = 16_384;

let ownSecret;

/** The secret of calls that name none: that of the server's `auth { secret }`. @param {string} secret */
export function useSecret(secret) {
  ownSecret = secret;
}

function keyOf(secret) {
  const key = secret ?? ownSecret;
  if (typeof key === "string" && key !== "") return key;
  throw new Error("a token needs a secret: give one, or let the server have `auth { secret: … }`");
}

function base64url(text) {
  return Buffer.from(text).toString("base64url");
}

const signature = (text, key) => createHmac("sha256", key).update(text).digest();

const now = () => Math.floor(Date.now() / 1000);

/**
 * @param {Record<string, any>} payload
 * @param {string | null} [secret]
 * @param {{ expires_in?: number }} [options] seconds; without it the token never expires
 * @returns {string}
 */
export function sign_jwt(payload, secret, options) {
  if (payload === null || typeof payload !== "object" || Array.isArray(payload)) {
    throw new TypeError("the payload of a token is an object");
  }
  const key = keyOf(secret);
  const time = now();
  const claims = { iat: time, ...payload };
  const expires = options?.expires_in ?? options?.expiresIn;
  if (expires !== undefined && expires !== null) claims.exp = time + wholeSeconds(expires);
  const text = `${HEADER}.${base64url(JSON.stringify(claims))}`;
  return `${text}.${signature(text, key).toString("base64url")}`;
}

function wholeSeconds(value) {
  if (!Number.isFinite(value)) throw new TypeError(`expires_in is a number of seconds, not ${value}`);
  return Math.floor(value);
}

const refused = (why) => new HttpError(401, "Unauthorized", [why]);

/**
 * @param {string} token also behind the word Bearer, as the Authorization header has it
 * @param {string | null} [secret]
 * @returns {Record<string, any>} the payload
 * @throws {HttpError} 401 for what sign_jwt did not make with this secret, and what has expired
 */
export function verify_jwt(token, secret) {
  const key = keyOf(secret);
  const text = typeof token === "string" ? token.replace(/^Bearer +/i, "") : "";
  const parts = text.length > MAX_LENGTH ? [] : text.split(".");
  if (parts.length !== 3) throw refused("the token is not valid");
  const [header, payload, mark] = parts;
  const expected = signature(`${header}.${payload}`, key);
  const given = Buffer.from(mark, "base64url");
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  if (!genuine || parsed(header)?.alg !== "HS256") throw refused("the token is not valid");
  return current(parsed(payload));
}

function parsed(part) {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function current(claims) {
  if (claims === null || typeof claims !== "object" || Array.isArray(claims)) throw refused("the token is not valid");
  const time = now();
  if (claims.exp !== undefined && !(typeof claims.exp === "number" && time < claims.exp)) throw refused("the token has expired");
  if (claims.nbf !== undefined && !(typeof claims.nbf === "number" && time >= claims.nbf)) throw refused("the token is not valid yet");
  return claims;
}
