import { len, filter, map, assert_eq, upper, sum } from "./runtime/core.js";

const rows = [{ name: "Ann", age: 30, active: true }, { name: "Bo", age: 17, active: false }];

// The whole argument of an operation on rows speaks of the row.
assert_eq(map(filter(rows, (row2) => len(row2.name) > 2 && row2.active), (row2) => row2.name), ["Ann"]);
assert_eq(map(rows, (row2) => `${row2.name} is ${row2.age}`), ["Ann is 30", "Bo is 17"]);
assert_eq(map(rows, (row2) => (row2.active ? "on" : "off")), ["on", "off"]);
assert_eq(
  map(rows, (row2) =>
    typeof row2.age === "number" && row2.age >= 0 && row2.age < 18 ? "young" : "grown",
  ),
  ["grown", "young"],
);
assert_eq(rows.filter((row2) => row2.age >= 18).map((row2) => upper(row2.name)), ["ANN"]);

// Names of the program stay what they are.
const row = 1;
assert_eq(map(rows, (row2) => row2.age + row), [31, 18]);
assert_eq(map(rows, (row) => row.age), [30, 17]);

// A member of what is piped is no column.
assert_eq(rows.length, 2);

function where(items, test) {
  return items.filter(test);
}

function derive(items, fields) {
  return items.map((item) => ({ ...item, next: fields.next(item) }));
}

function agg(items, total) {
  return total(items);
}

function sum_of(f) {
  return (items) => sum(map(items, f));
}

assert_eq(
  map(derive(where(rows, (row2) => row2.age > 18), { next: (row2) => row2.age + 1 }), (row2) =>
    row2.next,
  ),
  [31],
);
assert_eq(agg(rows, sum_of((row2) => row2.age)), 47);
