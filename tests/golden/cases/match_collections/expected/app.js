import { len, assert_eq } from "./runtime/core.js";

function shape_of(value) {
  if (Array.isArray(value) && value.length === 0) {
    return "empty";
  } else if (Array.isArray(value) && value.length === 1) {
    const x = value[0];
    return `one ${x}`;
  } else if (Array.isArray(value) && value.length >= 1 && len(value.slice(1)) > 2) {
    const first = value[0];
    return `long ${first}`;
  } else if (Array.isArray(value) && value.length >= 2) {
    const first = value[0];
    const last = value.at(-1);
    return `from ${first} to ${last}`;
  } else if (typeof value === "string" && value.startsWith("re:")) {
    const rest = value.slice("re:".length);
    return `reply to ${rest}`;
  } else if (typeof value === "object" && value !== null && value.kind === "user" && "name" in value) {
    const name = value.name;
    return `user ${name}`;
  } else if (typeof value === "object" && value !== null && "kind" in value) {
    const kind = value.kind;
    const { kind: _, ...others } = value;
    return `${kind} with ${len(others)}`;
  } else {
    return "else";
  }
}

assert_eq(shape_of([]), "empty");
assert_eq(shape_of([1]), "one 1");
assert_eq(shape_of([1, 2, 3, 4]), "long 1");
assert_eq(shape_of([1, 2]), "from 1 to 2");
assert_eq(shape_of("re:hello"), "reply to hello");
assert_eq(shape_of({ kind: "user", name: "Ann" }), "user Ann");
assert_eq(shape_of({ kind: "x", a: 1, b: 2 }), "x with 2");
assert_eq(shape_of(null), "else");
