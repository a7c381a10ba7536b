import { refined } from "./runtime/derive.js";
import { contains, len, assert_eq } from "./runtime/core.js";

const Age = refined("Age", (it) => Number.isInteger(it) && it >= 0 && it < 150);

const Email = refined("Email", (it) => typeof it === "string" && contains(it, "@") && len(it) > 4);

const Share = refined("Share", (it) => typeof it === "number" && it >= 0.0 && it <= 100.0);

const Odd = refined("Odd", (it) => {
  if (!Age.holds(it)) return false;
  const half = it / 2;
  return half !== Math.floor(half);
});

// What is annotated with such a type is checked: fields, parameters, names.
class User {
  constructor(name, age, mail = "none@") {
    this.name = name;
    this.age = Age(age);
    this.mail = Email(mail);
  }
}

function send(to, times = 1) {
  Email(to);
  Age(times);
  return `${to} ${times}`;
}

function message(f) {
  try {
    return f();
  } catch (error) {
    return error.message;
  }
}

assert_eq(new User("a", 3).age, 3);
assert_eq(message(() => new User("a", 200)), "200 is no Age");
assert_eq(send("ann@x"), "ann@x 1");
assert_eq(message(() => send("ann")), "\"ann\" is no Email");

function bound() {
  const years = Age(300);
  return years;
}

assert_eq(message(bound), "300 is no Age");

// It can be asked, too.
assert_eq([Age.holds(3), Age.holds("x"), Odd.holds(3), !Odd.holds(4), Share.holds(101)], [
  true,
  false,
  true,
  true,
  false,
]);
assert_eq(Odd.holds(3) ? "odd" : "even", "odd");
assert_eq(Age(3), 3);
