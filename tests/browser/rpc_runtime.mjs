// codegen/runtime/rpc.js in a real page, against a server that tells what it was sent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { bun, root, run } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { openPage, startChromium } from "./chromium.mjs";

const browser = shared((t) => startChromium(t));
const server = shared((t) => startEcho(t));
const otherServer = shared((t) => startEcho(t));

/**
 * A server with a page, the runtime's modules, and procedures: `echo` answers with what it was sent,
 * `refuse` with 403 and a text, `hang` not at all.
 */
async function startEcho(t) {
  const http = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname.startsWith("/rpc/")) {
      await answerCall(pathname.slice(5), request, response);
    } else if (pathname.startsWith("/runtime/")) {
      response.setHeader("content-type", "text/javascript");
      response.end(readFileSync(join(root, "codegen/runtime", basename(pathname))));
    } else {
      const meta = searchParams.has("csrf") ? `<meta name="csrf-token" content="${searchParams.get("csrf")}">` : "";
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><link rel="icon" href="data:,">${meta}<p>page`);
    }
  });
  await new Promise((resolve) => http.listen(0, resolve));
  t.after(() => new Promise((resolve) => {
    http.closeAllConnections();
    http.close(resolve);
  }));
  return `http://localhost:${http.address().port}`;
}

async function answerCall(name, request, response) {
  response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("access-control-allow-headers", "content-type, x-tova-csrf, x-custom-csrf, authorization");
  if (request.method === "OPTIONS") return response.end();
  let text = "";
  for await (const chunk of request) text += chunk;
  if (name === "hang") return;
  if (name === "refuse") return response.writeHead(403, { "content-type": "text/plain" }).end("not for you");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ result: { name, method: request.method, headers: request.headers, body: JSON.parse(text) } }));
}

/** Opens a page of the server, and runs `body` in it with the runtime's module and `argument`. */
async function inPage(t, body, { argument, query = "", allowed } = {}) {
  const page = await openPage(t, await browser(), `${await server()}/${query}`, { allowed });
  return page.evaluate(
    async ([text, given]) => {
      const runtime = await import("/runtime/rpc.js");
      return new Function("runtime", "given", `return (${text})(runtime, given)`)(runtime, given);
    },
    [String(body), argument],
  );
}

const refused = { allowed: /status of 403/ };
const failed = { allowed: /ERR_|Failed to load|CORS/ };

test("no arguments are sent as {}, several as __args, one object as itself", async (t) => {
  const bodies = await inPage(t, async ({ rpc }) => {
    const calls = [[], ["alice", 10, true], [{ name: "Alice" }], [[1, 2]], [null], ["one"], [{ a: 1 }, 2]];
    return Promise.all(calls.map(async (args) => (await rpc("echo", args)).body));
  });
  assert.deepEqual(bodies, [
    {},
    { __args: ["alice", 10, true] },
    { name: "Alice" },
    { __args: [[1, 2]] },
    { __args: [null] },
    { __args: ["one"] },
    { __args: [{ a: 1 }, 2] },
  ]);
});

test("a call is a POST of JSON to /rpc/<function> on the page's own origin, and gives the result", async (t) => {
  const { name, method, headers } = await inPage(t, ({ rpc }) => rpc("echo"));
  assert.equal(name, "echo");
  assert.equal(method, "POST");
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers.origin, await server());
});

test("the CSRF token of the page's meta tag is sent as X-Tova-CSRF", async (t) => {
  const { headers } = await inPage(t, ({ rpc }) => rpc("echo"), { query: "?csrf=abc123" });
  assert.equal(headers["x-tova-csrf"], "abc123");
});

test("without a CSRF token no header is sent", async (t) => {
  const { headers } = await inPage(t, ({ rpc }) => rpc("echo"));
  assert.equal(headers["x-tova-csrf"], undefined);
});

test("setCSRFToken wins over the meta tag", async (t) => {
  const body = ({ rpc, setCSRFToken }) => {
    setCSRFToken("by hand");
    return rpc("echo");
  };
  const { headers } = await inPage(t, body, { query: "?csrf=abc123" });
  assert.equal(headers["x-tova-csrf"], "by hand");
});

test("configureRPC sets the CSRF token and the name of its header", async (t) => {
  const { headers } = await inPage(t, ({ rpc, configureRPC }) => {
    configureRPC({ csrfToken: "mine", csrfHeader: "X-Custom-CSRF" });
    return rpc("echo");
  });
  assert.equal(headers["x-custom-csrf"], "mine");
  assert.equal(headers["x-tova-csrf"], undefined);
});

test("configureRPC with a text, with baseUrl, and window.__TOVA_RPC_BASE set where calls go", async (t) => {
  const other = await otherServer();
  const hosts = [
    await inPage(t, async ({ rpc, configureRPC }, base) => {
      configureRPC(base);
      return (await rpc("echo")).headers.host;
    }, { argument: other }),
    await inPage(t, async ({ rpc, configureRPC }, base) => {
      configureRPC({ baseUrl: base });
      return (await rpc("echo")).headers.host;
    }, { argument: other }),
    await inPage(t, async ({ rpc }, base) => {
      window.__TOVA_RPC_BASE = base;
      return (await rpc("echo")).headers.host;
    }, { argument: other }),
  ];
  const host = new URL(other).host;
  assert.deepEqual(hosts, [host, host, host]);
});

test("outside a browser calls go to http://localhost:3000", async () => {
  const program =
    "globalThis.fetch = async (url) => { console.log(url); return Response.json({ result: 1 }); };" +
    `const { rpc } = await import(${JSON.stringify(join(root, "codegen/runtime/rpc.js"))});` +
    'await rpc("echo");';
  const { stdout, stderr } = await run(bun, ["-e", program]);
  assert.equal(stderr, "");
  assert.equal(stdout, "http://localhost:3000/rpc/echo\n");
});

test("cookies go by the credentials option: same origin by default, everywhere, nowhere", async (t) => {
  const other = await otherServer();
  const cookies = await inPage(t, async ({ rpc, configureRPC }, base) => {
    document.cookie = "session=1";
    const cookieOf = async () => (await rpc("echo")).headers.cookie ?? null;
    const seen = { here: await cookieOf() };
    configureRPC({ credentials: "omit" });
    seen.omitted = await cookieOf();
    configureRPC({ baseUrl: base, credentials: "same-origin" });
    seen.elsewhere = await cookieOf();
    configureRPC({ credentials: "include" });
    seen.included = await cookieOf();
    return seen;
  }, { argument: other });
  assert.deepEqual(cookies, { here: "session=1", omitted: null, elsewhere: null, included: "session=1" });
});

test("a call is given up after 30 seconds", async (t) => {
  const page = await openPage(t, await browser(), await server());
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  t.after(() => page.clock.resume()); // it is that of all pages
  await page.evaluate(async () => {
    const { rpc } = await import("/runtime/rpc.js");
    window.outcome = "waiting";
    rpc("hang").catch((error) => {
      window.outcome = [error instanceof Error, error.functionName];
    });
  });
  await page.clock.runFor(29_900);
  assert.equal(await page.evaluate(() => window.outcome), "waiting");
  await page.clock.runFor(200);
  assert.deepEqual(await page.evaluate(() => window.outcome), [true, "hang"]);
});

test("configureRPC sets the timeout, and 0 turns it off", async (t) => {
  const outcome = await inPage(t, async ({ rpc, configureRPC }) => {
    const settled = (call) => call.then(() => "answered", (error) => error.functionName);
    const later = (milliseconds) => new Promise((resolve) => setTimeout(() => resolve("waiting"), milliseconds));
    configureRPC({ timeout: 100 });
    const short = await Promise.race([settled(rpc("hang")), later(3000)]);
    configureRPC({ timeout: 0 });
    const none = await Promise.race([settled(rpc("hang")), later(400)]);
    return { short, none };
  });
  assert.deepEqual(outcome, { short: "hang", none: "waiting" });
});

test("an answer that is not OK throws an Error with status, function and the response's text", async (t) => {
  const error = await inPage(t, async ({ rpc }) => {
    const thrown = await rpc("refuse", ["x"]).catch((reason) => reason);
    return { isError: thrown instanceof Error, ...thrown, message: thrown.message };
  }, refused);
  assert.equal(error.isError, true);
  assert.equal(error.status, 403);
  assert.equal(error.functionName, "refuse");
  assert.match(error.message, /403/);
  assert.match(error.message, /not for you/);
});

test("an interceptor's request hook may change headers and body", async (t) => {
  const { seen, sent } = await inPage(t, async ({ rpc, addRPCInterceptor }) => {
    let seen;
    addRPCInterceptor({
      request({ url, functionName, args, options }) {
        seen = { url, functionName, args };
        options.headers.Authorization = "Bearer 1";
        return { ...options, body: JSON.stringify({ changed: true }) };
      },
    });
    return { sent: await rpc("echo", ["a", 2]), seen };
  });
  assert.equal(sent.headers.authorization, "Bearer 1");
  assert.deepEqual(sent.body, { changed: true });
  assert.deepEqual([seen.functionName, seen.args], ["echo", ["a", 2]]);
  assert.match(seen.url, /\/rpc\/echo$/);
});

test("a request hook that returns nothing keeps what it changed in place", async (t) => {
  const { headers } = await inPage(t, ({ rpc, addRPCInterceptor }) => {
    addRPCInterceptor({
      request({ options }) {
        options.headers.Authorization = "Bearer 2";
      },
    });
    return rpc("echo");
  });
  assert.equal(headers.authorization, "Bearer 2");
});

// Its `data` is the body of the answer, as in the listing of rpc(): the result is taken from it last.
test("a response hook may change the data, and keeps it by returning undefined", async (t) => {
  const results = await inPage(t, async ({ rpc, addRPCInterceptor }) => {
    const told = [];
    addRPCInterceptor({
      response(data, { url, functionName, args, response }) {
        told.push([functionName, args, response.status, url.endsWith("/rpc/echo"), data.result.name]);
      },
    });
    const kept = (await rpc("echo", [1])).name;
    addRPCInterceptor({ response: () => ({ result: "changed" }) });
    return { kept, changed: await rpc("echo", [2]), told };
  });
  assert.equal(results.kept, "echo");
  assert.equal(results.changed, "changed");
  assert.deepEqual(results.told, [["echo", [1], 200, true, "echo"], ["echo", [2], 200, true, "echo"]]);
});

test("an error hook is told, and false keeps the error from being thrown", async (t) => {
  const outcome = await inPage(t, async ({ rpc, addRPCInterceptor }) => {
    const told = [];
    const remove = addRPCInterceptor({
      error(error, { functionName, args, response }) {
        told.push([error.status, functionName, args, response?.status]);
      },
    });
    const thrown = await rpc("refuse", [1]).then(() => "answered", () => "thrown");
    remove();
    addRPCInterceptor({ error: () => false });
    const suppressed = await rpc("refuse", [2]).then((value) => ["answered", value === undefined], () => "thrown");
    return { told, thrown, suppressed };
  }, refused);
  assert.deepEqual(outcome, { told: [[403, "refuse", [1], 403]], thrown: "thrown", suppressed: ["answered", true] });
});

test("an error hook is told of a network failure, without a response", async (t) => {
  const told = await inPage(t, async ({ rpc, configureRPC, addRPCInterceptor }) => {
    const told = [];
    configureRPC("http://localhost:1");
    addRPCInterceptor({ error: (error, { functionName, response }) => void told.push([functionName, response === undefined]) });
    await rpc("echo").catch(() => {});
    return told;
  }, failed);
  assert.deepEqual(told, [["echo", true]]);
});

test("an interceptor that was removed is not asked again", async (t) => {
  const counts = await inPage(t, async ({ rpc, addRPCInterceptor }) => {
    let count = 0;
    const remove = addRPCInterceptor({ request: () => void (count += 1) });
    await rpc("echo");
    const before = count;
    remove();
    remove();
    await rpc("echo");
    return [before, count];
  });
  assert.deepEqual(counts, [1, 1]);
});

test("interceptors are asked in the order they were added", async (t) => {
  const order = await inPage(t, async ({ rpc, addRPCInterceptor }) => {
    const order = [];
    for (const name of ["first", "second"]) {
      addRPCInterceptor({ request: () => void order.push(`request ${name}`), response: () => void order.push(`response ${name}`) });
    }
    await rpc("echo");
    return order;
  });
  assert.deepEqual(order, ["request first", "request second", "response first", "response second"]);
});
