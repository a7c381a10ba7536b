import {
  createSignal,
  createComputed,
  createEffect,
  mount,
  tova_el,
  fragment,
} from "./runtime/reactivity.js";
import { template, insert, attributes } from "./runtime/templates.js";
import { print } from "./runtime/core.js";

const section_template = template("<section><h2></h2></section>");

const [n, setN] = createSignal(1);

function Card(props) {
  const size = () => (props.size === undefined ? 2 : props.size);
  const section = section_template();
  const h2 = section.firstChild;
  insert(h2, () => props.title);
  insert(section, () => props.children?.(), null);
  attributes(section, { class: () => `card s${size()}` });

  return section;
}

function Plain() {
  return tova_el("hr", {});
}

function Two() {
  return fragment(tova_el("p", {}, "first"), tova_el("p", {}, "second"));
}

function Choice(props) {
  return fragment(() => {
    if (props.flag) {
      return tova_el("p", {}, "yes");
    } else {
      return tova_el("p", {}, "no");
    }
  });
}

function Local(props) {
  const [value, setValue] = createSignal(props.start);
  const double = props.start * 2;
  const triple = createComputed(() => value() * 3);

  createEffect(() => {
    print(value());
  });

  return tova_el("button", { onclick: () => setValue(value() + 1) },
    () => `${value()} ${double} ${triple()}`,
  );
}

function App() {
  return fragment(
    Card({ title: "fixed", children: () => ["text ", tova_el("b", {}, "inside"), () => ` ${n()}`] }),
    Card({ get title() { return `t ${n()}`; }, get size() { return n() + 1; } }),
    Card({ ...{ title: "spread" } }),
    Card({ title: "called", get size() { return n(); } }),
    Card({ title: "named" }),
    Plain(),
    Plain(),
    Two(),
    Choice({ get flag() { return n() > 1; } }),
    Local({ get start() { return n(); } }),
  );
}

mount(App, document.getElementById("app"));
