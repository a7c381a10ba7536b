import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { inRuns } from "./runtime/runs.js";

const api = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, "api"); },
});

const back_office = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, "back-office"); },
});

const owners = { __proto__: null, list: "api" };

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, owners[name]); },
});

const [all, setAll] = createSignal([]);

createEffect(inRuns(async (track) => {
  setAll([
    await track(() => api.status()),
    await track(() => back_office.status()),
    await track(() => server.list()),
  ]);
}));

function names(api) {
  return api.status();
}

function App() {
  return tova_el("p", { onclick: async () => await api.list() }, all);
}

mount(App, document.getElementById("app"));
