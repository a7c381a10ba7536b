import { withPart } from "./runtime/operators.js";
import { createSignal, createComputed } from "./runtime/reactivity.js";

const [user, setUser] = createSignal({ name: "a", address: { city: "x" }, tags: ["t"] });
const [items, setItems] = createSignal([]);
const [n, setN] = createSignal(1);
const [m, setM] = createSignal(2);

function change(i, name) {
  setN(n() + 1);
  setN(n() << 2);
  const [next, next2] = [m(), n()];
  setN(next);
  setM(next2);
  setUser(withPart(user(), "name", name));
  setUser(withPart(user(), "address", withPart(user().address, "city", "y")));
  setUser(withPart(user(), "tags", withPart(user().tags, 0, name)));
  setItems(withPart(items(), i, { ...items()[i], done: true }));
  setUser(withPart(user(), "name", user().name ?? "none"));
  setN(m() > 2 ? 1 : 2);
  let result;
  const subject = m();
  if (subject === 1) {
    const x = 5;
    result = x;
  } else {
    result = 6;
  }
  setN(result);
}

const doubled = createComputed(() => n() * 2);
const word = createComputed(() => {
  const subject = n();
  if (subject === 1) {
    return "one";
  } else {
    const k = subject;
    const w = `k${k}`;
    return w;
  }
});
