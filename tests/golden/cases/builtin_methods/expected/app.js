import { method } from "./runtime/methods.js";
import { str } from "./runtime/str.js";
import { titleCase } from "./runtime/texts_case.js";
import { words } from "./runtime/texts_parts.js";
import { upper, first, sorted, last, contains, capitalize, lower } from "./runtime/core.js";

// Methods that Tova has and JavaScript has not.
class Label {
  constructor(text) {
    this.text = text;
  }

  upper() {
    return "own";
  }
}

function known(name, xs) {
  return [
    upper(name),
    first(words("a b")),
    last(sorted(xs)),
    contains([1, 2], 2),
    name == null ? undefined : capitalize(name),
  ];
}

function unknown(x) {
  return [
    method(x, "upper", upper)(),
    x == null ? undefined : method(x, "lower", lower)(),
    method(x, "titleCase", titleCase)(),
    x.first(),
    x.length,
  ];
}

function others(label) {
  return [label.upper(), Math.max(1, 2), str.upper("a"), "a".trim()];
}
