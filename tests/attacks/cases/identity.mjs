// Who somebody says to be: tokens of every kind but the right one, on a route and on the endpoint of its function alike. And the
// paths of a folder that is served.
import { createHmac } from "node:crypto";

const SECRET = "the secret of the attack suite";
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = (payload, { secret = SECRET, head = { alg: "HS256", typ: "JWT" } } = {}) => {
  const text = `${part(head)}.${part(payload)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
};

const later = Math.floor(Date.now() / 1000) + 600;
const good = signed({ sub: 1, exp: later });
const boss = signed({ sub: 2, role: "boss", exp: later });
const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });

const wrong = {
  "no token": {},
  "an empty token": bearer(""),
  "words": bearer("let me in"),
  "three dots": bearer("..."),
  "another secret": bearer(signed({ sub: 1, exp: later }, { secret: "guessed" })),
  "no algorithm": bearer(`${part({ alg: "none" })}.${part({ sub: 1, role: "boss" })}.`),
  "another algorithm": bearer(signed({ sub: 1, exp: later }, { head: { alg: "RS256", typ: "JWT" } })),
  "a token of yesterday": bearer(signed({ sub: 1, exp: later - 86_400 })),
  "a token of tomorrow": bearer(signed({ sub: 1, exp: later + 86_400, nbf: later + 3_600 })),
  "a changed payload": bearer(`${good.split(".")[0]}.${part({ sub: 2, role: "boss", exp: later })}.${good.split(".")[2]}`),
  "a cut signature": bearer(good.slice(0, -4)),
  "no signature": bearer(`${good.split(".").slice(0, 2).join(".")}.`),
  "a payload that is no object": bearer(signed("boss")),
  "basic authorization": { headers: { authorization: `Basic ${Buffer.from("admin:admin").toString("base64")}` } },
  "the token in a cookie": { headers: { cookie: `token=${good}` } },
};

const places = { route: { method: "GET", path: "/diary" }, endpoint: { path: "/rpc/diary", body: {} } };

export const rows = [
  ...Object.entries(places).flatMap(([place, request]) => [
    ...Object.entries(wrong).map(([name, more]) => [`${name}, ${place}`, { ...request, ...more }, { status: 401 }]),
    [`a good token, ${place}`, { ...request, ...bearer(good) }, { status: 200 }],
  ]),
  ["a token in the query", { method: "GET", path: `/diary?token=${good}&access_token=${good}` }, { status: 401 }],
  ["a token in the arguments", { path: "/rpc/diary", body: { __args: [good], authorization: `Bearer ${good}`, user: { role: "boss" } } }, { status: 401 }],
  ["a role that is not theirs, route", { path: "/sack", body: {}, ...bearer(good) }, { status: 403 }],
  ["a role that is not theirs, endpoint", { path: "/rpc/sack_everybody", body: {}, ...bearer(good) }, { status: 403 }],
  ["a role of the prototype", { path: "/rpc/sack_everybody", body: {}, ...bearer(signed({ sub: 1, exp: later, roles: { boss: true }, ["__proto__"]: { role: "boss" } })) }, { status: 403 }],
  ["the role itself, endpoint", { path: "/rpc/sack_everybody", body: {}, ...bearer(boss) }, { status: 200, body: { result: true } }],

  ["a file of the folder", { method: "GET", path: "/public/hello.txt" }, { status: 200 }],
  ...[
    "/public/../app.tova", "/public/..%2fapp.tova", "/public/%2e%2e/app.tova", "/public/..\\app.tova", "/public/..%5capp.tova",
    "/public/....//app.tova", "/public/%252e%252e/app.tova", "/public//etc/passwd", "/public/%00hello.txt", "/public/hello.txt%00.png",
    "/public/.hidden", "/public/link", "/public/", "/public", "/public/../attacks.db", "/PUBLIC/hello.txt", "/publicity",
  ].map((path) => [`the path ${path}`, { method: "GET", path, raw: true }, { status: [301, 308, 400, 403, 404] }]),
  ["writing into the folder", { method: "PUT", path: "/public/hello.txt", body: "x" }, { status: [404, 405] }],
];
