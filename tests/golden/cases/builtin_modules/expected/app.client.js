import { slug } from "./app.shared.js";
import { createSignal, mount, tova_el } from "./runtime/reactivity.js";

const [title, setTitle] = createSignal("");

function App() {
  return tova_el("p", {}, () => `${slug(title())} ${crypto.randomUUID()}`);
}

mount(App, document.getElementById("app"));
