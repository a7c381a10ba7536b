import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";

const filter_server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, "filter"); },
});

const [n, setN] = createSignal(0);

async function load() {
  setN(await filter_server.thing());
}

function App() {
  return tova_el("button", { onclick: load }, n);
}

mount(App, document.getElementById("app"));
