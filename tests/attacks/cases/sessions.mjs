// Sessions: cookies that nobody was given, and requests that a page of another site makes a visitor's browser send. A row: name,
// what is sent for the visitors ann and bob, what has to come back.
import { createHmac } from "node:crypto";

const nobody = { status: 200, body: {} };
const whoami = (cookie, more = {}) => ({ method: "GET", path: "/whoami", headers: { cookie, ...more } });
const visit = ({ cookie }, headers = {}) => ({ path: "/visit", headers: { cookie, ...headers } });
const call = ({ cookie }, headers = {}) => ({ path: "/rpc/alive", body: {}, headers: { cookie, ...headers } });
const parts = ({ cookie }) => /^([^=]+)=([^.]+)\.(.+)$/.exec(cookie).slice(1);
const refused = { status: 403 };

/** A cookie that is made of ann's, whose name is not the one that was signed. */
const forged = {
  "nothing": () => "__sid=",
  "no signature": ([name, id]) => `${name}=${id}`,
  "an empty signature": ([name, id]) => `${name}=${id}.`,
  "a cut signature": ([name, id, mark]) => `${name}=${id}.${mark.slice(0, -1)}`,
  "a longer signature": ([name, id, mark]) => `${name}=${id}.${mark}a`,
  "the signature of another": ([name, id], [, , mark]) => `${name}=${id}.${mark}`,
  "another name with the signature": ([name, , mark], [, id]) => `${name}=${id}.${mark}`,
  "another secret": ([name, id]) => `${name}=${id}.${createHmac("sha256", "guessed").update(`id:${id}`).digest("base64url")}`,
  "the token in the place of the signature": ([name, id], bob, ann) => `${name}=${id}.${ann.token}`,
  "a name of the prototype": ([name, , mark]) => `${name}=__proto__.${mark}`,
  "only dots": ([name]) => `${name}=....`,
  "a path": ([name, , mark]) => `${name}=../../ann.${mark}`,
  "5,000 letters": ([name]) => `${name}=${"a".repeat(5_000)}.${"b".repeat(43)}`,
  "escapes that decode to nothing": ([name]) => `${name}=%E0%A4%A.%ff`,
};

const foreign = { origin: "https://evil.example" };

export const rows = [
  ["the cookie itself", ({ ann }) => whoami(ann.cookie), { status: 200 }],
  ...Object.entries(forged).map(([name, make]) => [
    `a cookie with ${name}`, ({ ann, bob }) => whoami(make(parts(ann), parts(bob), ann)), nobody,
  ]),

  ["a form of another site", ({ ann }) => visit(ann, foreign), refused],
  ["a form of a sandbox", ({ ann }) => visit(ann, { origin: "null" }), refused],
  ["a form of a site that begins like this one", ({ ann }) => visit(ann, { origin: "http://localhost.evil.example" }), refused],
  ["a browser that says only that it is another site", ({ ann }) => visit(ann, { "sec-fetch-site": "cross-site" }), refused],
  ["a page of a neighbour", ({ ann }) => visit(ann, { "sec-fetch-site": "same-site" }), refused],
  ["nobody says which page", ({ ann }) => visit(ann), refused],
  ["a call of another site", ({ ann }) => call(ann, foreign), refused],
  ["a call of nobody says which page", ({ ann }) => call(ann), refused],
  ["logging out from another site", ({ ann }) => ({ path: "/logout", headers: { cookie: ann.cookie, ...foreign } }), refused],
  ...["", "x", "__proto__", "undefined"].map((token) => [
    `the token ${JSON.stringify(token)}`, ({ ann }) => visit(ann, { "x-tova-csrf": token, "sec-fetch-site": "same-origin" }), refused,
  ]),
  ["the token of another session", ({ ann, bob }) => visit(ann, { "x-tova-csrf": bob.token }), refused],
  ["the token of another session, a call", ({ ann, bob }) => call(ann, { "x-tova-csrf": bob.token }), refused],
  ["the signature of the cookie as a token", ({ ann }) => visit(ann, { "x-tova-csrf": parts(ann)[2] }), refused],
  ["a cut token", ({ ann }) => visit(ann, { "x-tova-csrf": ann.token.slice(0, -1) }), refused],
  ["the token in the query", ({ ann }) => ({ ...visit(ann), path: `/visit?csrf=${ann.token}&x-tova-csrf=${ann.token}` }), refused],
  ["the token in the body", ({ ann }) => ({ ...visit(ann), body: { csrf: ann.token, _csrf: ann.token } }), refused],

  ["the right token", ({ ann }) => visit(ann, { "x-tova-csrf": ann.token }), { status: 200, body: { visits: 1 } }],
  ["the right token, a call", ({ ann }) => call(ann, { "x-tova-csrf": ann.token }), { status: 200, body: { result: true } }],
  ["a page of the server", ({ ann }) => visit(ann, { "sec-fetch-site": "same-origin" }), { status: 200, body: { visits: 1 } }],
  ["members that a client would like its session to have", ({ ann }) => ({ ...visit(ann, { "x-tova-csrf": ann.token }), body: { session: { isAdmin: true }, __proto__: { isAdmin: true } } }), { status: 200, body: { visits: 1 } }],
];
