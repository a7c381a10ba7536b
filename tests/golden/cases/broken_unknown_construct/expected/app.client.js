import { mount, tova_el } from "./runtime/reactivity.js";

function App() {
  // Not emitted: this form of attribute (main.tova, line 8).

  return tova_el("p", {}, "x");
}

mount(App, document.getElementById("app"));
