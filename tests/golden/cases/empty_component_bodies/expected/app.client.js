import { mount } from "./runtime/reactivity.js";
import { print } from "./runtime/core.js";

function Nothing() {
  return null;
}

function App() {
  print("made");

  return Nothing();
}

mount(App, document.getElementById("app"));
