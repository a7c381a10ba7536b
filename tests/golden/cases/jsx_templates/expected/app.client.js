import { createSignal, mount, tova_el, on } from "./runtime/reactivity.js";
import { is } from "./runtime/choices.js";
import { keyed } from "./runtime/dom_lists.js";
import { template, insert, listen, attributes } from "./runtime/templates.js";
import { filter, map } from "./runtime/core.js";

const tr_template = template(
  "<tr data-kind='a \"b\" &lt;c> &amp; d'><td class='id'></td><td><a></a></td><td hidden title='it&#39;s'>plain &amp;amp; simple</td></tr>",
);
const article_template = template(
  "<article><h2></h2> before <!> between <!> <b>fixed</b> after </article>",
);
const section_template = template(
  "<section><p>a </p><ul><li>one</li></ul><table></table><a>a </a><input type='text'></section>",
);
const p_template = template("<p><b></b> </p>");
const li_template = template("<li><b></b></li>");
const ul_template = template("<ul><li></li></ul>");

const [people, setPeople] = createSignal([]);
const [chosen, setChosen] = createSignal(null);
const [kind, setKind] = createSignal("all");

function drop(id) {
  setPeople(filter(people(), (p) => p.id !== id));
}

// Rows are clones: what never changes stands in their template, the rest is put into its nodes.
function People() {
  return tova_el("table", {},
    keyed(people, (person) => person.id, (person) => {
      const tr = tr_template();
      const td = tr.firstChild;
      const a = td.nextSibling.firstChild;
      insert(td, person().id);
      insert(a, () => person().name);
      listen(a, "click", () => setChosen(person().id));
      listen(a, "keydown", on(() => drop(person().id), ["enter"]));
      attributes(tr, { class: () => (is(chosen, person().id) ? "chosen" : "") });
      return tr;
    }),
  );
}

// Between texts a value has a mark of its own; before an element it needs none.
function Card(props) {
  const article = article_template();
  const h2 = article.firstChild;
  const mark = h2.nextSibling.nextSibling;
  const mark2 = mark.nextSibling.nextSibling;
  insert(h2, () => props.title);
  insert(article, Badge({ get text() { return props.title; } }), mark);
  insert(article, Badge({ get text() { return props.body; } }), mark2);
  insert(article, Badge({ text: "last" }), null);

  return article;
}

function Badge(props) {
  return tova_el("i", {}, () => props.text);
}

// The parser of HTML would change these: they are made one by one.
function Odd(props) {
  const section = section_template();
  const p2 = section.firstChild;
  const li = p2.nextSibling.firstChild;
  const table2 = p2.nextSibling.nextSibling;
  const a = table2.nextSibling;
  const input = a.nextSibling;
  insert(p2, tova_el("div", {}, "b"), null);
  insert(li, tova_el("li", {}, "two"), null);
  insert(section, tova_el("svg", { viewBox: "0 0 1 1" }, tova_el("path", { d: "M0 0" })), table2);
  insert(section, tova_el("my-element", {}, "own"), table2);
  insert(table2, () => props.items, null);
  insert(table2, tova_el("tr", {}, tova_el("td", {}, "1")), null);
  insert(a, tova_el("a", { href: "/" }, "b"), null);
  attributes(a, { href: "javascript:run()" });
  attributes(input, { value: "given", disabled: true });

  return section;
}

// Of functions of items, of nested rows; the item's own key does not change.
function Lists() {
  return tova_el("div", {},
    () => map(people(), (person) => {
      const p2 = p_template();
      const b = p2.firstChild;
      insert(b, () => person.name);
      insert(p2, () => (kind() === "all" ? "!" : ""), null);
      return p2;
    }),
    keyed(people, (person) => person.id, (person) => {
      const ul = ul_template();
      const li2 = ul.firstChild;
      insert(li2, person().id);
      insert(
        ul,
        keyed(() => person().tags, (tag) => tag, (tag) => {
          const li = li_template();
          const b2 = li.firstChild;
          insert(b2, tag());
          insert(li, () => ` of ${person().name}`, null);
          attributes(li, { class: () => (!is(kind, tag()) ? "off" : "on") });
          return li;
        }),
        null,
      );
      return ul;
    }),
  );
}

function App() {
  return tova_el("main", {}, People(), " ", Lists());
}

mount(App, document.getElementById("app"));
