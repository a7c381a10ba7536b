import "node:os";
import { readFileSync as read } from "node:fs";
import * as path from "node:path";
import { assert_eq } from "./runtime/core.js";

export function visible() {
  return path.basename("/a/b");
}

function hidden() {
  return read == null;
}

export const limit = 5;

export class Thing {
  constructor(a) {
    this.a = a;
  }
}

export const counter = hidden();
export { hidden as secret, limit as most };
export { basename } from "node:path";
export * from "node:url";

assert_eq(visible(), "b");
assert_eq(counter, false);
