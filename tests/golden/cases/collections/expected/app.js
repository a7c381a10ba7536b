import { assert_eq, keys } from "./runtime/core.js";

const base = { a: 1, "two words": 2, 3: "three" };
const key = "dyn";
const more = { ...base, [key]: true, key, type: "t", [`x${key}`]: 0 };
const list = [0, ...[1, 2], 3];
assert_eq(more["two words"], 2);
assert_eq(more.dyn, true);
assert_eq(more.key, "dyn");
assert_eq(more.type, "t");
assert_eq(more["xdyn"], 0);
assert_eq(more[3], "three");
assert_eq(list, [0, 1, 2, 3]);
assert_eq({}.constructor == null, false);
assert_eq(keys({ ["__proto__"]: 1 }), ["__proto__"]);
assert_eq([1, "a"], [1, "a"]);
