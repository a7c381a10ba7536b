/**
 * `session { }`: what a server remembers of a browser between requests, as `req.session`. The cookie
 * holds a signed random name and nothing else. A request that changes anything and comes with a
 * session must come from a page of this server, or bring the session's token.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { set_cookie } from "./http_answers.js";
import { errorResponse } from "./http_errors.js";
import { SetupError, STAGE, withHeaders } from "./http_features.js";
import { isToken } from "./http_headers.js";
import { bySession } from "./http_identity.js";
import { MemoryStore } from "./session_store.js";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const ID_BYTES = 24;

/**
 * @param {object} options
 * @param {string} options.secret signs cookies and tokens
 * @param {number} [options.max_age] seconds after the last use, a day
 * @param {string} [options.cookie_name] __sid
 * @param {boolean} [options.secure] whether the cookie is for HTTPS alone; as the request came without it
 * @param {"Lax" | "Strict" | "None"} [options.same_site] Lax
 * @param {"memory" | { get: Function, set: Function, delete: Function }} [options.store]
 * @returns {import("./http_features.js").Feature}
 */
export function session({ secret, max_age = 86_400, cookie_name = "__sid", secure, same_site = "Lax", store = "memory" }) {
  if (typeof secret !== "string" || secret === "") throw new SetupError("session: `secret` must be a text that is not empty");
  if (!isToken(cookie_name)) throw new SetupError(`session: not the name of a cookie: ${JSON.stringify(cookie_name)}`);
  if (!(Number.isInteger(max_age) && max_age > 0)) throw new SetupError("session: `max_age` must be a number of seconds");
  const options = { max_age, cookie_name, secure, same_site };
  const sessions = new Sessions(secret, store === "memory" ? new MemoryStore() : store, options);
  return {
    name: "session",
    provides: "identity",
    stage: STAGE.IDENTIFY,
    settings: { identifyOtherwise: bySession },
    around: (req, next) => sessions.around(req, next),
  };
}

class Sessions {
  #secret;
  #store;
  #options;

  constructor(secret, store, options) {
    this.#secret = secret;
    this.#store = store;
    this.#options = options;
  }

  async around(req, next) {
    const visit = await this.#begin(req);
    if (visit.id !== null && !READS.has(req.method) && !this.#isMeant(req, visit.id)) {
      return errorResponse(403, "This request does not come from a page of this server");
    }
    req.session = visit.session;
    Object.defineProperty(req, "csrfToken", { get: () => (visit.id === null ? undefined : this.#mark("csrf", visit.id)), configurable: true });
    return this.#end(req, visit, await next());
  }

  /** The session of a request: that of its cookie, or a new one that has no name until something is in it. */
  async #begin(req) {
    const id = this.#idOf(req.cookies[this.#options.cookie_name]);
    const data = id === null ? undefined : await this.#store.get(id);
    const known = data !== undefined && data !== null;
    const { __renewed: renewed = 0, ...own } = known ? data : {};
    const visit = { id: known ? id : null, renewed, before: texts(own), session: own, ended: false, fresh: false };
    const hidden = (name, value) => Object.defineProperty(visit.session, name, { value, enumerable: false });
    hidden("destroy", () => { visit.ended = true; });
    hidden("regenerate", () => { visit.fresh = true; });
    return visit;
  }

  /** Only what the secret has signed is a name. */
  #idOf(cookie) {
    const dot = typeof cookie === "string" ? cookie.lastIndexOf(".") : -1;
    if (dot < 1) return null;
    const id = cookie.slice(0, dot);
    return sameText(cookie.slice(dot + 1), this.#mark("id", id)) ? id : null;
  }

  #mark(purpose, id) {
    return createHmac("sha256", this.#secret).update(`${purpose}:${id}`).digest("base64url");
  }

  /** A token that is there must be the right one; without one a browser must say that the page is this server's. */
  #isMeant(req, id) {
    const token = req.raw.headers.get("x-tova-csrf");
    return token !== null ? sameText(token, this.#mark("csrf", id)) : req.fromOwnPage() === true;
  }

  async #end(req, visit, response) {
    if (req.upgraded) return response;
    if (visit.ended) return this.#forget(req, visit, response);
    const after = texts(visit.session);
    const changes = changesOf(visit.before, after);
    const old = Date.now() - visit.renewed > (this.#options.max_age * 1000) / 2;
    if (changes.length === 0 && !visit.fresh && (visit.id === null || !old)) return response;
    await this.#keep(visit, changes, after);
    return this.#withCookie(req, response, `${visit.id}.${this.#mark("id", visit.id)}`, this.#options.max_age);
  }

  /** Requests that run at the same time each keep what they have changed. Who logs in or out gets a new name. */
  async #keep(visit, changes, after) {
    const rename = visit.id === null || visit.fresh || changes.some((key) => key === "user" || key === "user_id");
    const kept = { ...(visit.id === null ? {} : await this.#store.get(visit.id)) };
    for (const key of changes) {
      if (after.has(key)) kept[key] = JSON.parse(after.get(key));
      else delete kept[key];
    }
    kept.__renewed = Date.now();
    if (rename && visit.id !== null) await this.#store.delete(visit.id);
    if (rename) visit.id = randomBytes(ID_BYTES).toString("base64url");
    await this.#store.set(visit.id, kept, this.#options.max_age);
  }

  async #forget(req, visit, response) {
    if (visit.id === null) return response;
    await this.#store.delete(visit.id);
    return this.#withCookie(req, response, "", 0);
  }

  #withCookie(req, response, value, maxAge) {
    const { cookie_name, secure = req.url.startsWith("https:"), same_site } = this.#options;
    const cookie = set_cookie(cookie_name, value, { httpOnly: true, secure, sameSite: same_site, maxAge });
    return withHeaders(response, (headers) => {
      headers.append("Set-Cookie", cookie);
      if (!headers.has("cache-control")) headers.set("Cache-Control", "no-store");
    });
  }
}

/** Members as JSON, so that a change inside of one is seen. @returns {Map<string, string>} */
function texts(session) {
  const members = Object.entries(session).map(([key, value]) => [key, JSON.stringify(value)]);
  return new Map(members.filter(([key, text]) => text !== undefined && key !== "__proto__" && key !== "__renewed"));
}

function changesOf(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}

function sameText(a, b) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
