import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const [n, setN] = createSignal(0);

createEffect(async () => {
  setN(await server.f());
});

function App() {
  return tova_el("p", {}, n);
}

mount(App, document.getElementById("app"));
