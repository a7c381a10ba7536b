// events.js within one server. Between servers, and who may send them: tests/peers/events.mjs.
import { afterAll, afterEach, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { emit, publish, subscribe } from "../../codegen/runtime/events.js";

let log;
beforeAll(() => { log = spyOn(console, "error").mockImplementation(() => {}); });
afterAll(() => log.mockRestore());
afterEach(() => log.mockClear());

describe("events of one server", () => {
  test("publish and emit call every handler of the event at once, in the order of subscription", () => {
    const seen = [];
    subscribe("ordered", (order) => seen.push(["first", order.id]));
    subscribe("ordered", (order) => seen.push(["second", order.id]));
    subscribe("other", () => seen.push("other"));
    publish("ordered", { id: 1 });
    emit("ordered", { id: 2 });
    expect(seen).toEqual([["first", 1], ["second", 1], ["first", 2], ["second", 2]]);
  });

  test("without data a handler gets nil, and an event that nobody handles is nothing", () => {
    const seen = [];
    subscribe("empty", (data) => seen.push(data));
    expect([emit("empty"), publish("nobody", 1), publish("toString"), publish("__proto__")]).toEqual([undefined, undefined, undefined, undefined]);
    expect(seen).toEqual([null]);
  });

  test("a handler that fails is logged, and neither who published nor other handlers notice", async () => {
    const seen = [];
    subscribe("fragile", () => { throw new Error("at once"); });
    subscribe("fragile", async () => { throw new Error("later"); });
    subscribe("fragile", (data) => seen.push(data));
    publish("fragile", 1);
    await Bun.sleep(1);
    expect(seen).toEqual([1]);
    expect(log.mock.calls.map(([line]) => /^subscribe "fragile": Error: (.*)$/m.exec(line)?.[1])).toEqual(["at once", "later"]);
  });

  test("a handler may publish the event that it handles", () => {
    const seen = [];
    subscribe("chain", (n) => { seen.push(n); if (n < 3) publish("chain", n + 1); });
    publish("chain", 1);
    expect(seen).toEqual([1, 2, 3]);
  });
});
