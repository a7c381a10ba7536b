// The names of port variables: the same as the command line's (tests/unit/codegen/test_naming.c).
import { expect, test } from "bun:test";
import { portVariable } from "../../codegen/runtime/lifecycle.js";

test.each([
  ["", "PORT"],
  ["api", "PORT_API"],
  ["Main-api 2", "PORT_MAIN_API_2"],
  ["caf\u00e9\u0131\u{1f600}x", "PORT_CAF___X"],
])("the port of server %j is set by %s", (name, variable) => {
  expect(portVariable(name)).toBe(variable);
});
