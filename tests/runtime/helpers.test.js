// The helpers of server blocks: as the compiler emits them for tests/golden/cases/server_helpers, and by
// themselves against values that come from outside.
import { afterAll, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { html, redirect, respond, set_cookie, text, with_headers } from "../../codegen/runtime/http_answers.js";
import { cache_control, etag } from "../../codegen/runtime/http_fresh.js";
import { negotiate } from "../../codegen/runtime/http_negotiation.js";
import { eventStream, eventText, sse, stream } from "../../codegen/runtime/http_streams.js";
import { sign_jwt, useSecret, verify_jwt } from "../../codegen/runtime/jwt.js";
import { withLock } from "../../codegen/runtime/locks.js";
import { hash_password, verify_password } from "../../codegen/runtime/passwords.js";
import { atEnd, finish, folder, post, start, until } from "./support.js";

afterAll(finish);

const started = start(folder({ golden: "server_helpers" }), "app.server.js", { PORT: "0" });

const headersOf = (response, ...names) => names.map((name) => response.headers.get(name));

describe("over HTTP", () => {
  test("respond: status, JSON and headers", async () => {
    const { url } = await started;
    const response = await post(`${url}/users`, { name: "Ann" });
    expect([response.status, ...headersOf(response, "content-type", "x-kind", "x-content-type-options")])
      .toEqual([201, "application/json;charset=utf-8", "new", "nosniff"]);
    expect(await response.json()).toEqual({ name: "Ann" });
  });

  test("respond(204) has neither body nor type", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/users`, { method: "DELETE" });
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([204, null, ""]);
  });

  test("redirect", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/old`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([301, "/new"]);
  });

  test("html sends markup, escapeHtml makes outside text harmless in it", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/pages/${encodeURIComponent("<script>")}`);
    expect([response.headers.get("content-type"), await response.text()])
      .toEqual(["text/html;charset=utf-8", "<h1>&lt;script&gt;</h1>"]);
  });

  test("text, with a header", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/robots.txt`);
    expect([...headersOf(response, "content-type", "cache-control"), await response.text()])
      .toEqual(["text/plain;charset=utf-8", "max-age=60", "none"]);
  });

  test("two cookies are two headers, and values are encoded", async () => {
    const { url } = await started;
    const response = await post(`${url}/login`, {});
    expect(response.headers.getSetCookie()).toEqual([
      "id=a%20b%3Bc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", "seen=1; Path=/; SameSite=Lax",
    ]);
  });

  test("stream sends pieces as they come", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/feed`);
    expect([response.headers.get("content-type"), await response.text()])
      .toEqual(["text/plain;charset=utf-8", "piece 1\npiece 2\npiece 3\n"]);
  });

  test("sse sends events", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/clock`);
    expect(headersOf(response, "content-type", "cache-control")).toEqual(["text/event-stream", "no-cache"]);
    expect(await response.text())
      .toBe('data: started\n\nevent: tick\ndata: {"at":1}\n\nevent: tick\ndata: two\ndata: lines\n\n');
  });

  test("passwords", async () => {
    const { url } = await started;
    const { hash, same, other } = await (await post(`${url}/register`, { password: "correct horse" })).json();
    expect([hash.startsWith("$argon2id$"), same, other]).toEqual([true, true, false]);
    expect((await post(`${url}/register`, { password: "" })).status).toBe(400);
  });

  test("a token comes back as its payload; none, a foreign or a changed one is 401", async () => {
    const { url } = await started;
    const token = await (await post(`${url}/token`, { user: 7 })).json();
    const me = (authorization) => fetch(`${url}/me`, { headers: authorization === null ? {} : { authorization } });
    expect(await (await me(`Bearer ${token}`)).json()).toMatchObject({ user: 7 });
    for (const bad of [null, "", "Bearer", "a.b.c", `${token}x`, sign_jwt({ user: 7 }, "other secret")]) {
      const response = await me(bad);
      expect([bad, response.status, (await response.json()).error]).toEqual([bad, 401, "Unauthorized"]);
    }
  });
});

describe("answers that are kept, and their forms", () => {
  test("a client that has the answer gets 304", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/kept`);
    expect(headersOf(response, "cache-control", "etag")).toEqual(["private, max-age=60", '"v1"']);
    const again = (tag, method = "GET") => fetch(`${url}/kept`, { method, headers: { "If-None-Match": tag } });
    const known = await again('"v0", W/"v1"');
    expect([known.status, await known.text(), ...headersOf(known, "etag", "content-type")]).toEqual([304, "", '"v1"', null]);
    expect((await again('"v2"')).status).toBe(200);
    expect(() => etag(text("a"), 'a"b')).toThrow("not a tag");
    expect(() => cache_control(text("a"), "1, public")).toThrow("number of seconds");
    expect(cache_control(text("a"), 1, { no_cache: true, stale_while_revalidate: 5 }).headers.get("cache-control"))
      .toBe("no-cache, max-age=1, stale-while-revalidate=5");
  });

  test("negotiate", async () => {
    const { url } = await started;
    const shown = async (accept) => {
      const response = await fetch(`${url}/shown/3`, { headers: { accept } });
      return [response.status, response.headers.get("content-type")?.split(";")[0], await response.text()];
    };
    expect(await shown("text/html,application/xhtml+xml,*/*;q=0.8")).toEqual([200, "text/html", "<h1>3</h1>"]);
    expect(await shown("application/xml")).toEqual([200, "application/xml", "<id>3</id>"]);
    expect(await shown("*/*")).toEqual([200, "application/json", '{"id":3}']);
    expect(await shown("text/html;q=0.1, application/json;q=0.9")).toEqual([200, "application/json", '{"id":3}']);
    expect(await shown("application/*;q=0, text/*")).toEqual([200, "text/html", "<h1>3</h1>"]);
    expect((await shown("image/png"))[0]).toBe(406);
    const forms = { json: (value) => [value], text: (value) => html(value), "image/svg+xml": () => "<svg/>" };
    const given = async (accept) => {
      const response = await negotiate({ raw: new Request("http://a", { headers: { accept } }) }, 1, forms);
      return [...headersOf(response, "content-type", "vary"), await response.text()];
    };
    expect(await given("application/json")).toEqual(["application/json;charset=utf-8", "Accept", "[1]"]);
    expect(await given("text/plain")).toEqual(["text/plain;charset=utf-8", "Accept", "1"]);
    expect(await given("image/*")).toEqual(["image/svg+xml;charset=utf-8", "Accept", "<svg/>"]);
    expect((await fetch(`${url}/shown/x`)).status).toBe(400);
  });

  test("what is done under the lock is not done at the same time", async () => {
    const { url } = await started;
    await Promise.all(Array.from({ length: 20 }, () => post(`${url}/count`, {})));
    expect(await (await fetch(`${url}/total`)).json()).toBe(20);
    expect(await withLock(() => withLock(() => "inner"))).toBe("inner");
    await expect(withLock(() => { throw new Error("inside"); })).rejects.toThrow("inside");
    expect(await withLock(() => "after")).toBe("after");
  });
});

describe("what comes from outside", () => {
  test("no value starts a header of its own", () => {
    const evil = "a\r\nX-Evil: 1";
    expect(() => redirect(evil)).toThrow("not a value for the header Location");
    expect(() => respond(200, {}, { "X-A": evil })).toThrow("not a value");
    expect(() => respond(200, {}, { "X-A: b\r\nX": "1" })).toThrow("not the name of a header");
    expect(() => with_headers(text("a"), { Cookie: "a\nb" })).toThrow("not a value");
    expect(() => set_cookie("a=b;c", "d")).toThrow("not the name of a cookie");
    expect(() => set_cookie("a", "b", { path: "/; Domain=evil" })).toThrow("not a cookie's Path");
    expect(() => set_cookie("a", "b", { domain: "x\r\ny" })).toThrow("not a cookie's Domain");
    expect(set_cookie("a", evil)).toBe("a=a%0D%0AX-Evil%3A%201; Path=/; SameSite=Lax");
    expect(() => eventText({ type: "a\ndata: b", data: 1 })).toThrow("one line");
  });

  test("statuses that are none are mistakes", () => {
    expect(() => respond(99)).toThrow("not a status: 99");
    expect(() => respond("200")).toThrow("not a status");
    expect(() => redirect("/", 200)).toThrow("not the status of a redirect");
  });

  test("letters beyond ASCII in an address", () => {
    expect(redirect("/café?q=%20ü").headers.get("location")).toBe("/caf%C3%A9?q=%20%C3%BC");
  });

  test("cookies", () => {
    expect(set_cookie("a", nil())).toBe("a=; Path=/; SameSite=Lax");
    expect(set_cookie("a", 1, { secure: true, same_site: "strict", max_age: 0, http_only: true, path: "/x", domain: "e.example" }))
      .toBe("a=1; Path=/x; Domain=e.example; Max-Age=0; HttpOnly; Secure; SameSite=Strict");
    expect(set_cookie("a", 1, { sameSite: "None", expires: new Date(0) }))
      .toBe("a=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; SameSite=None");
    expect(() => set_cookie("a", 1, { sameSite: "yes" })).toThrow("Strict, Lax or None");
    expect(() => set_cookie("a", 1, { maxAge: "1; Domain=x" })).toThrow("whole seconds");
  });

  test("headers of a value, of a promise and of a response that came from elsewhere", async () => {
    expect(await with_headers({ a: 1 }, { "X-A": "b" }).json()).toEqual({ a: 1 });
    expect((await with_headers(Promise.resolve(html("x")), { "X-A": ["b", "c"], "X-Nil": null })).headers.get("x-a")).toBe("b, c");
    expect(with_headers(Response.redirect("http://a.example/"), { "X-A": 1 }).headers.get("x-a")).toBe("1");
  });
});

const nil = () => undefined;

describe("tokens", () => {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = (header, payload, secret) => {
    const body = `${encode(header)}.${encode(payload)}`;
    return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
  };

  test("another algorithm, none included, is refused", () => {
    for (const alg of ["none", "None", "HS512", "RS256", undefined]) {
      expect(() => verify_jwt(signed({ alg }, { user: 1 }, "s"), "s")).toThrow("Unauthorized");
    }
    expect(() => verify_jwt(`${encode({ alg: "none" })}.${encode({ user: 1 })}.`, "s")).toThrow("Unauthorized");
    expect(verify_jwt(signed({ alg: "HS256" }, { user: 1 }, "s"), "s")).toEqual({ user: 1 });
  });

  test("time: expired, not valid yet, and claims that are no times", () => {
    const at = (claims) => () => verify_jwt(signed({ alg: "HS256" }, claims, "s"), "s");
    const now = Math.floor(Date.now() / 1000);
    expect(at({ exp: now - 1 })).toThrow("Unauthorized");
    expect(at({ exp: now + 60 })()).toEqual({ exp: now + 60 });
    expect(at({ nbf: now + 60 })).toThrow("Unauthorized");
    expect(at({ exp: "never" })).toThrow("Unauthorized");
    expect(at([1])).toThrow("Unauthorized");
    const { exp, iat } = verify_jwt(sign_jwt({}, "s", { expires_in: 5 }), "s");
    expect(exp - iat).toBe(5);
    expect(verify_jwt(sign_jwt({ a: 1 }, "s"), "s").exp).toBe(undefined);
  });

  test("the secret is that of the server where none is given, and never an empty one", () => {
    expect(() => sign_jwt({})).toThrow("needs a secret");
    expect(() => sign_jwt({}, "")).toThrow("needs a secret");
    useSecret("of the server");
    expect(verify_jwt(sign_jwt({ a: 1 }, null), "of the server").a).toBe(1);
    useSecret(undefined);
    expect(() => verify_jwt("a.b.c")).toThrow("needs a secret");
  });

  test("what is no token is refused", () => {
    for (const token of [undefined, null, 1, {}, "", "...", "a".repeat(100_000), `${encode({ alg: "HS256" })}..`]) {
      expect(() => verify_jwt(token, "s")).toThrow("Unauthorized");
    }
    expect(() => sign_jwt("user", "s")).toThrow("is an object");
  });
});

test("what is no password is refused, and matches nothing", async () => {
  for (const bad of ["", undefined, 5, "x".repeat(2000)]) await expect(hash_password(bad)).rejects.toThrow("Validation failed");
  const hash = await hash_password("a");
  expect(await Promise.all([verify_password("", hash), verify_password("a", "plain"), verify_password("a", null), verify_password({}, hash)]))
    .toEqual([false, false, false, false]);
  expect(await hash_password("a")).not.toBe(hash);
});

describe("streams", () => {
  /** A server in this process whose answers these are. */
  function serve(answer) {
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer, idleTimeout: 0 });
    atEnd(() => server.stop(true));
    return `http://127.0.0.1:${server.port}`;
  }

  async function firstPiece(url) {
    const abort = new AbortController();
    const response = await fetch(url, { signal: abort.signal });
    const { value } = await response.body.getReader().read();
    return { text: new TextDecoder().decode(value), leave: () => abort.abort() };
  }

  test("a generator is ended when the client goes away, its finally included", async () => {
    const seen = [];
    const url = serve(() => eventStream((async function* () {
      try {
        for (let i = 0; ; i++) {
          yield i;
          await Bun.sleep(5);
        }
      } finally {
        seen.push("ended");
      }
    })()));
    const client = await firstPiece(url);
    expect(client.text).toStartWith("data: 0\n\n");
    client.leave();
    expect(await until(() => seen.length === 1)).toBe(true);
  });

  test("send says false when the client has gone, or after close", async () => {
    let send;
    const url = serve(() => sse((given) => {
      send = given;
      given("hello");
    }));
    const client = await firstPiece(url);
    expect([client.text, send("more")]).toEqual(["data: hello\n\n", true]);
    client.leave();
    expect(await until(() => send("again") === false)).toBe(true);
    const after = [];
    await stream((piece, close) => after.push(piece("a"), close(), piece("b"), close())).text();
    expect(after).toEqual([true, undefined, false, undefined]);
  });

  test("a heartbeat keeps a quiet stream alive", async () => {
    const client = await firstPiece(serve(() => sse(() => {}, { heartbeat: 10 })));
    expect(client.text).toStartWith(": \n\n");
    client.leave();
    const quiet = await firstPiece(serve(() => eventStream((async function* () {
      await Bun.sleep(10_000);
      yield 1;
    })(), { heartbeat: 10 })));
    expect(quiet.text).toStartWith(": \n\n");
    quiet.leave();
  });

  test("a function or generator that fails ends its stream and nothing else", async () => {
    const url = serve((req) => {
      const failing = async () => {
        throw new Error("in a stream");
      };
      if (req.url.endsWith("/sse")) return sse(failing);
      if (req.url.endsWith("/stream")) return stream(() => {
        throw new Error("in a stream");
      });
      return eventStream((function* () {
        yield 1;
        throw new Error("in a generator");
      })());
    });
    expect(await (await fetch(`${url}/sse`)).text()).toBe("");
    expect(await (await fetch(`${url}/stream`)).text()).toBe("");
    expect(await (await fetch(`${url}/generator`)).text()).toBe("data: 1\n\n");
  });

  test("pieces: bytes as they are, values as lines of JSON", async () => {
    const response = stream((send, close) => {
      send(new Uint8Array([97, 10]));
      send({ b: 1 });
      send(nil());
      close();
    }, { "Content-Type": "application/x-ndjson" });
    expect([response.headers.get("content-type"), await response.text()]).toEqual(["application/x-ndjson", 'a\n{"b":1}\nnull\n']);
  });

  test("a program that sends faster than a client reads loses nothing", async () => {
    const url = serve(() => stream((send, close) => {
      for (let i = 0; i < 64; i++) send("x".repeat(1 << 18));
      close();
    }));
    expect((await (await fetch(url)).text()).length).toBe(1 << 24);
  });

  test("a client that takes nothing is let go", async () => {
    let result = true;
    let sent = 0;
    const url = serve(() => stream(async (send) => {
      const piece = new Uint8Array(1 << 16);
      while (result && sent < 1 << 28) {
        result = send(piece);
        sent += piece.length;
        if (sent % (1 << 20) === 0) await Bun.sleep(1);
      }
    }));
    const stalled = connect(new URL(url).port, "127.0.0.1", () => stalled.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    stalled.on("error", () => {}).pause();
    expect(await until(() => result === false || sent >= 1 << 28)).toBe(true);
    expect(sent).toBeLessThan(1 << 28);
    stalled.destroy();
  });

  test("events: text, values, names, and objects that only look like events", () => {
    expect(eventText("a\r\nb")).toBe("data: a\ndata: b\n\n");
    expect(eventText({ type: "x", data: { a: 1 }, id: 3 })).toBe('event: x\nid: 3\ndata: {"a":1}\n\n');
    expect(eventText({ event: "x", data: "y" })).toBe("event: x\ndata: y\n\n");
    expect(eventText({ type: "x", data: 1, more: 2 })).toBe('data: {"type":"x","data":1,"more":2}\n\n');
    expect(eventText({ data: 1 })).toBe('data: {"data":1}\n\n');
    expect(eventText(undefined)).toBe("data: null\n\n");
  });
});
