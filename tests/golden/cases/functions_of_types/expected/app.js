import { min, max, join, print } from "./runtime/core.js";

class Stack {
  constructor(items) {
    this.items = items;
  }

  static new() {
    return new Stack([]);
  }

  push(item) {
    return new Stack([...this.items, item]);
  }
}

function limits(xs) {
  const low = min(xs);
  const high = max(xs);
  return [low, high];
}

const full = Stack.new().push(1);
const [least, most] = limits([3, 1]);
print(`${join(["a", "b"], "-")} ${-3 + +2}`);
