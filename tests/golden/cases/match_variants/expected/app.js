import { assert_eq, assert, Some, Ok, None, Err } from "./runtime/core.js";

const Circle = (radius) => ({ __tag: "Circle", radius });
const Box = (width, height) => ({ __tag: "Box", width, height });
const Empty = Object.freeze({ __tag: "Empty" });

function area(shape) {
  if (shape?.__tag === "Circle" && shape.radius > 100) {
    return "huge";
  } else if (shape?.__tag === "Circle") {
    const r = shape.radius;
    return 3 * r * r;
  } else if (shape?.__tag === "Box") {
    const w = shape.width;
    const h = shape.height;
    const product = w * h;
    return product;
  } else if (shape?.__tag === "Empty") {
    return 0;
  }
}

function outer(result) {
  if (result?.__tag === "Ok" && result.value?.__tag === "Some") {
    const x = result.value.value;
    return x;
  } else if (result?.__tag === "Ok" && result.value?.__tag === "None") {
    return "none";
  } else if (result?.__tag === "Err") {
    const reason = result.error;
    return `error ${reason}`;
  }
}

assert_eq(area(Circle(2)), 12);
assert_eq(area(Circle(101)), "huge");
assert_eq(area(Box(2, 3)), 6);
assert_eq(area(Empty), 0);
assert(area(5) == null);
assert_eq(outer(Ok(Some(3))), 3);
assert_eq(outer(Ok(None)), "none");
assert_eq(outer(Err("late")), "error late");

// Through JSON a value keeps its tag.
assert_eq(area(JSON.parse(JSON.stringify(Box(4, 5)))), 20);
assert_eq(outer(JSON.parse(JSON.stringify(Err("far")))), "error far");
