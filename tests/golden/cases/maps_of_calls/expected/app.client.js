import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { inRuns } from "./runtime/runs.js";
import { reviver } from "./runtime/shapes.js";
import { print } from "./runtime/core.js";

const received = reviver({}, { inverted: { map: ["String", "Int"] } });

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, undefined, received); },
});

const [size, setSize] = createSignal(0);

createEffect(inRuns(async (track) => {
  setSize(await server.total(new Map([["a", 1]])));
  const back = await track(() => server.inverted(new Map([[1, "a"]])));
  print(back.get("a"));
}));

function App() {
  return tova_el("p", {}, size);
}

mount(App, document.getElementById("app"));
