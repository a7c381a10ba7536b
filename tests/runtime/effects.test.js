// What signals, effects and their owners promise where it is hard: diamonds, deep chains, runs that wait, errors, leaks.
import { afterEach, beforeEach, describe, expect, spyOn, test } from "bun:test";
import { is } from "../../codegen/runtime/choices.js";
import { inRuns, ofThisRun } from "../../codegen/runtime/runs.js";
import { catchError, createRoot, getOwner, onCleanup, runWithOwner } from "../../codegen/runtime/scopes.js";
import { Source, batch, createComputed, createEffect, createSignal } from "../../codegen/runtime/signals.js";

let errors;
beforeEach(() => { errors = spyOn(console, "error").mockImplementation(() => {}); });
afterEach(() => errors.mockRestore());

/** How many readers a source keeps. */
function readersOf(source) {
  let count = 0;
  for (let link = source.firstReader; link !== null; link = link.nextReader) count++;
  return count;
}

/** A promise and what settles it. */
function pending() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}

describe("graphs", () => {
  test("a diamond of many sides runs its end once a change, and never sees a mixture", () => {
    const [n, setN] = createSignal(1);
    const sides = Array.from({ length: 20 }, (_, index) => createComputed(() => n() * (index + 1)));
    let sums = 0;
    const sum = createComputed(() => { sums++; return sides.reduce((total, side) => total + side(), 0); });
    const seen = [];
    createEffect(() => { seen.push([n(), sum()]); });
    setN(2);
    setN(3);
    expect(seen).toEqual([[1, 210], [2, 420], [3, 630]]);
    expect(sums).toBe(3);
  });

  test("a diamond of unequal sides: the short side waits for the long one", () => {
    const [n, setN] = createSignal(1);
    const long = [n];
    for (let i = 0; i < 5; i++) { const last = long.at(-1); long.push(createComputed(() => last() + 1)); }
    const seen = [];
    createEffect(() => { seen.push(long.at(-1)() - n()); });
    setN(10);
    batch(() => { setN(11); setN(12); });
    expect(seen).toEqual([5, 5, 5]);
  });

  test("a computed value that is no longer wanted is not evaluated", () => {
    const [open, setOpen] = createSignal(true);
    const [n, setN] = createSignal(1);
    let runs = 0;
    const costly = createComputed(() => { runs++; if (!open()) throw new Error("read while closed"); return n(); });
    const seen = [];
    createEffect(() => { seen.push(open() ? costly() : "closed"); });
    batch(() => { setN(2); setOpen(false); });
    expect([runs, seen]).toEqual([1, [1, "closed"]]);
  });

  test("what is read by turns is followed by turns, and nothing is kept twice", () => {
    const sources = Array.from({ length: 10 }, () => new Source(0));
    const [order, setOrder] = createSignal([0, 1, 2, 3]);
    let runs = 0;
    createEffect(() => { runs++; for (const at of order()) sources[at].read(); });
    for (const next of [[3, 2, 1, 0], [5, 5, 3, 5], [], [9, 0, 9, 0], [1, 2, 3, 4, 5, 6, 7]]) {
      setOrder(next);
      expect(sources.map(readersOf)).toEqual(sources.map((_, at) => (next.includes(at) ? 1 : 0)));
      const before = runs;
      batch(() => sources.forEach((source) => source.write(source.value + 1)));
      expect(runs - before).toBe(next.length > 0 ? 1 : 0);
    }
  });

  test("what only the run before read does not count while a run is under way", () => {
    const source = new Source(0);
    const [first, setFirst] = createSignal(true);
    let runs = 0;
    createEffect(() => { runs++; if (first()) source.read(); else source.write(runs); });
    setFirst(false);
    expect(runs).toBe(2);
    source.write(100);
    expect(runs).toBe(2);
  });

  test("random graphs agree with what their formulas say", () => {
    let seed = 7;
    const random = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
    for (let round = 0; round < 30; round++) {
      const signals = Array.from({ length: 4 }, () => createSignal(random(10)));
      const formulas = signals.map(([read]) => read);
      const plain = signals.map(([read]) => () => read());
      for (let i = 0; i < 20; i++) {
        const [a, b, c] = [random(formulas.length), random(formulas.length), random(formulas.length)];
        formulas.push(createComputed(() => (formulas[a]() % 3 === 0 ? formulas[b]() : formulas[c]() + 1) % 7));
        plain.push(() => (plain[a]() % 3 === 0 ? plain[b]() : plain[c]() + 1) % 7);
      }
      const seen = [];
      formulas.forEach((formula, index) => createEffect(() => { seen[index] = formula(); }));
      for (let step = 0; step < 20; step++) {
        batch(() => { for (let i = random(3); i >= 0; i--) signals[random(4)][1](random(10)); });
        expect(seen).toEqual(plain.map((formula) => formula()));
      }
    }
  });
});

describe("depth", () => {
  const DEEP = 10_000;

  function chain(read, onRun = () => {}) {
    let last = read;
    for (let i = 0; i < DEEP; i++) {
      const previous = last;
      last = createComputed(() => { onRun(); return previous() + 1; });
    }
    return last;
  }

  test("a chain of 10,000 computed values is read, changed and followed", () => {
    const [n, setN] = createSignal(0);
    let runs = 0;
    const end = chain(n, () => runs++);
    expect(end()).toBe(DEEP);
    expect(runs).toBeLessThan(2 * DEEP);
    const seen = [];
    createEffect(() => { seen.push(end()); });
    runs = 0;
    setN(1);
    expect(seen).toEqual([DEEP, DEEP + 1]);
    expect(runs).toBe(DEEP);
  });

  test("an error comes through a chain of 10,000, and goes again", () => {
    const [n, setN] = createSignal(0);
    const start = createComputed(() => { if (n() === 1) throw new Error("at the start"); return n(); });
    const end = chain(start);
    expect(end()).toBe(DEEP);
    setN(1);
    expect(end).toThrow("at the start");
    setN(2);
    expect(end()).toBe(DEEP + 2);
  });

  test("a computed value that catches errors does not catch the depth", () => {
    let last = () => 0;
    for (let i = 0; i < DEEP; i++) {
      const previous = last;
      last = createComputed(() => { try { return previous() + 1; } catch { return -1_000_000; } });
    }
    expect(last()).toBe(DEEP);
  });

  test("a chain of 10,000 effects that write for the next one comes to its end", () => {
    const signals = Array.from({ length: DEEP + 1 }, () => createSignal(0));
    for (let i = 0; i < DEEP; i++) createEffect(() => { signals[i + 1][1](signals[i][0]()); });
    signals[0][1](5);
    expect(signals[DEEP][0]()).toBe(5);
    expect(errors).not.toHaveBeenCalled();
  });
});

describe("runs that wait", () => {
  test("a late answer does not overwrite a newer one", async () => {
    const [query, setQuery] = createSignal("a");
    const [shown, setShown] = createSignal(null);
    const answers = { a: pending(), ab: pending() };
    createEffect(async () => { setShown(await ofThisRun(answers[query()].promise)); });
    setQuery("ab");
    answers.ab.resolve("of ab");
    await Bun.sleep(1);
    answers.a.resolve("of a");
    await Bun.sleep(1);
    expect(shown()).toBe("of ab");
  });

  test("nor does one that comes after the effect has ended, nor does its error show", async () => {
    const answers = [pending(), pending()];
    const log = [];
    const ends = answers.map(({ promise }) => createEffect(async () => { log.push(await ofThisRun(promise)); }));
    for (const end of ends) end();
    answers[0].resolve("late");
    answers[1].reject(new Error("late"));
    await Bun.sleep(1);
    expect(log).toEqual([]);
    expect(errors).not.toHaveBeenCalled();
  });

  test("outside of effects a promise stays itself", () => {
    const promise = Promise.resolve(1);
    expect(ofThisRun(promise)).toBe(promise);
  });

  test("what is tracked after an await counts, until the run is followed by another", async () => {
    const [before, setBefore] = createSignal(1);
    const [after, setAfter] = createSignal(1);
    const seen = [];
    createEffect(inRuns(async (track) => {
      const value = before();
      await track(Promise.resolve());
      seen.push(`${value} ${track(after)}`);
      await track(Promise.resolve());
      seen.push(`${value} ${track(after)} again`);
    }));
    await Bun.sleep(1);
    setAfter(2);
    await Bun.sleep(1);
    setBefore(2);
    setAfter(3);
    await Bun.sleep(1);
    expect(seen).toEqual(["1 1", "1 1 again", "1 2", "1 2 again", "2 3", "2 3 again"]);
  });

  test("a run that was followed by another goes no further than its await", async () => {
    const [n, setN] = createSignal(1);
    const waits = [pending(), pending(), pending()];
    const log = [];
    createEffect(inRuns(async (track) => {
      const run = n();
      await track(() => waits[run].promise);
      log.push(`${run} first`);
      await track(async () => null);
      log.push(`${run} second`);
    }));
    setN(2);
    waits[1].resolve();
    waits[2].resolve();
    await Bun.sleep(1);
    expect(log).toEqual(["2 first", "2 second"]);
  });

  test("a rejection of the last run goes to who catches the effect's errors", async () => {
    const caught = [];
    catchError(() => createEffect(async () => { await null; throw new Error("refused"); }), (error) => caught.push(error.message));
    await Bun.sleep(1);
    expect(caught).toEqual(["refused"]);
    expect(errors).not.toHaveBeenCalled();
  });
});

describe("errors", () => {
  test("of an effect go to the nearest handler, at the first run and later ones, in nested effects too", () => {
    const [n, setN] = createSignal(0);
    const caught = [];
    catchError(() => {
      catchError(() => createEffect(() => {
        createEffect(() => { if (n() > 0) throw new Error(`inner ${n()}`); });
      }), (error) => caught.push(error.message));
      createEffect(() => { throw new Error("outer"); });
    }, (error) => caught.push(`outer handler: ${error.message}`));
    setN(1);
    expect(caught).toEqual(["outer handler: outer", "inner 1"]);
  });

  test("of fn itself go there too, and what a handler throws goes to the next one", () => {
    const caught = [];
    const result = catchError(
      () => catchError(() => { throw new Error("first"); }, (error) => { throw new Error(`${error.message}, second`); }),
      (error) => caught.push(error.message),
    );
    expect([result, caught]).toEqual([undefined, ["first, second"]]);
  });

  test("of a computed value go to the handler of the effect that reads it", () => {
    const failing = createComputed(() => { throw new Error("computed"); });
    const caught = [];
    catchError(() => createEffect(() => failing()), (error) => caught.push(error.message));
    expect(caught).toEqual(["computed"]);
  });

  test("of cleanups go there and stop nobody", () => {
    const caught = [];
    let end;
    catchError(() => { end = createEffect(() => { onCleanup(() => caught.push("other")); onCleanup(() => { throw new Error("cleanup"); }); }); },
      (error) => caught.push(error.message));
    end();
    expect(caught).toEqual(["cleanup", "other"]);
  });
});

describe("owners", () => {
  test("runWithOwner makes what it runs belong to an owner", () => {
    const log = [];
    let owner;
    const dispose = createRoot((end) => { owner = getOwner(); return end; });
    runWithOwner(owner, () => onCleanup(() => log.push("end")));
    runWithOwner(null, () => expect(getOwner()).toBe(null));
    dispose();
    expect(log).toEqual(["end"]);
  });

  test("what has ended is read by nobody, and nobody keeps it", () => {
    const source = new Source(0);
    const dispose = createRoot((end) => {
      for (let i = 0; i < 50; i++) createEffect(() => { createEffect(() => source.read()); source.read(); });
      return end;
    });
    expect(readersOf(source)).toBe(100);
    dispose();
    expect(readersOf(source)).toBe(0);
    let parent;
    createRoot(() => {
      parent = getOwner();
      const ends = Array.from({ length: 10 }, () => createEffect(() => source.read()));
      for (const at of [9, 0, 4, 5, 3, 1, 2, 8, 6, 7]) ends[at]();
    });
    expect([parent.lastChild, readersOf(source)]).toEqual([null, 0]);
  });

  test("a computed value that outlives its owner still says what is true, and keeps nothing", () => {
    const source = new Source(1);
    let double;
    createRoot((end) => { double = createComputed(() => source.read() * 2); double(); end(); });
    expect(readersOf(source)).toBe(0);
    source.write(4);
    expect([double(), readersOf(source)]).toEqual([8, 0]);
  });
});

describe("choices", () => {
  test("only the rows whose answer changes run again", () => {
    const [chosen, setChosen] = createSignal(1);
    const runs = [];
    for (let i = 0; i < 5; i++) createEffect(() => { runs.push(`${i} ${is(chosen, i)}`); });
    expect(runs.splice(0)).toEqual(["0 false", "1 true", "2 false", "3 false", "4 false"]);
    setChosen(3);
    expect(runs.splice(0)).toEqual(["1 false", "3 true"]);
    setChosen("none");
    setChosen(null);
    expect(runs.splice(0)).toEqual(["3 false"]);
    batch(() => { setChosen(2); setChosen(4); });
    expect(runs.splice(0)).toEqual(["4 true"]);
  });

  test("an effect that reads the signal as well runs once, and sees both agree", () => {
    const [chosen, setChosen] = createSignal(1);
    const seen = [];
    createEffect(() => { seen.push([chosen(), is(chosen, 1), is(chosen, 2)]); });
    setChosen(2);
    setChosen(1);
    expect(seen).toEqual([[1, true, false], [2, false, true], [1, true, false]]);
  });

  test("it compares as === does", () => {
    const [n, setN] = createSignal(NaN);
    const seen = [];
    createEffect(() => { seen.push([is(n, NaN), is(n, 0), is(n, "0")]); });
    setN(-0);
    expect(seen).toEqual([[false, false, false], [false, true, false]]);
    expect(is(n, 0)).toBe(true);
  });

  test("with its last reader it is gone", () => {
    const [n, setN] = createSignal(0);
    let reads = 0;
    const read = () => { reads++; return n(); };
    const ends = [0, 1, 1].map((value) => createEffect(() => { is(read, value); }));
    setN(1);
    const before = reads;
    for (const end of ends) end();
    setN(2);
    expect(reads).toBe(before);
  });
});
