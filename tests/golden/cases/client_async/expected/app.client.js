import { given } from "./runtime/operators.js";
import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { filter, mapAsync, eachAsync, print } from "./runtime/core.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const [found, setFound] = createSignal(null);
const [list, setList] = createSignal([]);

async function one(id) {
  return await server.find(id);
}

async function two(id) {
  return (await one(id)).name;
}

async function active() {
  return await mapAsync(filter(await server.ids(), (id) => id > 1), async (id) =>
    await server.find(id),
  );
}

async function chained() {
  return await mapAsync((await server.ids()).filter((id) => id > 1), async (id) => await one(id));
}

async function each_of() {
  return await eachAsync(await server.ids(), async (id) => setFound(await one(id)));
}

async function listed() {
  const items = [];
  for (const id of await server.ids()) {
    items.push(await one(id));
  }
  return items;
}

async function handle(x) {
  const subject = await server.risky(x);
  if (subject?.__tag === "Ok") {
    const value = subject.value;
    setFound(value);
  } else if (subject?.__tag === "Err") {
    const reason = subject.error;
    print(reason);
  }
}

async function either(flag) {
  if (flag) {
    return await server.ids();
  } else {
    return [];
  }
}

async function default_of(x) {
  return given(x) ?? await server.find(1);
}

async function nested() {
  return wrap(await one(1), async () => await server.ids());
}

function wrap(a, f) {
  return [a, f()];
}

function later() {
  return setTimeout(async () => setFound(await server.find(2)), 10);
}

createEffect(async () => {
  if (found() == null) {
    setList(await server.ids());
  }
});

function App() {
  return tova_el("div", {},
    tova_el("button", { onclick: async () => setList(await server.ids()) }, "Load"),
    tova_el(
      "button",
      {
        onclick: async () => {
          setFound(await server.find(1));
          setList([]);
        },
      },
      "One",
    ),
    tova_el("button", { onclick: handle }, "Handle"),
  );
}

mount(App, document.getElementById("app"));
