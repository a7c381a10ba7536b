// The builtin functions, Result and Option.
import { describe, expect, spyOn, test } from "bun:test";
import * as core from "../../codegen/runtime/core.js";

const { Err, None, Ok, Some } = core;

describe("Result and Option", () => {
  test("carry their tag through JSON", () => {
    const json = (value) => JSON.stringify(value);
    expect([json(Ok(1)), json(Err("bad")), json(Some(1)), json(None)]).toEqual([
      '{"__tag":"Ok","value":1}', '{"__tag":"Err","error":"bad"}', '{"__tag":"Some","value":1}', '{"__tag":"None"}',
    ]);
  });

  test("know what they are", () => {
    const facts = (value) => [value.isOk(), value.isErr(), value.isSome(), value.isNone()];
    expect([Ok(1), Err(1), Some(1), None].map(facts)).toEqual([
      [true, false, false, false], [false, true, false, false], [false, false, true, false], [false, false, false, true],
    ]);
  });

  test("map, flatMap and mapErr touch their own side only", () => {
    const double = (x) => x * 2;
    expect([Ok(2).map(double), Some(2).map(double)]).toEqual([Ok(4), Some(4)]);
    expect([Err(2).map(double), None.map(double)]).toEqual([Err(2), None]);
    expect([Err(2).mapErr(double), Ok(2).mapErr(double)]).toEqual([Err(4), Ok(2)]);
    expect([Ok(2).flatMap((x) => Err(x)), Some(2).andThen(() => None), Err(1).andThen(Ok)]).toEqual([Err(2), None, Err(1)]);
  });

  test("unwrap, unwrapOr and expect", () => {
    expect([Ok(1).unwrap(), Some(1).unwrap(), Err(1).unwrapOr(2), None.unwrapOr(2), Ok(1).unwrapOr(2)]).toEqual([1, 1, 2, 2, 1]);
    expect(() => Err("why").unwrap()).toThrow("unwrap of an Err: why");
    expect(() => None.unwrap()).toThrow("unwrap of None");
    expect(() => None.expect("no user")).toThrow("no user");
    expect(Err("why").unwrapErr()).toBe("why");
    expect(() => Ok(1).unwrapErr()).toThrow("unwrapErr of a value: 1");
    expect(() => None.unwrapErr()).toThrow("unwrapErr of None");
    expect(Some(3).expect("x")).toBe(3);
  });

  test("and, or, filter", () => {
    expect([Ok(1).and(Ok(2)), Err(1).and(Ok(2)), Ok(1).or(Ok(2)), None.or(Some(2))]).toEqual([Ok(2), Err(1), Ok(1), Some(2)]);
    expect([Some(1).filter((x) => x > 1), Some(2).filter((x) => x > 1), None.filter(() => true)]).toEqual([None, Some(2), None]);
  });
});

/** name -> [arguments, result] pairs. */
const CASES = {
  len: [[["abc"], 3], [[[1, 2]], 2], [[null], 0], [[undefined], 0], [[{ a: 1, length: 9 }], 2], [[new Map([[1, 2]])], 1], [[5], 0]],
  range: [[[3], [0, 1, 2]], [[-3], []], [[1, 4], [1, 2, 3]], [[4, 1], [4, 3, 2]], [[2, 2], []], [[0, 10, 4], [0, 4, 8]], [[3, 0, -2], [3, 1]], [[0, 3, -1], []]],
  rangeInclusive: [[[1, 3], [1, 2, 3]], [[3, 1], [3, 2, 1]], [[2, 2], [2]]],
  map: [[[[1, 2], (x, i) => x * 10 + i], [10, 21]], [[new Set([1]), (x) => x], [1]], [["ab", (c) => c + c], ["aa", "bb"]], [[["1", "2"], parseInt], [1, NaN]]],
  filter: [[[[1, 2, 3], (x, i) => x > 1 && i < 2], [2]]],
  reduce: [[[[1, 2, 3], (a, x) => a + x, 10], 16], [[[1, 2, 3], (a, x) => a + x], 6], [[[], (a, x) => a, null], null]],
  find: [[[[1, 2], (x) => x > 1], 2], [[[1], () => false], null]],
  find_index: [[[[1, 2], (x) => x > 1], 1], [[[1], () => false], null]],
  index_of: [[[[1, 2], 2], 1], [["abc", "c"], 2], [[[1], 5], null]],
  any: [[[[1, 2], (x) => x > 1], true], [[[]], false], [[[0, 1]], true]],
  all: [[[[1, 2], (x) => x > 1], false], [[[]], true], [[[0, 1]], false]],
  count: [[[[1, 2, 3]], 3], [[[1, 2, 3], (x) => x > 1], 2]],
  partition: [[[[1, 2, 3], (x) => x > 1], [[2, 3], [1]]]],
  sum: [[[[1, 2.5]], 3.5], [[[]], 0]],
  avg: [[[[1, 2]], 1.5], [[[]], 0]],
  min: [[[[3, 1, 2]], 1], [[[]], null], [[4, 2], 2], [[["b", "a"]], "a"], [[[10, 9]], 9]],
  max: [[[[3, 1, 2]], 3], [[[]], null], [[4, 2, 7], 7]],
  sorted: [[[[10, 9, 1]], [1, 9, 10]], [[["b", "B", "a"]], ["B", "a", "b"]], [[[{ n: 2 }, { n: 1 }], (x) => x.n], [{ n: 1 }, { n: 2 }]],
    [[[1, 2, 3], (a, b) => b - a], [3, 2, 1]], [[[2, null, 1]], [1, 2, null]], [[[[2, 1], [1, 9], [1]]], [[1], [1, 9], [2, 1]]]],
  reversed: [[[[1, 2]], [2, 1]], [["aé😀"], "😀éa"]],
  unique: [[[[1, 2, 1]], [1, 2]]],
  zip: [[[[1, 2], ["a", "b", "c"]], [[1, "a"], [2, "b"]]], [[], []]],
  enumerate: [[[["a"]], [[0, "a"]]]],
  flat: [[[[1, [2, [3]]]], [1, 2, [3]]], [[[1, [2, [3]]], 2], [1, 2, 3]]],
  flat_map: [[[[1, 2], (x) => [x, x]], [1, 1, 2, 2]]],
  first: [[[[1, 2]], 1], [[[]], null]],
  last: [[[[1, 2]], 2], [[[]], null]],
  take: [[[[1, 2, 3], 2], [1, 2]], [[[1], 5], [1]], [[[1], -1], []]],
  drop: [[[[1, 2, 3], 2], [3]], [[[1], -1], [1]]],
  chunk: [[[[1, 2, 3], 2], [[1, 2], [3]]]],
  group_by: [[[[1, 2, 3], (x) => (x > 1 ? "big" : "small")], { small: [1], big: [2, 3] }]],
  includes: [[[[1, 2], 2], true], [["abc", "b"], true], [[{ a: 1 }, "a"], true], [[{ a: 1 }, "toString"], false], [[null, 1], false], [[new Set([1]), 1], true]],
  keys: [[[{ a: 1 }], ["a"]], [[new Map([[1, 2]])], [1]], [[null], []]],
  values: [[[{ a: 1 }], [1]]],
  entries: [[[{ a: 1 }], [["a", 1]]]],
  merge: [[[{ a: 1, b: 1 }, null, { b: 2 }], { a: 1, b: 2 }]],
  join: [[[[1, "a", null, true], "-"], "1-a--true"], [[["a", "b"]], "ab"]],
  split: [[["a,b", ","], ["a", "b"]], [[" a  b\n"], ["a", "b"]], [["ab", ""], ["a", "b"]]],
  lines: [[["a\r\nb\n"], ["a", "b"]], [[""], []], [["a\n\nb"], ["a", "", "b"]]],
  trim: [[[" a "], "a"]],
  trim_start: [[[" a "], "a "]],
  trim_end: [[[" a "], " a"]],
  upper: [[["aß"], "ASS"]],
  lower: [[["AB"], "ab"]],
  capitalize: [[["hello"], "Hello"], [[""], ""], [["😀a"], "😀a"]],
  starts_with: [[["abc", "ab"], true]],
  ends_with: [[["abc", "bc"], true]],
  replace: [[["a.a.", ".", "$&"], "a$&a$&"]],
  repeat: [[["ab", 2], "abab"], [["a", -1], ""]],
  pad_start: [[["5", 3, "0"], "005"], [[5, 3], "  5"]],
  pad_end: [[["5", 3, "."], "5.."]],
  chars: [[["a😀"], ["a", "😀"]]],
  to_string: [[["a"], "a"], [[null], "nil"], [[undefined], "nil"], [[1.5], "1.5"], [[[1, "a", [null]]], '[1, "a", [nil]]'],
    [[{ a: 1, "b c": true }], '{ a: 1, "b c": true }'], [[{}], "{}"], [[[]], "[]"], [[Ok([1])], "Ok([1])"], [[None], "None"],
    [[{ __tag: "Rect", w: 1, h: 2 }], "Rect(1, 2)"], [[new Set([1])], "Set [1]"], [[new Map([["a", 1]])], "Map {a: 1}"]],
  to_int: [[["42"], 42], [[" -7 "], -7], [["3.9"], 3], [["12abc"], null], [[""], null], [[3.9], 3], [[true], 1], [[NaN], null], [[null], null], [["1_000"], 1000]],
  to_float: [[["1.5e3"], 1500], [[".5"], 0.5], [["x"], null], [["Infinity"], null]],
  to_json: [[[{ a: 1 }], '{"a":1}'], [[undefined], "null"], [[[1], 1], "[\n 1\n]"]],
  is_nil: [[[null], true], [[undefined], true], [[0], false]],
  type_of: [[[""], "String"], [[1], "Int"], [[1.5], "Float"], [[true], "Bool"], [[null], "Nil"], [[[]], "List"], [[{}], "Object"],
    [[() => 1], "Function"], [[Ok(1)], "Ok"], [[new Map()], "Map"], [[Object.create(null)], "Object"]],
  abs: [[[-1], 1]], sign: [[[-3], -1]], floor: [[[-1.5], -2]], ceil: [[[1.2], 2]], trunc: [[[-1.5], -1]], sqrt: [[[9], 3]], pow: [[[2, 3], 8]],
  round: [[[1.5], 2], [[-1.5], -1], [[-0.4], 0], [[-2.6], -3], [[1.005, 2], 1.01], [[1234, -2], 1200], [[2.5], 3], [[1e21], 1e21], [[1e-7, 3], 0]],
  clamp: [[[5, 0, 3], 3], [[-5, 0, 3], 0], [[2, 0, 3], 2]],
  equals: [[[[1, { a: [2] }], [1, { a: [2] }]], true], [[{ a: 1 }, { a: 1, b: undefined }], false], [[NaN, NaN], true], [["1", 1], false],
    [[null, undefined], true], [[[1], { 0: 1 }], false], [[new Set([[1]]), new Set([[1]])], true], [[new Map([["a", [1]]]), new Map([["a", [1]]])], true],
    [[new Date(1), new Date(1)], true], [[new Date(1), new Date(2)], false], [[Ok(1), { __tag: "Ok", value: 1 }], true], [[[], [undefined]], false]],
};

for (const [name, cases] of Object.entries(CASES)) {
  test(name, () => {
    for (const [given, expected] of cases) expect([given, core[name](...given)]).toEqual([given, expected]);
  });
}

test("arguments are left as they are", () => {
  const list = Object.freeze([3, 1, 2]);
  core.sorted(list);
  core.reversed(list);
  core.merge(Object.freeze({ a: 1 }), { b: 2 });
  expect(list).toEqual([3, 1, 2]);
});

test("what is no list is told by name", () => {
  expect(() => core.map(null, (x) => x)).toThrow("map needs a list, not Nil");
  expect(() => core.sum(5)).toThrow("sum needs a list, not Int");
  expect(() => core.chunk([1], 0)).toThrow("size of at least 1");
  expect(() => core.range(0, 1, 0)).toThrow("step other than 0");
  expect(() => core.reduce([], (a) => a)).toThrow("initial value");
});

test("keys of groups and merges are never special", () => {
  const groups = core.group_by([1], () => "__proto__");
  expect([Object.keys(groups), Object.getPrototypeOf(groups) === Object.prototype]).toEqual([["__proto__"], true]);
  const merged = core.merge(JSON.parse('{"__proto__":{"admin":true}}'));
  expect(merged.admin).toBe(undefined);
});

test("clone shares nothing, and keeps loops and kinds", () => {
  class Point { constructor(x) { this.x = x; } }
  const original = { list: [1, { a: new Date(0) }], set: new Set([1]), point: new Point(3), frozen: Object.freeze({ inner: [] }) };
  original.self = original;
  const copy = core.clone(original);
  expect(core.equals(copy, original)).toBe(true);
  expect([copy.list === original.list, copy.frozen.inner === original.frozen.inner, copy.self === copy]).toEqual([false, false, true]);
  expect(copy.point).toBeInstanceOf(Point);
});

test("equals and to_string bear loops", () => {
  const loop = () => { const value = { a: 1 }; value.self = value; return value; };
  expect(core.equals(loop(), loop())).toBe(true);
  expect(core.to_string(loop())).toBe("{ a: 1, self: ... }");
});

test("parse_json is a Result", () => {
  expect(core.parse_json('{"a":1}')).toEqual(Ok({ a: 1 }));
  expect(core.parse_json("{").isErr()).toBe(true);
});

test("print writes text as it is, a list of records as a table, a record as JSON, several values on one line", () => {
  const log = spyOn(console, "log").mockImplementation(() => {});
  const loop = { a: 1 };
  loop.self = loop;
  core.print("a", 1, null, { a: [true] });
  core.print();
  for (const value of ["a\nb", null, [1, [2, "x"]], [], { a: { b: 1 } }, {}, Ok(5), None, [Ok(1)], new Map([["a", 1]]), loop]) core.print(value);
  core.print([{ name: "Ada", age: 36 }, { name: "Bob", city: null }]);
  expect(log.mock.calls.map(([line]) => line)).toEqual([
    "a 1 nil { a: [true] }", "", "a\nb", "nil", '[1, [2, "x"]]', "[]", '{\n  "a": {\n    "b": 1\n  }\n}', "{}", "Ok(5)", "None",
    "[Ok(1)]", "Map {a: 1}", "{ a: 1, self: ... }",
    " name | age | city \n------+-----+------\n Ada  | 36  |      \n Bob  |     | nil  ",
  ]);
  log.mockRestore();
});

test("assertions", () => {
  core.assert(true);
  core.assert_eq([1], [1]);
  core.assert_ne(1, 2);
  expect(() => core.assert(false, "why")).toThrow("why");
  expect(() => core.assert_eq({ a: 1 }, { a: 2 })).toThrow("values differ: got { a: 1 }, expected { a: 2 }");
  expect(() => core.assert_ne(1, 1)).toThrow("values are equal: 1");
});

test("random numbers keep their bounds", () => {
  for (let i = 0; i < 200; i++) {
    expect([1, 2, 3]).toContain(core.random_int(1, 3));
    expect(core.random()).toBeLessThan(1);
  }
});

test("now and sleep agree", async () => {
  const before = core.now();
  await core.sleep(20);
  expect(core.now() - before).toBeGreaterThanOrEqual(18);
});

describe("async twins", () => {
  const later = (f) => async (...values) => { await core.sleep(1); return f(...values); };
  const big = (x) => x > 1;

  test("answer as the plain ones do", async () => {
    for (const [plain, twin] of [["map", "mapAsync"], ["filter", "filterAsync"], ["find", "findAsync"], ["find_index", "findIndexAsync"],
      ["any", "anyAsync"], ["all", "allAsync"], ["count", "countAsync"], ["partition", "partitionAsync"], ["group_by", "groupByAsync"]]) {
      for (const list of [[1, 2, 3], [], [1], [2, 3]]) {
        expect([plain, list, await core[twin](list, later(big))]).toEqual([plain, list, core[plain](list, big)]);
      }
    }
    expect(await core.flatMapAsync([1, 2], later((x, i) => [x, i]))).toEqual([1, 0, 2, 1]);
    expect(await core.reduceAsync([1, 2], later((a, x, i) => a + x * i), 10)).toBe(12);
    expect(await core.reduceAsync([1, 2], later((a, x) => a + x))).toBe(3);
    await expect(core.reduceAsync([], later((a) => a))).rejects.toThrow("initial value");
  });

  test("calls follow one another, and searches end early", async () => {
    const order = [];
    const slowFirst = async (x, i) => { await core.sleep(x === 1 ? 10 : 1); order.push(`${x}${i}`); return x === 2; };
    await core.eachAsync([1, 2, 3], slowFirst);
    expect(order).toEqual(["10", "21", "32"]);
    order.length = 0;
    expect(await core.findAsync([1, 2, 3], slowFirst)).toBe(2);
    expect(order).toEqual(["10", "21"]);
  });
});

test("names of two words exist in both spellings", () => {
  const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  for (const name of Object.keys(core).filter((key) => /^[a-z]+_[a-z_]+$/.test(key))) {
    expect([name, core[camel(name)]]).toEqual([name, core[name]]);
  }
});
