import { failed, inner } from "./runtime/operators.js";
import { Ok, Err, len, Some, None, assert_eq, assert } from "./runtime/core.js";

function half(n) {
  if (n % 2 === 0) {
    return Ok(n / 2);
  } else {
    return Err(`${n} is odd`);
  }
}

function quarter(n) {
  const outcome = half(n);
  if (failed(outcome)) return outcome;
  const h = inner(outcome);
  return half(h);
}

function sum_of(a, b) {
  const outcome = half(a);
  if (failed(outcome)) return outcome;
  const value = inner(outcome);
  const outcome2 = half(b);
  if (failed(outcome2)) return outcome2;
  return Ok(value + inner(outcome2));
}

function first_of(xs) {
  const x = len(xs) > 0 ? Some(xs[0]) : None;
  const outcome = x;
  if (failed(outcome)) return outcome;
  return Some(inner(outcome) + 1);
}

function plain(x) {
  const outcome = x;
  if (failed(outcome)) return outcome;
  return inner(outcome);
}

assert_eq(quarter(8).unwrap(), 2);
assert_eq(quarter(6).error, "3 is odd");
assert_eq(sum_of(2, 4).unwrap(), 3);
assert_eq(sum_of(2, 3).error, "3 is odd");
assert_eq(first_of([1]).unwrap(), 2);
assert(first_of([])?.__tag === "None");
assert_eq(plain(5), 5);
