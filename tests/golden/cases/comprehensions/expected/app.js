import { pairsOf } from "./runtime/operators.js";
import { filter, map, range, assert_eq } from "./runtime/core.js";

const xs = [1, 2, 3, 4];
const evens = map(filter(xs, (x) => x % 2 === 0), (x) => x * x);
const same = filter(xs, (x) => x > 2);
const items = [];
for (const x of range(0, 2)) {
  for (const y of range(0, 2)) {
    if (x !== y) {
      items.push([x, y]);
    }
  }
}
const pairs = items;
const record = {};
for (const [k, v] of pairsOf({ a: 1, b: 2 })) {
  record[k] = v * 2;
}
const named = record;
assert_eq(evens, [4, 16]);
assert_eq(same, [3, 4]);
assert_eq(pairs, [[0, 1], [1, 0]]);
assert_eq(named, { a: 2, b: 4 });

// Pairs of a list give key and value.
const record2 = {};
for (const [name, size] of pairsOf([["a", 1], ["b", 2]])) {
  record2[name] = size + 1;
}
assert_eq(record2, { a: 2, b: 3 });
const record3 = {};
for (const class_ of ["a"]) {
  record3[class_] = 1;
}
assert_eq(record3, { a: 1 });
