// shapes.js: plain data as values of the types that the source names.
import { describe, expect, test } from "bun:test";
import { plain } from "../../codegen/runtime/result.js";
import { reviver, shaped } from "../../codegen/runtime/shapes.js";
import { Err, None, Ok, Some } from "../../codegen/runtime/core.js";

class Line {
  constructor(text, count = 1) {
    this.text = text;
    this.count = count;
  }

  total() {
    return this.count * 2;
  }
}
const Payment = { kind() { return this.__tag; } };
const Card = (number, line) => ({ __proto__: Payment, __tag: "Card", number, line });
const Cash = Object.freeze({ __proto__: Payment, __tag: "Cash" });

const LineSchema = { record: { text: "String", count: { optional: "Int" } }, make: (it) => new Line(it.text, it.count ?? undefined) };
const PaymentSchema = { variants: { Card: { number: "String", line: LineSchema }, Cash: {} }, make: { Card: (it) => Card(it.number, it.line), Cash: () => Cash } };

describe("shaped", () => {
  test("a record has its class, its functions and the defaults of absent and nil fields", () => {
    for (const count of [undefined, null]) {
      const line = shaped({ text: "a", count }, LineSchema);
      expect(line).toBeInstanceOf(Line);
      expect([line.count, line.total()]).toEqual([1, 2]);
    }
  });

  test("at every depth: lists, tuples, options, fields, results", () => {
    const [first] = shaped([{ text: "a" }], { list: LineSchema });
    expect(first).toBeInstanceOf(Line);
    const [name, line] = shaped(["x", { text: "a" }], { tuple: ["String", LineSchema] });
    expect([name, line.total()]).toEqual(["x", 2]);
    expect(shaped({ text: "a" }, { optional: LineSchema })).toBeInstanceOf(Line);
    expect(shaped({ text: "a" }, { option: LineSchema }).unwrap().total()).toBe(2);
    expect(shaped(Some({ text: "a" }), { option: LineSchema }).unwrap().total()).toBe(2);
    expect(shaped(None, { option: LineSchema })).toBe(None);
    expect(shaped({ lines: [{ text: "a" }] }, { record: { lines: { list: LineSchema } } }).lines[0].total()).toBe(2);
    const result = { variants: { Ok: { value: LineSchema }, Err: { error: "String" } } };
    expect(shaped(Ok({ text: "a" }), result).unwrap().total()).toBe(2);
    expect(shaped(Err("no"), result).isErr()).toBe(true);
  });

  test("a Map comes as an object, with its keys as they are declared, and goes as one", () => {
    const counts = { map: ["Int", "Int"] };
    expect(shaped({ 1: 2, 30: 4 }, counts)).toEqual(new Map([[1, 2], [30, 4]]));
    expect(shaped(JSON.parse('{"__proto__":{"text":"a"}}'), { map: ["String", LineSchema] }).get("__proto__").total()).toBe(2);
    expect(shaped([{ a: {} }], { list: { map: ["String", counts] } })).toEqual([new Map([["a", new Map()]])]);
    expect(plain([new Map([[1, new Map([["a", 2]])]])])).toEqual([{ 1: { a: 2 } }]);
    expect(JSON.stringify(plain({ a: Ok(new Map([[1, 2]])), b: [Some({ c: new Map() })] }))).toBe(
      '{"a":{"__tag":"Ok","value":{"1":2}},"b":[{"__tag":"Some","value":{"c":{}}}]}');
    const self = { name: "a" };
    self.both = [self, { self }];
    expect(() => plain(self)).toThrow(new TypeError("A value that holds itself cannot become JSON"));
    const untouched = [1, { a: new Date(0) }];
    expect(plain(untouched)).toBe(untouched);
  });

  test("what stands for an Option is Some or None, wherever it is", () => {
    const option = { option: "Int" };
    for (const [data, value] of [[3, Some(3)], [0, Some(0)], [null, None], [undefined, None], [Some(3), Some(3)], [None, None]]) {
      expect(shaped(data, option)).toEqual(value);
      expect(shaped(data, { union: ["String", option] })).toEqual(value);
    }
    expect(shaped({ __tag: "Some", value: 3, more: 1 }, option)).toEqual(Some(3));
    expect(shaped([1, null, Some(2)], { list: option })).toEqual([Some(1), None, Some(2)]);
    expect(shaped({ a: 1 }, { record: { a: option, b: option } })).toEqual({ a: Some(1), b: None });
    expect(shaped(Some(null), { option })).toEqual(Some(None));
    expect(shaped(5, { option })).toEqual(Some(Some(5)));
    expect(shaped({ __tag: "Card", line: 1 }, { variants: { Card: { line: option } } }).line).toEqual(Some(1));
  });

  test("T? is the value itself or nil, and what has a default may be absent", () => {
    for (const value of [3, null, undefined]) expect(shaped(value, { optional: "Int" })).toBe(value);
    expect(shaped(undefined, { optional: { option: "Int" } })).toBe(undefined);
    expect(shaped(4, { optional: { option: "Int" } })).toEqual(Some(4));
  });

  test("variants are what their makers make, with what they hold", () => {
    const card = shaped({ __tag: "Card", number: "1", line: { text: "a" } }, PaymentSchema);
    expect([card.kind(), card.line.total()]).toEqual(["Card", 2]);
    expect(shaped({ __tag: "Cash" }, PaymentSchema)).toBe(Cash);
    expect(shaped({ __tag: "toString" }, PaymentSchema)).toEqual({ __tag: "toString" });
  });

  test("a union takes the first type that fits, a type that contains itself has no end", () => {
    expect(shaped({ text: "a" }, { union: ["String", PaymentSchema, LineSchema] })).toBeInstanceOf(Line);
    expect(shaped("x", { union: ["String", LineSchema] })).toBe("x");
    const Tree = { record: { line: LineSchema, below: { list: () => Tree } } };
    const tree = shaped({ line: { text: "a" }, below: [{ line: { text: "b" }, below: [] }] }, Tree);
    expect(tree.below[0].line.total()).toBe(2);
  });

  test("further columns come along, and hide nothing of the type", () => {
    const line = shaped({ text: "a", id: 7, total: "mine", constructor: "x" }, LineSchema);
    expect([line.id, line.total(), line.constructor]).toEqual([7, 2, Line]);
  });

  test("what does not fit stays as it is", () => {
    for (const value of ["x", 5, null, undefined, [1]]) expect(shaped(value, LineSchema)).toEqual(value);
    expect(shaped("x", { list: LineSchema })).toBe("x");
    expect(shaped({ a: 1 }, "Any")).toEqual({ a: 1 });
  });
});

describe("reviver", () => {
  const received = reviver({ Card: (it) => Card(it.number, it.line), Cash: () => Cash }, { newest: { list: LineSchema } });

  test("variants have their functions wherever they are", () => {
    const { way, all } = received("any", { way: { __tag: "Card", number: "1" }, all: [Ok({ __tag: "Cash" })] });
    expect([way.kind(), all[0].unwrap()]).toEqual(["Card", Cash]);
  });

  test("results have what their functions say", () => {
    expect(received("newest", [{ text: "a" }])[0].total()).toBe(2);
    expect(received("toString", [{ text: "a" }])).toEqual([{ text: "a" }]);
  });
});
