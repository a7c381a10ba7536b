import { sum, len, round, assert_eq } from "./runtime/core.js";

function greet(name = "you", mark = "!") {
  return `Hello ${name}${mark}`;
}

function total(first, ...rest) {
  return first + sum(rest);
}

function area({ w, h = 2 }) {
  return w * h;
}

function ends([first, ...rest]) {
  return [first, len(rest)];
}

// Named arguments take the places of their parameters.
function rate(amount, percent, digits = 2) {
  return round(amount * percent / 100, digits);
}

function fallback(x) {
  if (x === undefined) {
    let result;
    if (1 < 2) {
      const a = 40;
      result = a + 2;
    } else {
      result = 0;
    }
    x = result;
  }
  return x;
}

assert_eq(greet(), "Hello you!");
assert_eq(greet("Ann", "?"), "Hello Ann?");
assert_eq(greet(undefined, "."), "Hello you.");
assert_eq(total(1, 2, 3), 6);
assert_eq(area({ w: 3 }), 6);
assert_eq(ends([7, 8, 9]), [7, 2]);
assert_eq(rate(50, 10), 5);
assert_eq(fallback(), 42);
assert_eq(fallback(1), 1);
