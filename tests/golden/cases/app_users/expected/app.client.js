import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args); },
});

const [members, setMembers] = createSignal([]);
const [name, setName] = createSignal("");
const [mail, setMail] = createSignal("");

// Fill the list once.
createEffect(async () => {
  setMembers(await server.members());
});

async function add() {
  const member = await server.join(name(), mail());
  setMembers([...members(), member]);
  setName("");
  setMail("");
}

function App() {
  return tova_el("main", {},
    tova_el("h1", {}, "Members"),
    tova_el("ul", {},
      () => members().map((member) => tova_el("li", {}, () => `${member.name} (${member.mail})`)),
    ),
    tova_el("input", { value: name, oninput: (e) => setName(e.target.value), placeholder: "Name" }),
    tova_el("input", { value: mail, oninput: (e) => setMail(e.target.value), placeholder: "Mail" }),
    tova_el("button", { onclick: add }, "Join"),
  );
}

mount(App, document.getElementById("app"));
