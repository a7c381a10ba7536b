import { assert_eq } from "./runtime/core.js";

const user = { name: "Ann", greet: (word) => `${word}!`, tags: ["a"] };
const nobody = null;

assert_eq(user?.name, "Ann");
assert_eq(nobody?.name?.length, null);
assert_eq(user?.["name"], "Ann");
assert_eq(nobody?.[0], null);
assert_eq(user.greet?.("Hi"), "Hi!");
assert_eq(user.leave?.("Bye"), null);
assert_eq(nobody?.greet("Hi"), null);
assert_eq(user.tags?.[0].length, 1);
