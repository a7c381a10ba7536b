import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { upper, len } from "./runtime/core.js";

const [a, setA] = createSignal(1);
const [b, setB] = createSignal(2);

function App() {
  return tova_el("article", {},
    tova_el("p", {}, () => `${a()} (${b()})`),
    tova_el("p", {}, "Words for everyone: if you like, else match; don't worry."),
    tova_el("p", {},
      "Spaces collapse over lines ",
      tova_el("b", {}, "and"),
      " stay ",
      tova_el("i", {}, "between"),
      " words.",
    ),
    tova_el("p", {}, () => `Quoted ${a()} and bare ${b()}!`),
    tova_el("p", {}, () => `${a()}${b()}`),
    tova_el("p", {}, () => `${a()} ${b()}`),
    tova_el("p", {}, "only"),
    tova_el("p", {}, "literal"),
    tova_el("p", {}, a),
    tova_el("p", {}, () => a() + b()),
    tova_el("p", {}, `${upper("x")} ${len([1])} items`),
    tova_el("p", {}, `Costs $\\${5} \`ticks\` \$`),
    tova_el("br", {}),
    tova_el("p", {}),
    tova_el("p", {}),
  );
}

mount(App, document.getElementById("app"));
