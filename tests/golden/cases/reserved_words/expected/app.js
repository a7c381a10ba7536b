import { assert_eq } from "./runtime/core.js";

function delete_(class_, new_ = 1) {
  return class_ + new_;
}

function typeof_(function_) {
  const const_ = function_;
  return const_;
}

const void_ = delete_(2);
const enum_ = { class: 1, new: 2, delete: delete_ };

assert_eq(void_, 3);
assert_eq(typeof_("x"), "x");
assert_eq(enum_.class + enum_.new, 3);
assert_eq(enum_.delete(1, 1), 2);
