import { assert_eq, assert } from "./runtime/core.js";

// Someone who can sign in.
class User {
  constructor(id, name = "anonymous") {
    this.id = id;
    this.name = name;
  }
}

class Pair {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
}

const ann = new User(1, "Ann");
const other = new User(2);
const swapped = new User(3, "Zed");
const now_date = new Date(0);

assert_eq(ann.name, "Ann");
assert_eq(other.name, "anonymous");
assert_eq([swapped.id, swapped.name], [3, "Zed"]);
assert(ann instanceof User);
assert_eq(new Pair(ann, other).right.id, 2);
assert_eq(now_date.getTime(), 0);
assert_eq(JSON.stringify(ann), "{\"id\":1,\"name\":\"Ann\"}");
