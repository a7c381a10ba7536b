import { createSignal, createComputed, mount, tova_el } from "./runtime/reactivity.js";
import { len } from "./runtime/core.js";

const cart = (() => {
  const [items, setItems] = createSignal([]);
  const [open, setOpen] = createSignal(false);
  const size = createComputed(() => len(items()));

  function add(item) {
    setItems([...items(), item]);
    setOpen(true);
  }

  function class_() {
    return size();
  }

  return {
    get items() { return items(); },
    set items(value) { setItems(value); },
    get open() { return open(); },
    set open(value) { setOpen(value); },
    get size() { return size(); },
    add,
    class: class_,
  };
})();

function App() {
  return tova_el("p", { onclick: () => cart.add(1) },
    () => `${cart.size} items, `,
    () => (cart.open ? "open" : "closed"),
  );
}

mount(App, document.getElementById("app"));
