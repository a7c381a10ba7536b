import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { tova_inject_css } from "./runtime/styles.js";

function Plain() {
  return tova_el("p", {}, "not styled");
}

tova_inject_css("c374ec70", `
  .app[data-tova-c374ec70] {
    margin: 0;
    &:hover { color: red; }
    > p[data-tova-c374ec70] { color: "}"; }
    .x[data-tova-c374ec70] & { top: 1px; }
  }
  .app[data-tova-c374ec70]::before { content: "{ \\"quoted\\" }"; }
  h1[data-tova-c374ec70]:is(.a[data-tova-c374ec70], .b[data-tova-c374ec70] > .c[data-tova-c374ec70]):not([data-tova-c374ec70]:first-child)::after { content: "/*"; }
  .w-1\\/2[data-tova-c374ec70], .a\\:b[data-tova-c374ec70]:hover { width: 50%; }
  .widget[data-tova-c374ec70] .third { color: red; }
  body.open { overflow: hidden; }
  :is(.a, .b) p[data-tova-c374ec70] { }
  li[data-tova-c374ec70]:nth-child(2n + 1 of .x[data-tova-c374ec70]) { color: blue; }
  [data-x="a,b{"][data-tova-c374ec70] + ~ p[data-tova-c374ec70] { color: blue; }
  a[data-tova-c374ec70] > b[data-tova-c374ec70] ~ c[data-tova-c374ec70] { color: blue; }
  *[data-tova-c374ec70], *[data-tova-c374ec70]::before { box-sizing: border-box; }
  :root[data-theme=dark] .app[data-tova-c374ec70] { color: white; }
  @media (max-width: 768px) {
    .app[data-tova-c374ec70] { width: 100%; }
    @supports (display: grid) {
      .app[data-tova-c374ec70] { display: grid; }
    }
  }
  @layer base, top;
  @keyframes spin {
    from { transform: rotate(0deg); }
    50% { opacity: 1; }
    to { transform: rotate(360deg); }
  }
  @font-face { font-family: "X"; src: url("/x.woff2") format("woff2"); }
  .app[data-tova-c374ec70] p[data-tova-c374ec70] { --x: { a: b }; background: url(data:image/png;base64,iVBORw0KGgo=) , url( 'a b.png' ); animation: spin 1s linear infinite; }
  @media (prefers-reduced-motion: reduce) {
    [data-tova-c374ec70], [data-tova-c374ec70]::before, [data-tova-c374ec70]::after {
      transition-duration: 0.01ms !important;
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
    }
  }
`);

function App() {
  const [n, setN] = createSignal(1);

  return tova_el("main", { class: () => `app wide${n()}`, "data-tova-c374ec70": "" },
    tova_el("h1", { id: "top", "data-tova-c374ec70": "" }, "Hello"),
    Plain(),
    tova_el("p", { style: "color: red", "data-tova-c374ec70": "" }, "plain"),
  );
}

mount(App, document.getElementById("app"));
