// Checks by schema, and text from paths and queries.
import { expect, test } from "bun:test";
import { checkType, several, soleArgument, toBool, toFloat, toInt } from "../../codegen/runtime/server.js";
import { None, Some } from "../../codegen/runtime/core.js";
import { shaped } from "../../codegen/runtime/shapes.js";

const errorsOf = (value, schema, place = "x") => {
  const errors = [];
  checkType(errors, place, value, schema);
  return errors;
};

const User = { record: { name: "String", tags: { list: "String" }, age: { optional: "Int" } } };
const Shape = { variants: { Circle: { r: "Float" }, Point: {} } };
const Tree = { record: { left: { option: () => Tree }, n: "Int" } };

const Mood = { literals: ["calm", "wild"] };

const Age = { refined: ["Int", { holds: (it) => it >= 0 }] };
const Chosen = { refined: [{ option: "Int" }, { holds: (it) => it.isNone() || it.unwrap() > 2 }, shaped] };
const Filled = { refined: [{ record: { at: { option: "Int" } } }, { holds: (it) => it.at.isSome() }, shaped] };
const Name = { ruled: ["String", ["required"], ["minLength", 2, "too short"], ["oneOf", ["Ann", "Bo", ""]]] };

const CASES = [
  [3, Age, []],
  [-1, Age, ["x is not valid"]],
  ["3", Age, ["x must be an integer"]],
  [[-1], { list: Age }, ["x[0] is not valid"]],
  [3, Chosen, []],
  [Some(3), Chosen, []],
  [null, Chosen, []],
  [undefined, Chosen, []],
  [2, Chosen, ["x is not valid"]],
  [Some(2), Chosen, ["x is not valid"]],
  ["3", Chosen, ["x must be an integer"]],
  [{ at: 3 }, Filled, []],
  [{ at: null }, Filled, ["x is not valid"]],
  [[{ at: 3 }, {}], { list: Filled }, ["x[1] is not valid"]],
  ["2024-02-29", "Date", []],
  ["2024-02-29T10:30:00.000Z", "Date", []],
  ["2024-02-29T23:30+05:30", "Date", []],
  ["+012345-01-01", "Date", []],
  ["2023-02-29", "Date", ["x must be a date"]],
  ["2020-02-31T10:00Z", "Date", ["x must be a date"]],
  ["2020-13-01", "Date", ["x must be a date"]],
  ["12345-01-01", "Date", ["x must be a date"]],
  [20200101, "Date", ["x must be a date"]],
  ["Ann", Name, []],
  ["", Name, ["x is required", "too short"]],
  ["Eve", Name, ["x must be one of Ann, Bo, "]],
  [null, Name, ["x is required"]],
  [7, { ruled: ["Int", ["min", 8], ["max", 6, "too much"]] }, ["x must be at least 8", "too much"]],
  ["a@b", { ruled: ["String", ["email"]] }, ["x must be an e-mail address"]],
  ["a@b.c", { ruled: ["String", ["email"], ["maxLength", 5], ["pattern", /^a/]] }, []],
  ["b", { ruled: ["String", ["matches", "^a", "not so"]] }, ["not so"]],
  ["a", "String", []],
  [1, "String", ["x must be a string"]],
  [null, "String", ["x is required"]],
  [undefined, "Int", ["x is required"]],
  [1, "Int", []],
  [1.5, "Int", ["x must be an integer"]],
  [1e300, "Int", ["x must be an integer"]],
  ["1", "Int", ["x must be an integer"]],
  [1, "Float", []],
  [Infinity, "Float", ["x must be a number"]],
  [0, "Bool", ["x must be a boolean"]],
  [null, "Any", []],
  [["a", "b"], { list: "String" }, []],
  [["a", null, {}], { list: "String" }, ["x[1] is required", "x[2] must be a string"]],
  ["ab", { list: "String" }, ["x must be a list"]],
  [{ length: 1 }, { list: "String" }, ["x must be a list"]],
  [[[1], ["a"]], { list: { list: "Int" } }, ["x[1][0] must be an integer"]],
  [null, { option: "Int" }, []],
  [None, { option: "Int" }, []],
  [Some(1), { option: "Int" }, []],
  [Some("a"), { option: "Int" }, ["x must be an integer"]],
  [1, { option: "Int" }, []],
  [{ __tag: "Some" }, { option: "Int" }, ["x must be an integer"]],
  [undefined, { option: "Int" }, []],
  ["a", { option: "Int" }, ["x must be an integer"]],
  [[1, null, "a"], { list: { option: "Int" } }, ["x[2] must be an integer"]],
  [null, { optional: "Int" }, []],
  [1, { optional: "Int" }, []],
  ["1", { optional: "Int" }, ["x must be an integer"]],
  [Some(1), { optional: "Int" }, ["x must be an integer"]],
  [null, { union: ["String", { option: "Int" }] }, []],
  [null, { union: ["String", "Int"] }, ["x is required"]],
  [null, { ruled: [{ optional: "Int" }, ["min", 3]] }, []],
  [null, { ruled: ["Int", ["min", 3]] }, ["x is required"]],
  [{ a: 1, b: 2 }, { map: ["String", "Int"] }, []],
  [{ a: "1" }, { map: ["String", "Int"] }, ["x.a must be an integer"]],
  [None, { map: ["String", "String"] }, ["x must be an object"]],
  [Some("a"), { map: ["String", "String"] }, ["x must be an object"]],
  [{ 1: "a", "01": "b" }, { map: ["Int", "String"] }, ["the key 01 of x stands there twice"]],
  [{ ["k".repeat(500_000)]: 1 }, { map: ["String", "String"] }, [`x.${"k".repeat(40)}… must be a string`]],
  [{ 1: "a", b: "c" }, { map: ["Int", "String"] }, ["the key b of x must be an integer"]],
  [[1], { map: ["String", "Int"] }, ["x must be an object"]],
  [undefined, { map: ["String", "Int"] }, ["x is required"]],
  [[1, "a"], { tuple: ["Int", "String"] }, []],
  [[1], { tuple: ["Int", "String"] }, ["x must be a list of 2 items"]],
  [["a", 1], { tuple: ["Int", "String"] }, ["x[0] must be an integer", "x[1] must be a string"]],
  [{ name: "A", tags: [] }, User, []],
  [{ tags: "a", age: "b" }, User, ["x.name is required", "x.tags must be a list", "x.age must be an integer"]],
  [[], User, ["x must be an object"]],
  ["A", User, ["x must be an object"]],
  [{}, { record: { toString: "String" } }, ["x.toString is required"]],
  [{ __tag: "Circle", r: 1 }, Shape, []],
  [{ __tag: "Circle", r: "1" }, Shape, ["x.r must be a number"]],
  [{ __tag: "Point" }, Shape, []],
  [{ __tag: "toString" }, Shape, ["x must be one of Circle, Point"]],
  [{ __tag: ["Circle"] }, Shape, ["x must be one of Circle, Point"]],
  [{}, Shape, ["x must be one of Circle, Point"]],
  ["a", { union: ["String", "Int"] }, []],
  [true, { union: ["String", "Int"] }, ["x must be a string or an integer"]],
  [true, { union: [{ list: "Int" }, User, Shape] }, ["x must be a list or an object or Circle or Point"]],
  [{ n: 1, left: { n: 2, left: { n: "a" } } }, Tree, ["x.left.left.n must be an integer"]],
  ["calm", Mood, []],
  ["loud", Mood, ['x must be "calm" or "wild"']],
  ["toString", Mood, ['x must be "calm" or "wild"']],
  [["calm"], Mood, ['x must be "calm" or "wild"']],
  [null, Mood, ["x is required"]],
  [null, { optional: Mood }, []],
  ["loud", { optional: Mood }, ['x must be "calm" or "wild"']],
  [["wild", "loud"], { list: Mood }, ['x[1] must be "calm" or "wild"']],
  [{ calm: 1, loud: 2 }, { map: [Mood, "Int"] }, ['the key loud of x must be "calm" or "wild"']],
  ["old", { union: ["Int", { literals: ["new"] }] }, ['x must be an integer or "new"']],
  ['say "hi"', { literals: ['say "hi"'] }, []],
  ["hi", { literals: ['say "hi"'] }, ['x must be "say \\"hi\\""']],
  [null, "Nil", []],
  [undefined, "Nil", []],
  [0, "Nil", ["x must be nil"]],
  [true, { union: ["Nil", "Int"] }, ["x must be nil or an integer"]],
  [null, { union: ["Nil", "Int"] }, []],
  [{ name: "A", tags: [1] }, { union: [User, "String"] }, ["x.tags[0] must be a string"]],
  [{ __tag: "Circle", r: "1" }, { union: [Shape, Mood] }, ["x.r must be a number"]],
  [true, { union: [{ union: ["Int", "Float"] }, () => ({ optional: "String" }), "Int"] }, ["x must be an integer or a number or a string"]],
  [{}, { union: [{ union: [User, "Int"] }, { record: { id: "Int" } }] }, ["x must be an object with name, tags, age or an integer or an object with id"]],
  [new Set([1, 2]), { set: "Int" }, []],
  [new Set([1, "2"]), { set: "Int" }, ["x[1] must be an integer"]],
  [new Set([1]), { list: "Int" }, ["x must be a list"]],
  [new Map([[1, new Set(["a"])]]), { map: ["Int", { set: "String" }] }, []],
  [new Map([["1", "a"], [2, 3]]), { map: ["Int", "String"] }, ["the key 1 of x must be an integer", "x.2 must be a string"]],
  [{}, { union: [User, { record: { id: "Int" } }] }, ["x must be an object with name, tags, age or an object with id"]],
];

test("types that hold a union of each other are asked once at each level of a value", () => {
  const Left = { record: { next: { optional: { union: [() => Left, () => Right] } } } };
  const Right = { record: { next: { optional: { union: [() => Right, () => Left] } } } };
  let value = { next: "end" };
  for (let depth = 0; depth < 40; depth++) value = { next: value };
  expect(errorsOf(value, { union: [Left, Right] })).toEqual(["x must be an object with next or an object with next"]);
});

test("types that stand for each other and themselves are asked once of a value", () => {
  const A = { union: [() => B, () => C] };
  const B = { union: [() => A, "Int"] };
  const C = { union: [() => A, "String"] };
  const Maybe = { optional: () => Maybe };
  const told = (type) => [`x must be ${type}`];
  expect([true, 3, "a"].map((value) => errorsOf(value, A))).toEqual([told("a string or an integer"), [], []]);
  expect(errorsOf([3, "a", false], { list: A })).toEqual(["x[2] must be a string or an integer"]);
  expect(errorsOf(true, { union: [Maybe, "Int"] })).toEqual(told("an integer"));
});

for (const [value, schema, expected] of CASES) {
  test(`${JSON.stringify(value)} as ${JSON.stringify(schema)}`, () => expect(errorsOf(value, schema)).toEqual(expected));
}

test("neither depth nor number of errors is without end", () => {
  let deep = { n: 1 };
  for (let i = 0; i < 5000; i++) deep = { n: 1, left: deep };
  const [error, ...more] = errorsOf(deep, Tree);
  expect([error.endsWith("is nested too deeply"), more]).toEqual([true, []]);
  expect(errorsOf(Array(100_000).fill(1), { list: "String" }).length).toBe(50);
});

test("text becomes what it reads as, or stays", () => {
  expect([toInt("10"), toInt("-1"), toInt("1.5"), toInt("1e3"), toInt(""), toInt(undefined), toInt(" 1")]).toEqual([10, -1, "1.5", "1e3", "", undefined, " 1"]);
  expect([toFloat("1.5"), toFloat("-2"), toFloat("1e3"), toFloat("x"), toFloat(undefined)]).toEqual([1.5, -2, 1000, "x", undefined]);
  expect([toBool("true"), toBool("False"), toBool("1"), toBool("0"), toBool("yes"), toBool(undefined)]).toEqual([true, false, true, false, "yes", undefined]);
  expect(toBool("constructor")).toBe("constructor");
});

test("what a rest parameter is given by its name", () => {
  expect([undefined, null, "a", 0, ["a", "b"], []].map(several)).toEqual([[], [], ["a"], [0], ["a", "b"], []]);
});

test("a sole argument", () => {
  expect(soleArgument({}, "user")).toBe(undefined);
  expect(soleArgument({ user: 1 }, "user")).toBe(1);
  expect(soleArgument({ user: undefined }, "user")).toBe(undefined);
  expect(soleArgument({ name: "A" }, "user")).toEqual({ name: "A" });
  expect(soleArgument({ a: 1 }, "constructor")).toEqual({ a: 1 });
});
