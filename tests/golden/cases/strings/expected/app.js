import { upper, assert_eq, len } from "./runtime/core.js";

const name = "Ann";
assert_eq(`Hi ${name}, ${1 + 1} and ${upper(`x${name}`)}`, "Hi Ann, 2 and XANN");
assert_eq(
  "tick ` dollar $ brace {x} slash \\ quote \" tab\t",
  "tick ` dollar $ brace {x} slash \\ quote \" tab\t",
);
assert_eq(`${name}\`\${name}`, name + "`$" + "{name}");
assert_eq(`\$${name}`, "$" + name);
assert_eq("single {name}", "single {name}");
assert_eq("raw \\n {name}", "raw \\n {name}");
assert_eq(len(`a
b`), 3);
const text = `Dear ${name},
  you owe ${2 * 3}.
Bye`;
assert_eq(text, "Dear Ann,\n  you owe 6.\nBye");
assert_eq(`${name}!`, "Ann!");
assert_eq(1_000 + 0x10 + 0b11 + 0o17, 1034);
assert_eq(/a+b/gi.test("xAAB"), true);
