import { assert_eq } from "./runtime/core.js";

let total = 1;
const options = { size: 1, tags: ["a"] };

function change() {
  total = total + 1;
  total *= 10;
  total -= 5;
  total **= 2;
  options.size += 2;
  options.tags[0] = "b";
  options["extra"] = true;
  options.maybe ??= "set";
}

function shadowing(total) {
  return total + 1;
}

function local() {
  const limit = limit_of_all + 1;
  return limit * 2;
}

const limit_of_all = 10;

function later() {
  const result = total;
  return result;
}

change();
assert_eq(total, 225);
assert_eq(options, { size: 3, tags: ["b"], extra: true, maybe: "set" });
assert_eq(shadowing(5), 6);
assert_eq(local(), 22);
assert_eq(limit_of_all, 10);
assert_eq(later(), 225);
