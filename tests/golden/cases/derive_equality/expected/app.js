import { comparable, same } from "./runtime/operators.js";
import { assert } from "./runtime/core.js";

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}
comparable(Point);

const Go = (by) => ({ __tag: "Go", by });
const Stay = Object.freeze({ __tag: "Stay" });
comparable("Go", "Stay");

class Other {
  constructor(x) {
    this.x = x;
  }
}

assert(same(new Point(1, 2), new Point(1, 2)));
assert(!same(new Point(1, 2), new Point(2, 2)));
assert(same(Go(new Point(1, 1)), Go(new Point(1, 1))));
assert(!same(new Other(1), new Other(1)));
assert("a" === "a" && 1 !== 2);
