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
  const answer = await server.add(name);
  setUsers([`${len(users())}: ${answer}`]);
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

async function lists(name) {
  const answer = await server.add(name);
  setCart(withPart(cart(), "lines", [...cart().lines, answer]));
  const answer2 = await server.add(name);
  const answer3 = await server.price(name);
  const [next, next2] = [[...users(), answer2], total() + answer3];
  setUsers(next);
  setTotal(next2);
  const items = [];
  for (const other of [name, "b"]) {
    items.push(await server.add(other));
  }
  setUsers([...users(), ...items]);
}

// What is not asked for is not waited for.
async function chosen(name, at) {
  const answer = at !== 1 ? await server.add(name) : undefined;
  setUsers(at === 1 ? users() : [...users(), answer]);
  const chosen2 = len(users()) > 3;
  const answer2 = !chosen2 ? await server.add(name) : undefined;
  setUsers(chosen2 ? users() : [...users(), answer2]);
  const answer3 = at !== 1 && at === 2 ? await server.add(name) : undefined;
  setUsers(at === 1 ? users() : at === 2 ? [...users(), answer3] : []);
  const answer4 = at === 1 ? await server.add(name) : undefined;
  setUsers((at === 1 && [...users(), answer4]) || users());
  const answer5 = users() != null ? await server.add(name) : undefined;
  setUsers(users()?.concat(answer5));
  const answer6 = at === 1 ? await server.price(name) : undefined;
  const chosen3 = at !== 1 ? seen() > 2 : undefined;
  const answer7 = at !== 1 && chosen3 ? await server.price("b") : undefined;
  setTotal(total() + (at === 1 ? answer6 : chosen3 ? answer7 : 2));
  const answer8 = total() == null ? await server.price(name) : undefined;
  setTotal(total() ?? answer8);
  const answer9 = cart().sum == null ? await server.price(name) : undefined;
  setCart(withPart(cart(), "sum", cart().sum ?? answer9));
}

async function by_statements(name, at) {
  let result;
  if (at === 1) {
    result = users();
  } else {
    const n = note();
    const answer = await server.add(name);
    result = [...users(), n, answer];
  }
  setUsers(result);
  let result2;
  if (at === 1) {
    const cost = await server.price(name);
    result2 = cost + 2;
  } else {
    result2 = 4;
  }
  setTotal(total() + result2);
}

async function by_inference(name) {
  const answer = await asked(name);
  setUsers([...users(), answer]);
  const answer2 = await asked(name);
  const answer3 = await server.price(await asked(name));
  setUsers([...users(), Math.max(answer2, answer3)]);
}

async function asked(name) {
  return await server.add(name);
}

// What does more than read stays before the call, but for what asks for the state.
async function kept(name) {
  const value = note();
  const value2 = note();
  const answer = await server.add(name);
  setUsers([value, ...users(), { seen: value2, name: answer }]);
  const answer2 = await server.add(name);
  setUsers(users().filter((u) => u.at > 1).concat(answer2, note()));
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
