import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { template, insert } from "./runtime/templates.js";
import { ErrorBoundary } from "./runtime/boundaries.js";
import { createContext, inject, provide, scoped } from "./runtime/context.js";
import { lazy } from "./runtime/lazy.js";
import { createResource } from "./runtime/resources.js";
import { getParams, getQuery } from "./runtime/router.js";
import { Link } from "./runtime/router_views.js";
import { slot } from "./runtime/slots.js";
import { createRef } from "./runtime/refs.js";

const div_template = template(
  "<div class='layout'><header></header><main></main><footer></footer></div>",
);
const div_template2 = template("<div><h1></h1></div>");

const theme_ctx = createContext("light");

function Layout(props) {
  const div = div_template();
  const header = div.firstChild;
  const main = header.nextSibling;
  const footer = main.nextSibling;
  insert(header, () => slot(props.header, null, () => ["no header"]));
  insert(main, () => props.children?.());
  insert(footer, () => slot(props.footer, null));

  return div;
}

function Rows(props) {
  return tova_el("ul", {},
    () => props.items.map((item) => tova_el("li", {}, () => slot(props.children, { item, index: 1 }))),
  );
}

function Themed() {
  const theme = inject(theme_ctx);

  return tova_el("b", { class: () => `t-${theme()}` }, theme);
}

function Outer(props) {
  return scoped(() => {
    const [theme, setTheme] = createSignal("dark");
    provide(theme_ctx, theme);

    return tova_el("section", {}, Themed(), " ", () => props.children?.());
  });
}

const [users, { loading, error }] = createResource(() => Promise.resolve([1]));
const Chart = lazy(() => Promise.resolve(Themed));

function App(props) {
  const params = getParams();
  const field = createRef();
  const div = div_template2();
  const h1 = div.firstChild;
  insert(
    div,
    Layout({
      title: "x",
      header: () => [tova_el("div", {}, tova_el("h1", {}, "My App"))],
      footer: () => [tova_el("i", {}, "1")],
      children: () => [tova_el("p", {}, "Main")],
    }),
    h1,
  );
  insert(
    div,
    Rows({
      items: [1, 2],
      children: () => [(props2) => tova_el("span", {}, () => `${props2.item}${props.user}`)],
    }),
    h1,
  );
  insert(div, Outer({ children: () => [tova_el("input", { ref: field })] }), h1);
  insert(
    div,
    () =>
      loading()
        ? tova_el("p", {}, "Loading")
        : error() ? tova_el("p", {}, () => error().message) : null,
    h1,
  );
  insert(
    div,
    ErrorBoundary({
      fallback: (props3) => tova_el("p", {}, () => props3.error.message),
      children: () => [Chart({ fallback: tova_el("p", {}, "wait") })],
    }),
    h1,
  );
  insert(h1, () => `${params().id} `, null);
  insert(h1, () => users(), null);
  insert(h1, () => ` ${getQuery()().q}`, null);
  insert(div, Link({ href: "/x", activeClass: "on", children: () => ["x"] }), null);

  return div;
}

mount(App, document.getElementById("app"));
