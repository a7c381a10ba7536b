// Requests for what is not there, what is not for them, or with more in them than they should have.
const rpc = (name, body = {}, more = {}) => ({ path: `/rpc/${name}`, body, ...more });
const foreign = { headers: { origin: "https://evil.example" } };

export const rows = [
  // Prototypes.
  ["__proto__ in a body", rpc("echo", '{"__args":[{"__proto__":{"polluted":1,"isAdmin":true}}]}'), { status: 200 }],
  ["constructor.prototype in a body", rpc("echo", '{"__args":[{"constructor":{"prototype":{"polluted":1}}}]}'), { status: 200 }],
  ["__proto__ as a named argument", rpc("greet", '{"__proto__":{"name":"x"}}'), { status: 400 }],
  ["nothing has come into other objects", rpc("pollution"), { status: 200, body: { result: { polluted: null, admin: null, own: 0 } } }],
  ["prototype keys in a query", { method: "GET", path: "/named?__proto__[polluted]=1&__proto__=x&constructor=y" }, { status: 200 }],
  ["prototype keys in a model", rpc("find_by", '{"__args":[{"__proto__":{"x":1},"constructor":1}]}'), { status: 400 }],
  ["still nothing in other objects", rpc("pollution"), { status: 200, body: { result: { polluted: null, admin: null, own: 0 } } }],

  // Functions that are none, or not for outside.
  ...["nope", "_hidden", "constructor", "__proto__", "toString", "named", "listen", "NoteModel", "%5Fhidden", "alive/", "alive/../_hidden", "", "a%00b", "%ff"].map((name) => [
    `the function ${JSON.stringify(name)}`, rpc(name), { status: name === "" || name.includes("%ff") ? [400, 404] : 404 },
  ]),
  ...["GET", "PUT", "DELETE", "PATCH"].map((method) => [`${method} of a function`, { method, path: "/rpc/alive" }, { status: 405, headers: { allow: "POST" } }]),

  // Other origins.
  ["a call from another origin", rpc("alive", {}, foreign), { status: 403 }],
  ["a call from no origin at all, as in a sandbox", rpc("alive", {}, { headers: { origin: "null" } }), { status: 403 }],
  ["a call from a name that begins like ours", rpc("alive", {}, { headers: { origin: "http://localhost.evil.example" } }), { status: 403 }],
  ["a form of another site", { path: "/rpc/add_note", body: '{"title":"x","text":"y"}', headers: { "content-type": "text/plain", origin: "https://evil.example" } }, { status: [403, 415] }],
  ["a form without an origin", { path: "/rpc/add_note", body: "title=x&text=y", headers: { "content-type": "application/x-www-form-urlencoded" } }, { status: 415 }],
  ["the question of a browser before a call from elsewhere", { method: "OPTIONS", path: "/rpc/alive", headers: { origin: "https://evil.example", "access-control-request-method": "POST" } }, { status: 403 }],
  ["JSON of another site that is called a text, to a route", { path: "/notes", body: '{"title":"x","text":"y"}', headers: { "content-type": "text/plain", origin: "https://evil.example" } }, { status: 415 }],
  ["the same where the browser says only that it is another site", { path: "/notes", body: '{"title":"x","text":"y"}', headers: { "content-type": "text/plain", "sec-fetch-site": "cross-site" } }, { status: 415 }],
  ["JSON of another site that is called a form, to a route", { path: "/notes", body: '{"title":"x","text":"y"}', headers: { "content-type": "application/x-www-form-urlencoded", origin: "null" } }, { status: 415 }],
  ["the question of a browser before JSON to a route, which no middleware answers", { method: "OPTIONS", path: "/notes", headers: { origin: "https://evil.example", "access-control-request-method": "POST" } }, { status: 204, without: { "access-control-allow-origin": true } }],
  ["a socket from another origin", { method: "GET", path: "/socket", headers: { origin: "https://evil.example", connection: "Upgrade", upgrade: "websocket", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-version": "13" }, raw: true }, { status: 403 }],
  ["a plain request to a socket", { method: "GET", path: "/socket" }, { status: 426 }],

  // Paths.
  ...["/files/../../etc/passwd", "/../app.server.js", "/app.server.js", "/.tova-out/app.server.js", "/runtime/server.js", "/app.tova", "/attacks.db", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/runtime/..%2fapp.server.js", "/..%5c..%5cboot.ini", "/app.client.js%00.map", "/runtime/../app.server.js.map"].map((path) => [
    `the path ${path}`, { method: "GET", path, raw: true }, { status: path.startsWith("/files") ? [200, 404] : [400, 404] },
  ]),
  ["a path that decodes to nothing", { method: "GET", path: "/notes/%E0%A4%A", raw: true }, { status: 400 }],
  ["an id that is no number", { method: "GET", path: "/notes/1%20OR%201=1" }, { status: 400 }],
  ["an id beyond all ids", { method: "GET", path: "/notes/99999999999999999999" }, { status: [400, 404] }],
  ["a path of 7,000 letters", { method: "GET", path: `/${"a".repeat(7_000)}` }, { status: [404, 414, 431] }],

  // Answers that tell too much.
  ["a function that fails", rpc("fail"), { status: 500, body: { error: "Internal server error" } }],
  ["a function that fails later", rpc("fail_later"), { status: 500, body: { error: "Internal server error" } }],
  ["a route that fails", { method: "GET", path: "/fail" }, { status: 500, body: { error: "Internal server error" } }],
  ["what is not there", { method: "GET", path: "/nope" }, { status: 404, body: { error: "Not found" } }],

  // SQL in arguments.
  ["SQL in a value", rpc("find_notes", { __args: ["' OR '1'='1"] }), { status: 200, body: { result: [] } }],
  ["SQL in the name of a column", rpc("find_by", { __args: [{ "title\" = '' OR 1=1 --": "x" }] }), { status: 400 }],
  ["SQL in a column to change", rpc("change_note", { __args: [1, { "title = 'x', text": "y" }] }), { status: 400 }],
  ["an object in the place of a value", rpc("find_by", { __args: [{ title: { $ne: "" } }] }), { status: 400 }],
  ["a note named like SQL", rpc("add_note", { __args: ["x'); DROP TABLE notes; --", "y"] }), { status: 200 }],
  ["the table is there", rpc("note_count"), { status: 200, body: { result: 1 } }],

  // Headers made of what a client sends.
  ["a line end in a header", { method: "GET", path: "/named?name=x%0d%0aSet-Cookie:%20a=b" }, { status: [400, 500], without: { "set-cookie": true } }],
  ["a line end in a redirection", { method: "GET", path: "/forward?to=/%0d%0aSet-Cookie:%20a=b" }, { status: [302, 400, 500], without: { "set-cookie": true } }],
  ["a redirection to a script", { method: "GET", path: "/forward?to=javascript:alert(1)" }, { status: [302, 400, 500] }],
];
