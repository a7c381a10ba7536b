// shapes.js: plain data as values of the types that the source names.
import { describe, expect, test } from "bun:test";
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

const LineSchema = { record: { text: "String", count: { option: "Int" } }, make: (it) => new Line(it.text, it.count ?? undefined) };
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
    expect(shaped({ text: "a" }, { option: LineSchema })).toBeInstanceOf(Line);
    expect(shaped(Some({ text: "a" }), { option: LineSchema }).unwrap().total()).toBe(2);
    expect(shaped(None, { option: LineSchema })).toBe(None);
    expect(shaped({ lines: [{ text: "a" }] }, { record: { lines: { list: LineSchema } } }).lines[0].total()).toBe(2);
    const result = { variants: { Ok: { value: LineSchema }, Err: { error: "String" } } };
    expect(shaped(Ok({ text: "a" }), result).unwrap().total()).toBe(2);
    expect(shaped(Err("no"), result).isErr()).toBe(true);
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
