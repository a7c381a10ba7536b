import { withPart } from "./runtime/operators.js";
import { createSignal, mount, tova_el, on } from "./runtime/reactivity.js";

const [text, setText] = createSignal("");
const [on_off, setOn_off] = createSignal(false);
const [form, setForm] = createSignal({ name: "" });
const [node, setNode] = createSignal(null);
let plain = null;

function send(e) {
  return e.preventDefault();
}

function App() {
  return tova_el(
    "form",
    {
      id: "f",
      class: () => `a ${text()}`,
      "data-kind": "x",
      "aria-label": text,
      hidden: true,
      onsubmit: on(send, ["prevent"]),
    },
    tova_el("input", {
      value: text,
      disabled: on_off,
      onkeydown: on((e) => setText(e.target.value), ["enter", "stop"]),
    }),
    tova_el("input", { "bind:value": [text, setText], ref: setNode }),
    tova_el("input", {
      type: "checkbox",
      "bind:checked": [on_off, setOn_off],
      "class:on": on_off,
      "class:off": () => !on_off(),
    }),
    tova_el("input", {
      "bind:value": [() => form().name, (value) => setForm(withPart(form(), "name", value))],
      ref: (element) => {
        plain = element;
      },
    }),
    tova_el(
      "p",
      {
        show: on_off,
        style: { color: "red" },
        title: () => "t" + text(),
        onmouseenter: () => setOn_off(true),
      },
      "x",
    ),
    tova_el("a", { href: () => `/x/${text()}`, ...form() }, "link"),
    tova_el("img", { src: text, alt: "" }),
  );
}

mount(App, document.getElementById("app"));
