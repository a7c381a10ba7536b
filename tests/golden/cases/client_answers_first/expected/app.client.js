import { withPart } from "./runtime/operators.js";
import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { len } from "./runtime/core.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const [users, setUsers] = createSignal([]);
const [total, setTotal] = createSignal(0);
const [cart, setCart] = createSignal({ lines: [], sum: 0 });
const [seen, setSeen] = createSignal(0);

function note() {
  setSeen(seen() + 1);
}

async function appended(name) {
  const answer = await server.add(name);
  setUsers([...users(), answer]);
}

async function prepended(name) {
  setUsers([await server.add(name), ...users()]);
}

async function both(a, b) {
  const answer = await server.add(a);
  const answer2 = await server.add(b);
  setUsers([...users(), answer, answer2]);
}

async function method(name) {
  const answer = await server.add(name);
  setUsers(users().concat([{ name: answer, at: len(users()) }]));
}

async function text(name) {
  setUsers([`${len(users())}: ${await server.add(name)}`]);
}

async function sum(name) {
  const answer = await server.price(name);
  setTotal(total() + answer);
  const answer2 = await server.price(name);
  setTotal(total() + answer2);
  setTotal(await server.price(name) + total());
}

async function part(name) {
  const answer = await server.price(name);
  setCart(withPart(cart(), "sum", cart().sum + answer));
  const answer2 = await server.add(name);
  setCart(withPart(cart(), "lines", withPart(cart().lines, 0, answer2)));
}

// What does more than read stays before the call, and what may not be asked for is not.
async function kept(name) {
  setUsers([...users(), note(), await server.add(name)]);
  setUsers(len(users()) > 3 ? users() : [...users(), await server.add(name)]);
  setTotal(total() ?? await server.price(name));
}

// An effect follows what it reads before it waits.
createEffect(async () => {
  setTotal(seen() + total() * 0 + await server.price("a"));
});

function App() {
  return tova_el(
    "button",
    {
      onclick: async () => {
        const answer = await server.add("x");
        setUsers([...users(), answer]);
      },
    },
    "Add",
  );
}

mount(App, document.getElementById("app"));
