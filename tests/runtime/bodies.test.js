// http_bodies.js: who is waited for, for how long, and that nothing is left when nobody is.
import { describe, expect, test } from "bun:test";
import { isSmall, partsOf, readSmall } from "../../codegen/runtime/http_bodies.js";

const MODULE = new URL("../../codegen/runtime/http_bodies.js", import.meta.url).pathname;

/** What is waited for is let go in the sweep after its time, and the sweeps of a busy machine come late. */
const SWEEP = 250;
const LATE = 30_000;

/** A request whose body comes as the test says. */
function request() {
  let controller;
  const body = new ReadableStream({ start: (own) => { controller = own; } });
  return {
    raw: { body, text: () => new Response(body).text(), json: () => new Response(body).json() },
    send: (bytes) => controller.enqueue(typeof bytes === "number" ? new Uint8Array(bytes) : new TextEncoder().encode(bytes)),
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  };
}

/** How a promise ended, and after how many milliseconds. */
async function outcome(promise) {
  const start = performance.now();
  const result = await promise.then((value) => ({ value }), (error) => ({ error: error.status ?? error.message, headers: error.headers }));
  return { ...result, after: performance.now() - start };
}

async function all(parts) {
  let size = 0;
  for await (const part of parts) size += part.byteLength;
  return size;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const patient = (patience) => ({ patience, idleSeconds: 10 });

describe("a body that is read as a whole", () => {
  test("is what the platform makes of it", async () => {
    const one = request();
    const read = readSmall(one.raw, "json", patient(1000));
    one.send('{"a":1}');
    one.end();
    expect(await read).toEqual({ a: 1 });
  });

  test("goes through what the caller gives, and so does why it cannot be read", async () => {
    const good = request();
    const bad = request();
    const then = { read: (text) => text.length, failed: (error) => `failed: ${error.name}` };
    const reads = [readSmall(good.raw, "text", patient(1000), then), readSmall(bad.raw, "json", patient(1000), then)];
    good.send("abc");
    good.end();
    bad.send("{");
    bad.end();
    expect(await Promise.all(reads)).toEqual([3, "failed: SyntaxError"]);
  });

  test("what the caller throws is how it ends", async () => {
    const one = request();
    const read = readSmall(one.raw, "text", patient(1000), { read: () => { throw new Error("mine"); }, failed: () => null });
    one.end();
    expect((await outcome(read)).error).toBe("mine");
  });

  test("that does not end is a 408 that closes the connection, not before its time", async () => {
    const one = request();
    one.send("half");
    const { error, headers, after } = await outcome(readSmall(one.raw, "text", patient(500)));
    expect([error, headers]).toEqual([408, { Connection: "close" }]);
    expect(after).toBeGreaterThan(500);
    expect(after).toBeLessThan(500 + 2 * SWEEP + LATE);
    one.end(); // what comes after all changes nothing
  });
});

describe.concurrent("several that wait", () => {
  test("each has its own time, and one that ends leaves the others waiting", async () => {
    const [short, ends, long] = [request(), request(), request()];
    const order = [];
    const noted = (name, promise) => outcome(promise).then((found) => { order.push(name); return found; });
    const waits = [
      noted("long", readSmall(long.raw, "text", patient(3000))),
      noted("ends", readSmall(ends.raw, "text", patient(3000))),
      noted("short", readSmall(short.raw, "text", patient(300))),
    ];
    ends.send("all");
    ends.end();
    const [last, whole, first] = await Promise.all(waits);
    expect(order).toEqual(["ends", "short", "long"]);
    expect([first.error, whole.value, last.error]).toEqual([408, "all", 408]);
    expect(last.after).toBeGreaterThan(3000);
  });

  test("the first, the last and those in the middle may end in any order", async () => {
    const requests = Array.from({ length: 7 }, request);
    const reads = requests.map(({ raw }) => outcome(readSmall(raw, "text", patient(3000))));
    for (const index of [3, 0, 6, 5]) {
      requests[index].send(`${index}`);
      requests[index].end();
      await pause(1);
    }
    const found = await Promise.all(reads);
    expect(found.map(({ value, error }) => value ?? error)).toEqual(["0", 408, 408, "3", 408, "5", "6"]);
  });

  test("thousands are let go in one sweep, or come", async () => {
    const requests = Array.from({ length: 5000 }, request);
    const reads = requests.map(({ raw }) => outcome(readSmall(raw, "text", patient(4000))));
    requests.forEach(({ end }, index) => index % 2 === 0 && end());
    const found = await Promise.all(reads);
    expect(found.filter(({ value }) => value === "").length).toBe(2500);
    expect(found.filter(({ error }) => error === 408).length).toBe(2500);
  });
});

test("who comes when the sweeps had stopped is waited for as long", async () => {
  const first = request();
  first.end();
  const context = patient(500);
  await readSmall(first.raw, "text", context);
  await pause(3 * SWEEP);
  expect((await outcome(readSmall(request().raw, "text", context))).after).toBeGreaterThan(500);
});

describe.concurrent("a body in parts", () => {
  test("comes as it is sent, and over its limit it is a 413", async () => {
    for (const [limit, expected] of [[10, { value: 10 }], [9, { error: 413 }]]) {
      const one = request();
      const read = outcome(all(partsOf(one.raw, limit, patient(1000))));
      one.send(6);
      one.send(4);
      one.end();
      expect(await read).toMatchObject(expected);
    }
  });

  test("without a body there are none", async () => {
    expect(await all(partsOf({ body: null }, 10, patient(1000)))).toBe(0);
  });

  test("may pause again and again as long as enough comes", async () => {
    const one = request();
    const read = outcome(all(partsOf(one.raw, 1e6, patient(2500))));
    for (let i = 0; i < 6; i++) {
      one.send(3000);
      await pause(500);
    }
    one.end();
    expect(await read).toMatchObject({ value: 18_000 });
  });

  test("that stops after it had begun is a 408", async () => {
    const one = request();
    const read = outcome(all(partsOf(one.raw, 1e6, patient(2000))));
    for (let i = 0; i < 3; i++) {
      one.send(1000);
      await pause(100);
    }
    const { error, after } = await read;
    expect(error).toBe(408);
    expect(after).toBeGreaterThan(2200);
  });

  test("that comes a byte at a time is too slow by its average", async () => {
    const one = request();
    const drip = setInterval(() => one.send(1), 50);
    const { error, after } = await outcome(all(partsOf(one.raw, 1e6, patient(600))));
    clearInterval(drip);
    expect(error).toBe(408);
    expect(after).toBeGreaterThan(550);
    expect(after).toBeLessThan(600 + 2 * SWEEP + LATE);
  });

  test("that came fast at first may be slow for as long as its average holds", async () => {
    const one = request();
    const read = outcome(all(partsOf(one.raw, 1e6, patient(700))));
    one.send(2000);
    const drip = setInterval(() => one.send(1), 50);
    const { error, after } = await read;
    clearInterval(drip);
    expect(error).toBe(408);
    expect(after).toBeGreaterThan(2600);
  });

  test("the platform's own watch rests while it is read, and goes on after it, also where it fails", async () => {
    for (const end of [(one) => one.end(), (one) => one.fail(new Error("gone"))]) {
      const calls = [];
      const server = { timeout: (_, seconds) => calls.push(seconds) };
      const one = request();
      const read = outcome(all(partsOf(one.raw, 100, { ...patient(1000), server })));
      end(one);
      await read;
      expect(calls).toEqual([0, 10]);
    }
  });
});

test("small is what has a declared length of 64 kB at most", () => {
  expect([0, 1, 65536, 65537, NaN].map(isSmall)).toEqual([false, true, true, false, false]);
});

/** A process that runs these lines and then has nothing to do; how it ended, and after how many milliseconds. */
async function ended(lines) {
  const start = performance.now();
  const program = `const { readSmall } = await import(${JSON.stringify(MODULE)});\n${lines}`;
  const child = Bun.spawn([process.execPath, "-e", program], { stdout: "pipe", stderr: "inherit", timeout: 60_000 });
  const said = await new Response(child.stdout).text();
  return { said, code: await child.exited, after: performance.now() - start };
}

describe.concurrent("a process ends", () => {
  test("when nobody is waited for any more: no timer is left", async () => {
    const { said, code } = await ended(`
      const read = await readSmall(new Request("http://a/", { method: "POST", body: "abc" }), "text", { patience: 60_000 });
      console.log(read);`);
    expect([said, code]).toEqual(["abc\n", 0]);
  }, 120_000);

  test("after the last was let go", async () => {
    const { said, code } = await ended(`
      const never = { text: () => new Promise(() => {}) };
      await Promise.allSettled([300, 600].map((patience) => readSmall(never, "text", { patience })))
        .then((all) => console.log(all.map(({ reason }) => reason.status).join()));`);
    expect([said, code]).toEqual(["408,408\n", 0]);
  }, 120_000);
});
