import { assert_eq } from "./runtime/core.js";

function label(a, b = 2, c = 3) {
  return `${a} ${b} ${c}`;
}

// The order of evaluation is that of the call, not that of the parameters.
const log = [];

function note(x) {
  log.push(x);
  return x;
}

const value = note(1);
assert_eq(label(note(2), note(3), value), "2 3 1");
assert_eq(log, [1, 2, 3]);

// Keys of a record that the function takes apart.
function connect(url, { timeout, retries = 5 }) {
  return `${url} ${timeout} ${retries}`;
}

assert_eq(connect("u", { timeout: 1 }), "u 1 5");
assert_eq(connect("u", { retries: 2, timeout: 3 }), "u 3 2");

class Place {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  move(dx, dy = 0) {
    return new Place(this.x + dx, this.y + dy);
  }

  static at(x, y) {
    return new Place(x, y);
  }
}

assert_eq(new Place(1, 2).move(1, 5), new Place(2, 7));
assert_eq(Place.at(2, 1), new Place(2, 1));

const difference = (a, b) => a - b;
assert_eq(difference(5, 1), 4);
assert_eq(difference(10, 1), 9);
