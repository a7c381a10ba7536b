import { createSignal, createComputed, createEffect } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { inRuns } from "./runtime/runs.js";
import { filter, len, print } from "./runtime/core.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const [query, setQuery] = createSignal("");
const [kind, setKind] = createSignal("all");
const [users, setUsers] = createSignal([]);
const [label, setLabel] = createSignal("");
const suffix = createComputed(() => "!" + kind());

const Filter = (() => {
  const [word, setWord] = createSignal("");

  return {
    get word() { return word(); },
    set word(value) { setWord(value); },
  };
})();

async function load(q) {
  return await server.users(await server.page(q));
}

// One call, and nothing read after it: rpc itself sees to it that a late answer stays away.
createEffect(async () => {
  setUsers(await server.page(query()));
});

// What is waited for or read after the first await goes by track.
createEffect(inRuns(async (track) => {
  const ids = await server.page(query());
  const found = await track(() => server.users(ids));
  setUsers(filter(found, (u) => u.kind === "x"));
  setLabel(`${len(found)} ${track(kind)}${track(suffix)} ${track(() => Filter.word)}`);
}));

// A function that waits, and an await of the source's own.
createEffect(inRuns(async (track) => {
  setUsers(await track(() => load(query())));
}));

createEffect(inRuns(async (track) => {
  setLabel(await track(() => fetch("/label")));
}));

// In a loop everything may come after a wait; what the effect sets itself it does not follow.
createEffect(inRuns(async (track) => {
  for (const q of [track(query), track(kind)]) {
    setUsers([...users(), await track(() => server.page(q))]);
  }
}));

// Functions within have their own time.
createEffect(async () => {
  const total = await server.count();
  setTimeout(() => print(kind()), total);
});
