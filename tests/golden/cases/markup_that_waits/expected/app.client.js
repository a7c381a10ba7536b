import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const [id, setId] = createSignal(1);
const [name, setName] = createSignal("");

function App() {
  const kept = server.name_of(1);
  server.greet(1);
  server.name_of(2).then((found) => setName(found));

  return tova_el("div", {},
    () => server.name_of(id()),
    () => (id() > 1 ? server.name_of(id()) : "none"),
    kept,
    tova_el("b", {}, server.name_of(3)),
    tova_el("button", { onclick: async () => setName(await server.name_of(4)) }, "Load"),
  );
}

mount(App, document.getElementById("app"));
