import { print, map } from "./runtime/core.js";

// A struct by the names of its fields, in any order, is the call with the values in their places.
class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

const Circle = (center, radius) => ({ __tag: "Circle", center, radius });
const Empty = Object.freeze({ __tag: "Empty" });

function origin() {
  return new Point(0, 0);
}

const shifted = new Point(origin().x + 1, 2);
const shape = Circle(new Point(4, 5), 3);
print(shifted.x, shifted.y);
if (shape?.__tag === "Circle") {
  const center = shape.center;
  const radius = shape.radius;
  print(center.x, radius);
} else if (shape?.__tag === "Empty") {
  print("empty");
}

function area([width, height]) {
  return width * height;
}

print(map([[1, 2], [3, 4]], ([a, b]) => a * b));
print(area([5, 6]));

const items = [10, 20, 30];
print(items.slice(1), items.slice(0, 2));
