import { mount, tova_el } from "./runtime/reactivity.js";

function App() {
  return tova_el("p", {}, "fine");
}

mount(App, document.getElementById("app"));
