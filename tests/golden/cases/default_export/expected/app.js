import { assert_eq } from "./runtime/core.js";

// The default export of a module is a function, a type or a value.
export default function start(name) {
  return `Hello ${name}`;
}

export const limit = 3;

export class Pair {
  constructor(a, b) {
    this.a = a;
    this.b = b;
  }
}

assert_eq(start("Ann"), "Hello Ann");
