import { to_int, Err, Ok, assert_eq, assert, Some, None } from "./runtime/core.js";

function parse(text) {
  const subject = to_int(text);
  if (subject == null) {
    return Err(`no number: ${text}`);
  } else {
    const n = subject;
    return Ok(n);
  }
}

const doubled = parse("21").map((n) => n * 2);
assert_eq(doubled.unwrap(), 42);
assert_eq(parse("x").unwrapOr(7), 7);
assert(parse("1").isOk() && parse("x").isErr());
assert_eq(Some(2).map((it) => it + 1).unwrap(), 3);
assert_eq(None.unwrapOr(1), 1);
assert_eq(
  JSON.stringify([Ok(1), Err("e"), Some(2), None]),
  "[{\"__tag\":\"Ok\",\"value\":1},{\"__tag\":\"Err\",\"error\":\"e\"},{\"__tag\":\"Some\",\"value\":2},{\"__tag\":\"None\"}]",
);
