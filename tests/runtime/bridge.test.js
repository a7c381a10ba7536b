// What an endpoint does beyond calling its function: Responses, pages of other sites, tokens of pages.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { redirect, respond, with_headers } from "../../codegen/runtime/http_answers.js";
import { stream } from "../../codegen/runtime/http_streams.js";
import { answerOfCall, createServer } from "../../codegen/runtime/server.js";
import { atEnd, finish, post } from "./support.js";

afterAll(finish);

process.env.TOVA_READY_FD = "none";
let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());

function serve(define) {
  const server = createServer({ port: 0 });
  define(server);
  const { port } = server.__listen();
  atEnd(server.__stop);
  return `http://127.0.0.1:${port}`;
}

describe("a function that gives a Response", () => {
  test("an error goes out as it is, what it holds is the result, cookies come along", async () => {
    const refused = await answerOfCall(respond(404, { error: "no such user" }));
    expect([refused.status, await refused.json()]).toEqual([404, { error: "no such user" }]);
    const created = await answerOfCall(with_headers(respond(201, { id: 1 }), { "Set-Cookie": "a=1" }));
    expect([created.status, await created.json(), created.headers.getSetCookie()]).toEqual([200, { result: { id: 1 } }, ["a=1"]]);
    expect(await (await answerOfCall(redirect("/there"))).json()).toEqual({ result: null });
    expect(await (await answerOfCall(new Response("text"))).json()).toEqual({ result: "text" });
  });

  test("a stream is refused", async () => {
    const answer = await answerOfCall(stream((send) => send(1)));
    expect([answer.status, await answer.json()]).toEqual([406, { error: "This function answers with a stream: ask its route" }]);
  });
});

describe("pages of other sites", () => {
  const url = serve(({ __addRoute }) => __addRoute("POST", "/rpc/f", () => Response.json({ result: 1 })));

  test("a call that a browser says comes from another site is refused, with an Origin and without", async () => {
    for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }, { Origin: "null" }, { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" }]) {
      const answer = await post(`${url}/rpc/f`, {}, headers);
      expect([answer.status, await answer.json()]).toEqual([403, { error: "Origin not allowed" }]);
    }
  });

  test("calls of this site, of a person and of programs are not", async () => {
    for (const headers of [{ "Sec-Fetch-Site": "same-origin" }, { "Sec-Fetch-Site": "none" }, {}, { Origin: url }]) {
      expect((await post(`${url}/rpc/f`, {}, headers)).status).toBe(200);
    }
  });
});

describe("the token of a page", () => {
  const token = (value) => ({ name: "token", around: (req, next) => { req.csrfToken = value; return next(); } });
  const page = { title: "p", script: "a.js", modules: [], servers: {} };

  test("stands in its head, quoted, and the page is kept by nobody", async () => {
    const url = serve(({ __use, __addPage }) => { __use(token('a"><script>$&')); __addPage("/", page); });
    const answer = await fetch(`${url}/`);
    expect(await answer.text()).toContain('<meta name="csrf-token" content="a&quot;&gt;&lt;script&gt;$&amp;">\n</head>');
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("a page without one has no such element", async () => {
    const url = serve(({ __addPage }) => __addPage("/", page));
    const answer = await fetch(`${url}/`);
    expect(await answer.text()).not.toContain("csrf");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
  });
});
