import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { template, insert, attributes } from "./runtime/templates.js";
import { tova_inject_css } from "./runtime/styles.js";
import { variants } from "./runtime/variants.js";

const button_template = template(
  "<button data-tova-74e7eca0><span data-tova-74e7eca0>x</span></button>",
);

tova_inject_css("74e7eca0", `
  .btn[data-tova-74e7eca0] { border: none; color: var(--tova-color-text); padding: var(--tova-spacing-md) calc(var(--tova-spacing-lg) * 2); }
  .btn[data-tova-74e7eca0]:hover, .btn[data-tova-74e7eca0]:focus-visible > .icon[data-tova-74e7eca0] { color: var(--tova-color-primary-hover); }
  .btn--tone-primary[data-tova-74e7eca0] { background: var(--tova-color-primary); }
  .btn--tone-primary[data-tova-74e7eca0]:hover { background: var(--tova-color-primary-hover); }
  .btn--size-sm[data-tova-74e7eca0] { font-size: 14px; }
  .btn--tone-primary.btn--size-sm[data-tova-74e7eca0] { font-weight: 700; }
  .btn--busy-true[data-tova-74e7eca0] { opacity: 0.5; }
  @media (min-width: 768px) {
    .btn[data-tova-74e7eca0] { padding: 24px; }
  }
  @media (min-width: 1024px) {
    .btn[data-tova-74e7eca0] { padding: 32px; }
  }
`);

function Button(props) {
  const tone = () => (props.tone === undefined ? "primary" : props.tone);
  const busy = () => (props.busy === undefined ? false : props.busy);
  const button = button_template();
  const span = button.firstChild;
  insert(button, () => `${props.label} `, span);
  attributes(span, { class: "icon" });
  attributes(button, {
    class: () => `btn ${variants("btn", { tone: tone(), size: props.size, busy: busy() })}`,
  });

  return button;
}

tova_inject_css("72e87fa2", `
  .bar[data-tova-72e87fa2] { transition: width 0.5s linear; }
`);

function Bar(props) {
  return tova_el("div", {
    class: "bar",
    style: () => `width: ${props.width}px`,
    "data-tova-72e87fa2": "",
  });
}

function App() {
  const [n, setN] = createSignal(1);

  return tova_el("div", {},
    Button({ label: "go", get size() { return n() > 1 ? "sm" : "lg"; } }),
    Bar({ get width() { return n(); } }),
  );
}

mount(App, document.getElementById("app"));
