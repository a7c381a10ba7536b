// Signals, computed values, effects, batches and ownership, without a document.
import { afterEach, beforeEach, describe, expect, spyOn, test } from "bun:test";
import {
  batch, createComputed, createEffect, createSignal,
} from "../../codegen/runtime/signals.js";
import { createRoot, onCleanup, onMount, untrack } from "../../codegen/runtime/scopes.js";

let errors;
beforeEach(() => { errors = spyOn(console, "error").mockImplementation(() => {}); });
afterEach(() => errors.mockRestore());

describe("signals and effects", () => {
  test("an effect runs at once and after each change", () => {
    const [read, write] = createSignal(1);
    const seen = [];
    createEffect(() => { seen.push(read()); });
    write(2);
    write(3);
    expect(seen).toEqual([1, 2, 3]);
  });

  test("the same value tells nobody, by Object.is", () => {
    const [read, write] = createSignal(NaN);
    let runs = 0;
    createEffect(() => { read(); runs++; });
    write(NaN);
    expect(runs).toBe(1);
    write(0);
    write(-0);
    expect(runs).toBe(3);
    const list = [];
    write(list);
    write(list);
    expect(runs).toBe(4);
  });

  test("a function is a value, and the setter gives it back", () => {
    const [read, write] = createSignal(null);
    const f = () => 5;
    expect(write(f)).toBe(f);
    expect(read()).toBe(f);
  });

  test("only what the last run read counts", () => {
    const [which, setWhich] = createSignal(true);
    const [a, setA] = createSignal("a");
    const [b, setB] = createSignal("b");
    const seen = [];
    createEffect(() => { seen.push(which() ? a() : b()); });
    setB("b2");
    setWhich(false);
    setA("a2");
    setB("b3");
    expect(seen).toEqual(["a", "b2", "b3"]);
  });

  test("a batch makes one run, nested ones too, also when it throws", () => {
    const [a, setA] = createSignal(1);
    const [b, setB] = createSignal(1);
    const seen = [];
    createEffect(() => { seen.push(a() + b()); });
    batch(() => { setA(2); batch(() => setB(2)); expect(seen).toEqual([2]); });
    expect(() => batch(() => { setA(5); throw new Error("x"); })).toThrow("x");
    expect(seen).toEqual([2, 4, 7]);
    expect(batch(() => "result")).toBe("result");
  });

  test("writes within an effect come together after it, in the order of creation", () => {
    const [a, setA] = createSignal(0);
    const [b, setB] = createSignal(0);
    const [c, setC] = createSignal(0);
    const seen = [];
    createEffect(() => { seen.push(`first ${a()}`); setB(a()); setC(a()); seen.push("end"); });
    createEffect(() => { seen.push(`second ${b()} ${c()}`); });
    seen.length = 0;
    setA(1);
    expect(seen).toEqual(["first 1", "end", "second 1 1"]);
  });

  test("effects that trigger each other for ever are stopped and reported", () => {
    const [a, setA] = createSignal(0);
    createEffect(() => { setA(a() + 1); });
    expect(errors.mock.lastCall[0].message).toBe("effects keep triggering each other");
    const [b, setB] = createSignal(0);
    const seen = [];
    createEffect(() => { seen.push(b()); });
    setB(1);
    expect(seen).toEqual([0, 1]);
  });

  test("an effect may settle by itself", () => {
    const [n, setN] = createSignal(0);
    createEffect(() => { if (n() < 5) setN(n() + 1); });
    expect(n()).toBe(5);
  });

  test("what an effect throws is reported and stops nobody", () => {
    const [read, write] = createSignal(0);
    const seen = [];
    createEffect(() => { if (read() === 1) throw new Error("at one"); });
    createEffect(() => { seen.push(read()); });
    write(1);
    write(2);
    expect(seen).toEqual([0, 1, 2]);
    expect(errors.mock.calls.map(([error]) => error.message)).toEqual(["at one"]);
  });

  test("untrack reads without following", () => {
    const [a, setA] = createSignal(1);
    let runs = 0;
    createEffect(() => { untrack(a); runs++; });
    setA(2);
    expect(runs).toBe(1);
  });

  test("the end of an effect is final", () => {
    const [read, write] = createSignal(0);
    let runs = 0;
    const end = createEffect(() => { read(); runs++; });
    end();
    end();
    write(1);
    expect(runs).toBe(1);
  });
});

describe("async effects", () => {
  test("what is read before the first await counts", async () => {
    const [before, setBefore] = createSignal(1);
    const [after, setAfter] = createSignal(1);
    let runs = 0;
    createEffect(async () => { before(); runs++; await null; after(); });
    await Bun.sleep(1);
    setAfter(2);
    expect(runs).toBe(1);
    setBefore(2);
    expect(runs).toBe(2);
  });

  test("a write after an await reaches its readers", async () => {
    const [users, setUsers] = createSignal([]);
    const seen = [];
    createEffect(() => { seen.push(users().length); });
    createEffect(async () => { setUsers(await Promise.resolve([1, 2])); });
    await Bun.sleep(1);
    expect(seen).toEqual([0, 2]);
  });

  test("a rejection is reported and never unhandled", async () => {
    const unhandled = [];
    const listener = (error) => unhandled.push(error);
    process.on("unhandledRejection", listener);
    createEffect(async () => { await null; throw new Error("refused"); });
    await Bun.sleep(5);
    process.off("unhandledRejection", listener);
    expect(errors.mock.calls.map(([error]) => error.message)).toEqual(["refused"]);
    expect(unhandled).toEqual([]);
  });

  test("in a page the window hears of it", async () => {
    const heard = [];
    globalThis.window = { reportError: (error) => heard.push(error.message) };
    createEffect(async () => { throw new Error("refused"); });
    await Bun.sleep(1);
    delete globalThis.window;
    expect(heard).toEqual(["refused"]);
    expect(errors).not.toHaveBeenCalled();
  });
});

describe("computed values", () => {
  test("are lazy, and evaluated once a change", () => {
    const [n, setN] = createSignal(1);
    let runs = 0;
    const double = createComputed(() => { runs++; return n() * 2; });
    expect(runs).toBe(0);
    expect([double(), double(), runs]).toEqual([2, 2, 1]);
    setN(2);
    setN(3);
    expect(runs).toBe(1);
    expect([double(), runs]).toEqual([6, 2]);
  });

  test("the same result stops a change", () => {
    const [n, setN] = createSignal(1);
    const parity = createComputed(() => n() % 2);
    const seen = [];
    createEffect(() => { seen.push(parity()); });
    setN(3);
    setN(4);
    expect(seen).toEqual([1, 0]);
  });

  test("there are no moments in between", () => {
    const [n, setN] = createSignal(1);
    const a = createComputed(() => n() + 1);
    const b = createComputed(() => n() * 10);
    const both = createComputed(() => `${a()} ${b()}`);
    const seen = [];
    createEffect(() => { seen.push(`${n()} ${both()}`); });
    setN(2);
    expect(seen).toEqual(["1 2 10", "2 3 20"]);
  });

  test("an error is thrown to readers, and gone when it is gone", () => {
    const [n, setN] = createSignal(0);
    let runs = 0;
    const inverse = createComputed(() => { runs++; if (n() === 0) throw new Error("zero"); return 1 / n(); });
    const seen = [];
    createEffect(() => { seen.push(inverse()); });
    expect(() => inverse()).toThrow("zero");
    expect(runs).toBe(1);
    setN(2);
    expect(seen).toEqual([0.5]);
    setN(0);
    setN(4);
    expect(seen).toEqual([0.5, 0.25]);
  });

  test("one that needs itself says so", () => {
    const loop = createComputed(() => loop());
    expect(() => loop()).toThrow("depends on itself");
  });

  test("a long chain holds", () => {
    const [n, setN] = createSignal(0);
    let last = n;
    for (let i = 0; i < 1000; i++) {
      const previous = last;
      last = createComputed(() => previous() + 1);
    }
    expect(last()).toBe(1000);
    setN(1);
    expect(last()).toBe(1001);
  });
});

describe("ownership", () => {
  test("a run ends what the run before it made, inner first to last", () => {
    const [outer, setOuter] = createSignal(0);
    const [inner, setInner] = createSignal(0);
    const log = [];
    createEffect(() => {
      const run = outer();
      onCleanup(() => log.push(`end outer ${run}`));
      createEffect(() => {
        inner();
        log.push(`inner of ${run}`);
        onCleanup(() => log.push(`end inner of ${run}`));
      });
    });
    setOuter(1);
    log.length = 0;
    setInner(1);
    expect(log).toEqual(["end inner of 1", "inner of 1"]);
  });

  test("a change of both runs the outer one alone", () => {
    const [n, setN] = createSignal(0);
    const log = [];
    createEffect(() => {
      const outer = n();
      createEffect(() => { log.push(`${outer} ${n()}`); });
    });
    setN(1);
    expect(log).toEqual(["0 0", "1 1"]);
  });

  test("a root lives until it is disposed of", () => {
    const [n, setN] = createSignal(0);
    const [again, setAgain] = createSignal(0);
    const log = [];
    let dispose;
    createEffect(() => {
      again();
      createRoot((end) => {
        dispose = end;
        createEffect(() => { log.push(n()); });
        onCleanup(() => log.push("end"));
      });
    });
    const first = dispose;
    setAgain(1);
    log.length = 0;
    setN(1);
    expect(log).toEqual([1, 1]);
    first();
    setN(2);
    expect(log).toEqual([1, 1, "end", 2]);
  });

  test("a cleanup that throws does not keep others from running", () => {
    const log = [];
    const end = createEffect(() => { onCleanup(() => log.push("one")); onCleanup(() => { throw new Error("two"); }); });
    end();
    expect(log).toEqual(["one"]);
    expect(errors.mock.lastCall[0].message).toBe("two");
  });

  test("a cleanup without an owner is told", () => {
    const warn = spyOn(console, "warn").mockImplementation(() => {});
    onCleanup(() => {});
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  test("onMount comes after the work, unless the owner has ended", async () => {
    const log = [];
    createRoot(() => { onMount(() => log.push("mounted")); log.push("body"); });
    createRoot((dispose) => { onMount(() => log.push("never")); dispose(); });
    await null;
    expect(log).toEqual(["body", "mounted"]);
  });

  test("readers that have ended are not kept", () => {
    const [n, setN] = createSignal(0);
    let runs = 0;
    for (let i = 0; i < 100; i++) createEffect(() => { n(); runs++; })();
    setN(1);
    expect(runs).toBe(100);
  });
});

test("10,000 effects follow one signal in the time of ten times 1,000", () => {
  const [n, setN] = createSignal(0);
  let total = 0;
  const follow = (count) => { for (let i = 0; i < count; i++) createEffect(() => { total += n(); }); };
  /** The best of five: whatever else the machine does makes it longer only. */
  const milliseconds = (times) => Math.min(...Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (let i = 1; i <= times; i++) setN(i);
    setN(0);
    return performance.now() - start;
  }));
  follow(1_000);
  const small = milliseconds(300);
  follow(9_000);
  total = 0;
  const large = milliseconds(30);
  expect(total).toBe(5 * 4_650_000);
  expect(large).toBeLessThan(4 * small);
});
