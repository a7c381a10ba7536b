import { comparable, same } from "./runtime/operators.js";
import { showable, serializable } from "./runtime/derive.js";
import { assert_eq } from "./runtime/core.js";

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  loud() {
    return `${this.x}!`;
  }
}
comparable(Point);
showable(Point);
serializable(Point);

const p = new Point(1, "q");

assert_eq(same(p, new Point(1, "q")), true);
assert_eq(`${p}`, "Point(1, \"q\")");
assert_eq(p.to_json(), "{\"x\":1,\"y\":\"q\"}");
assert_eq(same(Point.from_json(p.to_json()), p), true);
assert_eq(Point.toJSON(p), p.to_json());
assert_eq(p.loud(), "1!");

const Shape = {};
const Circle = (r) => ({ __proto__: Shape, __tag: "Circle", r });
const At = (place) => ({ __proto__: Shape, __tag: "At", place });
const Nowhere = Object.freeze({ __proto__: Shape, __tag: "Nowhere" });
comparable(Shape, "Circle", "At", "Nowhere");
showable(Shape);
serializable(Shape);

assert_eq(`${Circle(2)} ${Nowhere} ${At(p)}`, "Circle(2) Nowhere At(Point(1, \"q\"))");
assert_eq(same(Shape.from_json(Circle(1).to_json()), Circle(1)), true);
assert_eq(JSON.stringify(Circle(9)), Shape.toJSON(Circle(9)));
