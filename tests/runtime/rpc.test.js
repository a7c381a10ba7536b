// rpc.js against a real server that says what it got. Expectations: ../shared/seeds/rpc-client.md.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { addRPCInterceptor, configureRPC, rpc, setCSRFToken } from "../../codegen/runtime/rpc.js";
import { Err, None, Ok, Some } from "../../codegen/runtime/core.js";
import { createEffect, createSignal } from "../../codegen/runtime/signals.js";
import { atEnd, finish, freePort } from "./support.js";

afterAll(finish);

let base;

/** Answers with what came in; some functions do otherwise. */
async function answer(request) {
  const name = new URL(request.url).pathname.slice("/rpc/".length);
  if (name === "slow") await Bun.sleep(300);
  if (name === "refuse") return Response.json({ error: "Validation failed", details: ["name is required"] }, { status: 400 });
  if (name === "broken") return new Response("oops", { status: 503 });
  if (name === "html") return new Response("<!doctype html>");
  if (name === "stalled") return new Response(new ReadableStream({ start: (stream) => stream.enqueue("{") }));
  if (name === "outcomes") return Response.json({ result: [Ok(1), Err("bad"), { found: Some({ id: 1 }), none: None }, { __tag: "Circle", r: 2 }] });
  if (name === "nothing") return Response.json({ result: null });
  const { method } = request;
  return Response.json({ result: { name, method, body: await request.json(), headers: Object.fromEntries(request.headers) } });
}

beforeAll(() => {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  atEnd(() => server.stop(true));
  base = `http://127.0.0.1:${server.port}`;
});

const DEFAULTS = { baseUrl: "", timeout: 30000, csrfToken: null, csrfHeader: "X-Tova-CSRF", credentials: "same-origin" };

afterEach(() => {
  configureRPC(DEFAULTS);
  for (const name of ["window", "document", "__TOVA_RPC_BASE"]) delete globalThis[name];
});

const call = (name, ...args) => {
  configureRPC(base);
  return rpc(name, args);
};

const failed = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("the call did not fail");
};

/** The options that fetch is called with, instead of a request. */
async function captured(run) {
  const real = globalThis.fetch;
  const calls = [];
  globalThis.fetch = async (url, options) => {
    calls.push({ url, options });
    return Response.json({ result: null });
  };
  try {
    await run();
  } finally {
    globalThis.fetch = real;
  }
  return calls;
}

describe("the body", () => {
  test("several arguments are a list, none are an empty object", async () => {
    expect((await call("search_users", "alice", 10, true)).body).toEqual({ __args: ["alice", 10, true] });
    expect((await call("get_users")).body).toEqual({});
    expect((await call("one", "x")).body).toEqual({ __args: ["x"] });
    expect((await call("two", { a: 1 }, { b: 2 })).body).toEqual({ __args: [{ a: 1 }, { b: 2 }] });
  });

  test("a single object is the body", async () => {
    expect((await call("create_user", { name: "Alice", email: "alice@example.com" })).body).toEqual({ name: "Alice", email: "alice@example.com" });
  });

  test("nil, lists, dates and what would be read as arguments are arguments", async () => {
    expect((await call("f", null)).body).toEqual({ __args: [null] });
    expect((await call("f", undefined)).body).toEqual({ __args: [null] });
    expect((await call("f", [1, 2])).body).toEqual({ __args: [[1, 2]] });
    expect((await call("f", new Date(0))).body).toEqual({ __args: ["1970-01-01T00:00:00.000Z"] });
    expect((await call("f", { __args: "x" })).body).toEqual({ __args: [{ __args: "x" }] });
  });

  test("it is a POST of JSON to the function", async () => {
    const { method, name, headers } = await call("get_users");
    expect([method, name, headers["content-type"]]).toEqual(["POST", "get_users", "application/json"]);
  });

  test("a function is not sent, which would arrive as nil", async () => {
    const error = await failed(call("process", (x) => x + 1));
    expect([error.message, error.functionName]).toEqual(["RPC process failed: a function cannot be sent", "process"]);
  });

  test("what JSON cannot hold fails and says of which call", async () => {
    const loop = {};
    loop.self = loop;
    const error = await failed(call("f", loop));
    expect(error.message).toContain("RPC f failed");
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});

describe("results", () => {
  test("the result is unwrapped", async () => {
    expect(await call("nothing")).toBe(null);
  });

  test("Ok, Err, Some and None have their methods again", async () => {
    const [ok, err, record, circle] = await call("outcomes");
    expect([ok.unwrap(), ok.isOk(), err.isErr(), err.unwrapOr(7)]).toEqual([1, true, true, 7]);
    expect([record.found.unwrap(), record.none]).toEqual([{ id: 1 }, None]);
    expect(circle).toEqual({ __tag: "Circle", r: 2 });
  });
});

describe("errors", () => {
  test("a refusal has status, function and the server's text", async () => {
    const error = await failed(call("refuse"));
    expect(error).toBeInstanceOf(Error);
    expect([error.status, error.functionName, error.details]).toEqual([400, "refuse", ["name is required"]]);
    expect(error.message).toBe('RPC refuse failed: 400 Bad Request: {"error":"Validation failed","details":["name is required"]}');
    const broken = await failed(call("broken"));
    expect([broken.status, broken.message]).toEqual([503, "RPC broken failed: 503 Service Unavailable: oops"]);
  });

  test("an answer that is not JSON", async () => {
    const error = await failed(call("html"));
    expect([error.status, error.functionName]).toEqual([200, "html"]);
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  test("no answer keeps its cause", async () => {
    configureRPC(`http://127.0.0.1:${await freePort()}`);
    const error = await failed(rpc("f"));
    expect([error.code, error.functionName, error.status]).toEqual(["NETWORK", "f", undefined]);
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.message).toContain(error.cause.message);
  });
});

describe("the timeout", () => {
  test("aborts with a code, while waiting and while reading", async () => {
    configureRPC({ timeout: 50 });
    for (const name of ["slow", "stalled"]) {
      const error = await failed(call(name));
      expect([error.code, error.functionName, error.message]).toEqual(["TIMEOUT", name, `RPC ${name} timed out after 50 ms`]);
    }
  });

  test("0 is none", async () => {
    configureRPC({ timeout: 0 });
    expect((await call("slow")).name).toBe("slow");
  });

  test("is 30 seconds unless set", async () => {
    const real = globalThis.setTimeout;
    const waits = [];
    globalThis.setTimeout = (f, ms) => { waits.push(ms); return real(f, ms); };
    await captured(() => rpc("f"));
    globalThis.setTimeout = real;
    expect(waits).toEqual([30000]);
  });
});

describe("where calls go", () => {
  test("localhost:3000 outside a browser", async () => {
    expect((await captured(() => rpc("f")))[0].url).toBe("http://localhost:3000/rpc/f");
  });

  test("a string or an object configures, and other options stay", async () => {
    configureRPC({ credentials: "include" });
    configureRPC("https://api.example.com/");
    const [{ url, options }] = await captured(() => rpc("f"));
    expect([url, options.credentials]).toEqual(["https://api.example.com/rpc/f", "include"]);
    configureRPC({ baseUrl: "https://b.example" });
    expect((await captured(() => rpc("a/b")))[0].url).toBe("https://b.example/rpc/a%2Fb");
  });

  test("same origin in a page, or the global's base, read at each call", async () => {
    page({ location: { protocol: "http:", hostname: "h", port: "3000" } });
    expect((await captured(() => rpc("f")))[0].url).toBe("/rpc/f");
    globalThis.window.__TOVA_RPC_BASE = "https://api.example.com";
    expect((await captured(() => rpc("f")))[0].url).toBe("https://api.example.com/rpc/f");
    configureRPC("https://explicit.example");
    expect((await captured(() => rpc("f")))[0].url).toBe("https://explicit.example/rpc/f");
  });

  test("the port of the server that has the function", async () => {
    page({ location: { protocol: "http:", hostname: "h", port: "3000" }, servers: { api: 3000, events: 4001 } });
    const urls = await captured(async () => {
      for (const server of ["api", "events", "unknown", undefined, "toString"]) await rpc("f", [], server);
    });
    expect(urls.map(({ url }) => url)).toEqual(["/rpc/f", "http://h:4001/rpc/f", "/rpc/f", "/rpc/f", "/rpc/f"]);
    page({ location: { protocol: "https:", hostname: "h", port: "" }, servers: { api: 443, events: 4001 } });
    const secure = await captured(() => Promise.all([rpc("f", [], "api"), rpc("f", [], "events")]));
    expect(secure.map(({ url }) => url)).toEqual(["/rpc/f", "https://h:4001/rpc/f"]);
  });

  test("credentials are same-origin unless set", async () => {
    expect((await captured(() => rpc("f")))[0].options.credentials).toBe("same-origin");
    configureRPC({ credentials: "omit" });
    expect((await captured(() => rpc("f")))[0].options.credentials).toBe("omit");
  });
});

/** As much of a page as rpc.js looks at. */
function page({ location, servers, token }) {
  globalThis.window = { location };
  globalThis.document = {
    querySelector: (selector) => (selector === 'meta[name="csrf-token"]' && token !== undefined ? { getAttribute: () => token() } : null),
    getElementById: (id) => (id === "tova-servers" && servers !== undefined ? { textContent: JSON.stringify(servers) } : null),
  };
}

describe("the CSRF token", () => {
  const header = async (name = "x-tova-csrf") => (await call("f")).headers[name];

  test("is not sent where there is none", async () => {
    expect(await header()).toBe(undefined);
    page({ token: () => "" });
    expect(await header()).toBe(undefined);
  });

  test("comes from the page's meta tag", async () => {
    page({ token: () => "abc123-token-value" });
    expect(await header()).toBe("abc123-token-value");
  });

  test("or is set by hand, which wins", async () => {
    page({ token: () => "of the page" });
    setCSRFToken("by hand");
    expect(await header()).toBe("by hand");
    setCSRFToken(null);
    expect(await header()).toBe("of the page");
    configureRPC({ csrfToken: "my-csrf-token" });
    expect(await header()).toBe("my-csrf-token");
  });

  test("in the header that is configured", async () => {
    configureRPC({ csrfToken: "t", csrfHeader: "X-Custom-CSRF" });
    expect(await header("x-custom-csrf")).toBe("t");
    expect(await header()).toBe(undefined);
  });
});

describe("interceptors", () => {
  const using = async (interceptor, run) => {
    const remove = addRPCInterceptor(interceptor);
    try {
      return await run();
    } finally {
      remove();
    }
  };

  test("what a hook reads is no dependency of the effect that calls", async () => {
    const [waiting, setWaiting] = createSignal(0);
    let runs = 0;
    let answered;
    const end = new Promise((resolve) => (answered = resolve));
    const count = { request: () => setWaiting(waiting() + 1), response: () => setWaiting(waiting() - 1) };
    await using(count, async () => {
      createEffect(async () => {
        runs += 1;
        await call("echo");
        answered();
      });
      await end;
      await Bun.sleep(20);
    });
    expect([runs, waiting()]).toEqual([1, 0]);
  });

  test("a request can be changed in place, or by options that are answered", async () => {
    const seen = [];
    const inPlace = {
      request({ url, functionName, args, options }) {
        seen.push([url, functionName, args, options.method]);
        options.headers["Authorization"] = "Bearer 1";
      },
    };
    const { headers } = await using(inPlace, () => call("f", 1));
    expect(headers.authorization).toBe("Bearer 1");
    expect(seen).toEqual([[`${base}/rpc/f`, "f", [1], "POST"]]);
    const answered = { request: ({ options }) => ({ headers: { ...options.headers, "X-A": "2" }, body: '{"changed":true}' }) };
    const result = await using(answered, () => call("f", 1));
    expect([result.headers["x-a"], result.body]).toEqual(["2", { changed: true }]);
    expect((await using({ request: () => null }, () => call("f", 1))).body).toEqual({ __args: [1] });
  });

  test("a signal of the caller's own does not end the timeout", async () => {
    configureRPC({ timeout: 50 });
    const error = await using({ request: () => ({ signal: new AbortController().signal }) }, () => failed(call("slow")));
    expect(error.code).toBe("TIMEOUT");
    const aborted = AbortSignal.abort(new Error("by hand"));
    const own = await using({ request: () => ({ signal: aborted }) }, () => failed(call("slow")));
    expect(own.code).not.toBe("TIMEOUT");
  });

  test("a response hook sees the data and may answer other data", async () => {
    const seen = [];
    const hook = {
      response(data, { url, functionName, args, response }) {
        seen.push([data.result.name, url, functionName, args, response.status]);
        return { ...data, result: "changed" };
      },
    };
    expect(await using(hook, () => call("f", 1))).toBe("changed");
    expect(seen).toEqual([["f", `${base}/rpc/f`, "f", [1], 200]]);
    expect((await using({ response() {} }, () => call("f"))).name).toBe("f");
  });

  test("an error hook hears of refusals and of failures, and false suppresses", async () => {
    const seen = [];
    const hook = { error: (error, { functionName, response }) => { seen.push([error.status, functionName, response?.status]); } };
    expect((await using(hook, () => failed(call("refuse")))).status).toBe(400);
    expect(await using({ error: () => false }, () => call("refuse"))).toBe(undefined);
    configureRPC({ timeout: 50 });
    expect(await using({ error: async () => false }, () => call("slow"))).toBe(undefined);
    await using(hook, () => failed(call("slow")));
    expect(seen).toEqual([[400, "refuse", 400], [undefined, "slow", undefined]]);
  });

  test("a response hook that throws makes the call fail", async () => {
    const error = await using({ response() { throw new Error("in the hook"); } }, () => failed(call("f")));
    expect(error.message).toContain("in the hook");
  });

  test("they run in order, keep their this, may be async, and are removed one at a time", async () => {
    const order = [];
    const first = { name: "first", async request() { await Bun.sleep(5); order.push(this.name); } };
    const second = { request: () => { order.push("second"); } };
    const removals = [addRPCInterceptor(first), addRPCInterceptor(second), addRPCInterceptor(second)];
    await call("f");
    removals[1]();
    removals[1]();
    await call("f");
    removals[0]();
    removals[2]();
    await call("f");
    expect(order).toEqual(["first", "second", "second", "first", "second"]);
  });
});
