import { tag } from "./app.shared.js";
import { mount, tova_el } from "./runtime/reactivity.js";

function App() {
  return tova_el("p", {}, () => tag("page"));
}

mount(App, document.getElementById("app"));
