import { assert_eq } from "./runtime/core.js";

class Point {
  constructor(x, y = 7, z = 3) {
    this.x = x;
    this.y = y;
    this.z = z;
  }
}

function origin() {
  return new Point(0, 0, 0);
}

const p = new Point(1, 2);

assert_eq(new Point(p.x, 9, p.z), new Point(1, 9, 3));
const fields = origin();
assert_eq(new Point(fields.x, fields.y, 1), new Point(0, 0, 1));
const fields2 = { y: 5, ...p };
assert_eq(new Point(fields2.x, fields2.y, fields2.z), new Point(1, 2, 3));
const fields3 = { ...p, ...{ z: 8 } };
assert_eq(new Point(fields3.x, fields3.y, fields3.z), new Point(1, 2, 8));
assert_eq(new Point(p.x, p.y, p.z), p);
