import { pairs } from "./runtime/operators.js";
import { range, len, assert_eq, assert } from "./runtime/core.js";

function sums(n) {
  let total = 0;
  for (const i of range(0, n)) {
    total += i;
  }
  for (let i = 1; i <= 3; i++) {
    total += i;
  }
  for (const i of range(3, 1)) {
    total += 100 * i;
  }
  for (const [i, x] of pairs([5, 6])) {
    total += i * x;
  }
  for (const [key, x] of pairs({ a: 1, b: 2 })) {
    total += x + len(key);
  }
  for (const [a, b] of [[1, 2]]) {
    total += a * b;
  }
  for (const { x } of [{ x: 7 }]) {
    total += x;
  }
  for (const x of [1, 2, 3]) {
    if (!(x > 1)) {
      continue;
    }
    total += x;
  }
  return total;
}

function flow(xs) {
  let steps = [];
  search: {
    outer: for (const x of xs) {
      let n = 0;
      while (true) {
        n += 1;
        if (n > x) {
          continue outer;
        }
        if (x === 3) {
          break search;
        }
        steps = [...steps, n];
      }
    }
    steps = ["none"];
  }
  while (true) {
    if (len(steps) > 0) {
      break;
    }
    steps = [0];
  }
  return steps;
}

let calls = 0;

function items() {
  calls += 1;
  return ["p", "q"];
}

assert_eq(sums(4), 6 + 6 + 500 + 6 + 5 + 2 + 7 + 5);
assert_eq(flow([1, 2, 3, 1]), [1, 1, 2]);
assert_eq(flow([]), ["none"]);
for (const [i, item] of pairs(items())) {
  assert(item != null && i < 2);
}
assert_eq(calls, 1);

// A record that is known to be one gives its pairs.
const pairs_seen = [];
for (const pair of Object.entries({ a: 1, b: 2 })) {
  pairs_seen.push(pair);
}
assert_eq(pairs_seen, [["a", 1], ["b", 2]]);

// Labels of nested loops may be the same; the inner one is meant.
let rounds = 0;
again: for (let i = 0; i < 2; i++) {
  again_: for (let j = 0; j < 3; j++) {
    if (j === 1) {
      continue again_;
    }
    if (j === 2) {
      break again_;
    }
    rounds += 1;
  }
}
assert_eq(rounds, 2);
