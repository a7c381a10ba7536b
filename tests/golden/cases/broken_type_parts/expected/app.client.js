import { Hammer, Small, Large } from "./app.shared.js";
import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { inRuns } from "./runtime/runs.js";
import { reviver } from "./runtime/shapes.js";
import { len } from "./runtime/core.js";

const received = reviver({ Hammer: () => Hammer, Small: () => Small, Large: (it) => Large(it.by) });

const api = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, "api", received); },
});

const [title, setTitle] = createSignal("x");
const [pages, setPages] = createSignal([]);

createEffect(inRuns(async (track) => {
  setPages(await track(() => api.pages(Hammer)));
}));

function App() {
  return tova_el("p", {}, () => `${title()} ${len(pages())}`);
}

mount(App, document.getElementById("app"));
