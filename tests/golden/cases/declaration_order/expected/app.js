import { assert_eq } from "./runtime/core.js";

const base_price = 10;

// `order` needs what functions further down need.
const order = total() * 2;

function total() {
  return base() + 1;
}

function base() {
  return base_price;
}

assert_eq(order, 22);
