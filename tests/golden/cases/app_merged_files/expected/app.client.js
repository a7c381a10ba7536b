import { Note, LIMIT } from "./app.shared.js";
import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const start = new Note(0, "none");
const [shown, setShown] = createSignal(first_note(start));

createEffect(async () => {
  setShown(await server.latest());
});

function App() {
  return tova_el("p", {}, () => `${shown().text} of ${LIMIT}`);
}

function first_note(fallback) {
  return fallback;
}

mount(App, document.getElementById("app"));
