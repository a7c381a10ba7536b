import { createSignal, mount as mount_, tova_el as tova_el_ } from "./runtime/reactivity.js";
import { filter as filter_ } from "./runtime/core.js";

// Names that runtime, builtins and setters have too.
const [count, setCount2] = createSignal(0);
const [filter, setFilter] = createSignal("all");
const [map, setMap2] = createSignal([1]);
const [batch, setBatch] = createSignal(1);
const [rpc, setRpc] = createSignal(null);
const mount = 3;

function setCount(n) {
  setCount2(n);
}

function shadow(count, filter) {
  return `${count} ${filter}`;
}

function inner() {
  const setMap = 1;
  setMap2([setMap]);
  return filter_(map(), (count) => count > 0);
}

function App(props) {
  const tova_el = () => (props.tova_el === undefined ? 1 : props.tova_el);

  return tova_el_("p", { onclick: () => setCount(mount) },
    () => `${count()} `,
    () => shadow(1, 2),
    () => ` ${tova_el()} `,
    () => inner(),
  );
}

mount_(App, document.getElementById("app"));
