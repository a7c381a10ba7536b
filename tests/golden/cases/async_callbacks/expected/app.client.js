import { createSignal } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { mapAsync, filterAsync, eachAsync, anyAsync } from "./runtime/core.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

async function load(id) {
  return await server.user(id);
}

function twice(id) {
  return id * 2;
}

const Box = (() => {
  const [items, setItems] = createSignal([]);
  async function map(f) {
    return await server.user(f(1));
  }
  async function add(id) {
    return await server.user(id);
  }

  return {
    get items() { return items(); },
    set items(value) { setItems(value); },
    map,
    add,
  };
})();

// A name, a name in parentheses, a function of a server or of a store.
async function by_name(ids) {
  return await mapAsync(ids, load);
}

async function in_parentheses(ids) {
  return await filterAsync(ids, load);
}

async function of_server(ids) {
  return await mapAsync(ids, server.user);
}

async function of_store(ids) {
  return await eachAsync(ids, Box.add);
}

async function of_column(ids) {
  return await mapAsync(ids, load);
}

async function in_a_chain(ids) {
  return await anyAsync((await filterAsync(ids, load)).map(twice), load);
}

async function of_what_may_be_nil(ids) {
  return ids == null ? undefined : await mapAsync(ids, load);
}

async function of_a_value_that_may_be_nil() {
  const list = await Box.add(1);
  return list == null ? undefined : await mapAsync(list, load);
}

// The source awaits the list itself.
async function awaited(ids) {
  return await mapAsync(ids, load);
}

async function first_of_awaited(ids) {
  return (await mapAsync(ids, load))[0];
}

// No callback of these waits, and `map` of a store is no list's.
function nothing_waits(ids) {
  return ids.map(twice);
}

async function of_a_promise(ids, f) {
  return await ids.map(f);
}

async function own_map() {
  return await Box.map(twice);
}

async function own_map_of_async() {
  return await Box.map(load);
}
