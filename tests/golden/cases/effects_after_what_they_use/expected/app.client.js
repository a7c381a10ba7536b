import { createSignal, createComputed, createEffect } from "./runtime/reactivity.js";
import { print, sum } from "./runtime/core.js";

const offset = 10;
const start = 1;
const [numbers, setNumbers] = createSignal([start]);
const total = createComputed(() => total_of(numbers()));

createEffect(() => {
  print(total());
});

function total_of(list) {
  return sum(list) + offset;
}
