// codegen/runtime/reactivity.js and the other dom files in a real page: elements, ranges, lists, properties, events.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { openPage, startChromium } from "../browser/chromium.mjs";
import { root } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";

const browser = shared((t) => startChromium(t));

const server = shared(async (t) => {
  const http = createServer(({ url }, response) => {
    const module = url.startsWith("/runtime/");
    response.setHeader("content-type", module ? "text/javascript" : "text/html");
    response.end(module ? readFileSync(join(root, "codegen/runtime", basename(url))) : '<!doctype html><link rel="icon" href="data:,"><div id="app">before</div>');
  });
  await new Promise((resolve) => http.listen(0, resolve));
  t.after(() => http.close());
  return `http://localhost:${http.address().port}`;
});

/**
 * A test whose body runs in a page with everything that reactivity.js exports, the container, and
 * `show`, which mounts a component and gives the container's HTML without the marks of ranges.
 */
function inPage(name, body, { allowed } = {}) {
  test(`elements: ${name}`, async (t) => {
    const page = await openPage(t, await browser(), await server(), { allowed });
    const outcome = await page.evaluate(async (text) => {
      const files = ["reactivity", "dom_lists", "scopes", "choices"];
      const runtime = Object.assign({}, ...await Promise.all(files.map((file) => import(`/runtime/${file}.js`))));
      const app = document.getElementById("app");
      const html = () => app.innerHTML.replaceAll("<!---->", "");
      const show = (...children) => { runtime.mount(() => children.flat(), app); return html(); };
      const warnings = [];
      console.warn = (line) => warnings.push(line);
      const steps = [];
      const check = (actual, expected) => steps.push([actual, expected]);
      await new Function("given", `return (${text})(given)`)({ ...runtime, app, html, show, check, warnings });
      return steps;
    }, String(body));
    assert.ok(outcome.length > 0, "something was checked");
    for (const [actual, expected] of outcome) assert.deepEqual(actual, expected);
  });
}

inPage("every kind of child", ({ tova_el: el, fragment, show, check }) => {
  check(show(el("p", {}, "a", 1, null, undefined, true, false, ["b", ["c"]], el("i"), fragment("d", "e"))), "<p>a1bc<i></i>de</p>");
  check(show(el("p", null, "<b>&")), "<p>&lt;b&gt;&amp;</p>");
  check(show(el("p", {}, 0, "", 5n, { toString: () => "x" })), "<p>05x</p>");
  check(show("text", el("br"), "more"), "text<br>more");
});

inPage("a function is a range that follows its signals", ({ tova_el: el, createSignal, show, html, check }) => {
  const [n, setN] = createSignal(1);
  check(show(el("p", {}, "a", () => n(), "b")), "<p>a1b</p>");
  const text = document.querySelector("p").childNodes[2];
  setN(2);
  check(html(), "<p>a2b</p>");
  check(text.isConnected, true);
  for (const [value, expected] of [[null, "ab"], ["<i>", "a&lt;i&gt;b"], [["x", "y"], "axyb"], [false, "ab"], [() => "inner", "ainnerb"], [[() => 1, [() => 2]], "a12b"]]) {
    setN(value);
    check(html(), `<p>${expected}</p>`);
  }
});

inPage("ranges within ranges move and go with them", ({ tova_el: el, createSignal, show, html, check }) => {
  const [order, setOrder] = createSignal("ab");
  const [a, setA] = createSignal("1");
  const inner = { a: el("b", {}, () => a()), b: el("i", {}, "2") };
  check(show(el("p", {}, () => [...order()].map((name) => [() => [name, inner[name]]]))), "<p>a<b>1</b>b<i>2</i></p>");
  setOrder("ba");
  check(html(), "<p>b<i>2</i>a<b>1</b></p>");
  setOrder("b");
  setA("changed while away");
  setOrder("ab");
  check(html(), "<p>a<b>changed while away</b>b<i>2</i></p>");
});

inPage("a list keeps the nodes that it is given again, with focus and selection", ({ tova_el: el, createSignal, show, check, app }) => {
  const inputs = Object.fromEntries([..."abcde"].map((name) => [name, el("input", { id: name, value: name.repeat(5) })]));
  const [order, setOrder] = createSignal("abcde");
  show(el("div", {}, () => [...order()].map((name) => inputs[name])));
  inputs.c.focus();
  inputs.c.setSelectionRange(1, 3);
  const blurs = [];
  inputs.c.onblur = () => blurs.push(order());
  const ids = () => [...app.querySelectorAll("input")].map((input) => input.id).join("");
  for (const next of ["bcde", "ace", "cba", "xcx".replaceAll("x", ""), "abcde", "edcba", "c"]) {
    setOrder(next);
    check([ids(), document.activeElement.id, inputs.c.selectionStart, inputs.c.selectionEnd], [next, "c", 1, 3]);
  }
  check(blurs.length <= 2, true);
});

inPage("lists of random orders come out right", ({ tova_el: el, createSignal, show, check, app }) => {
  const nodes = Array.from({ length: 12 }, (_, index) => el("i", {}, String.fromCharCode(97 + index)));
  const [order, setOrder] = createSignal([]);
  show(el("div", {}, "<", () => order().map((index) => nodes[index]), ">"));
  let seed = 1;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 200; round++) {
    const next = nodes.map((_, index) => index).filter(() => random(3) > 0).sort(() => random(3) - 1);
    setOrder(next);
    const text = `<${next.map((index) => nodes[index].textContent).join("")}>`;
    if (app.textContent !== text) check(app.textContent, text);
  }
  check(app.textContent.length > 2, true);
});

inPage("keyed rows keep their nodes, and their items follow", ({ tova_el: el, keyed, createSignal, onCleanup, show, html, check, app }) => {
  const [items, setItems] = createSignal([{ id: 1, t: "a" }, { id: 2, t: "b" }]);
  const ended = [];
  show(el("ul", {}, keyed(items, (item) => item.id, (item, index) => {
    const { id } = item();
    onCleanup(() => ended.push(id));
    return el("li", {}, () => `${index()}${item().t}`);
  })));
  check(html(), "<ul><li>0a</li><li>1b</li></ul>");
  const [first] = app.querySelectorAll("li");
  setItems([{ id: 2, t: "B" }, { id: 3, t: "c" }, { id: 1, t: "A" }]);
  check(html(), "<ul><li>0B</li><li>1c</li><li>2A</li></ul>");
  check(app.querySelectorAll("li")[2] === first, true);
  setItems([{ id: 3, t: "c" }]);
  check([html(), ended.sort()], ["<ul><li>0c</li></ul>", [1, 2]]);
});

inPage("keyed rows of a record or Map have its keys where a list has places", ({ tova_el: el, keyed, createSignal, show, html, check, app }) => {
  const [ages, setAges] = createSignal({ ann: { id: 1 }, bob: { id: 2 } });
  show(el("ul", {}, keyed(ages, (item) => item.id, (item, name) => el("li", {}, () => `${name()}${item().id}`))));
  check(html(), "<ul><li>ann1</li><li>bob2</li></ul>");
  const [first] = app.querySelectorAll("li");
  setAges(new Map([["eve", { id: 2 }], ["zoe", { id: 1 }]]));
  check(html(), "<ul><li>eve2</li><li>zoe1</li></ul>");
  check(app.querySelectorAll("li")[1] === first, true);
});

inPage("a promise shows nothing until it is there, and then only where it is still wanted", async ({ tova_el: el, createSignal, show, html, check }) => {
  const [n, setN] = createSignal(1);
  const waits = {};
  const wait = (name) => new Promise((resolve) => { waits[name] = resolve; });
  check(show(el("p", {}, "[", async () => { const now = n(); await wait(now); return el("b", {}, String(now)); }, "]")), "<p>[]</p>");
  setN(2);
  waits[2]();
  await null; await null; await null; await null;
  check(html(), "<p>[<b>2</b>]</p>");
  waits[1]();
  await null; await null; await null; await null;
  check(html(), "<p>[<b>2</b>]</p>");
});

inPage("mount replaces what was there, takes async components, and can be undone", async ({ tova_el: el, mount, onCleanup, createSignal, createEffect, app, html, check }) => {
  const [n, setN] = createSignal(0);
  const log = [];
  const undo = mount(() => {
    onCleanup(() => log.push("end"));
    createEffect(() => { log.push(n()); });
    return [el("p", {}, () => n()), "tail"];
  }, app);
  check(html(), "<p>0</p>tail");
  undo();
  setN(1);
  check([html(), log], ["", [0, "end"]]);
  mount(async () => { await null; return el("p", {}, "later"); }, app);
  await new Promise((resolve) => setTimeout(resolve));
  check(html(), "<p>later</p>");
  mount(() => el("footer", {}, "in the body"), null);
  check(document.body.innerHTML, "<footer>in the body</footer>");
});

inPage("components get props, children and their defaults", ({ tova_el: el, createSignal, show, html, check }) => {
  const [user, setUser] = createSignal("Ann");
  const Card = (props) => el("div", {}, () => props.user, props.children ?? "none");
  check(show(Card({ get user() { return user(); } }), el(Card, { user: "B" }, el("i", {}, "child"))), "<div>Annnone</div><div>B<i>child</i></div>");
  setUser("Eve");
  check(html(), "<div>Evenone</div><div>B<i>child</i></div>");
});

inPage("attributes are there, not there, or spelled out", ({ tova_el: el, createSignal, show, html, check }) => {
  check(show(el("a", { id: "x", title: null, hidden: true, draggable: false, "aria-hidden": false, "data-n": 0, tabIndex: 2, htmlFor: "y", key: 1, lang: undefined, download: false })),
    '<a id="x" hidden="" draggable="false" aria-hidden="false" data-n="0" tabindex="2" for="y"></a>');
  const [title, setTitle] = createSignal("a");
  show(el("p", { title }));
  setTitle("b");
  check(html(), '<p title="b"></p>');
  setTitle(null);
  check(html(), "<p></p>");
});

inPage("classes and styles in each form", ({ tova_el: el, createSignal, show, html, check }) => {
  const [on, setOn] = createSignal(true);
  check(show(el("p", { class: "a b", "class:c": on, "class:d": true, "class:e": false })), '<p class="a b c d"></p>');
  setOn(false);
  check(html(), '<p class="a b d"></p>');
  check(show(el("p", { class: () => ["x", on() ? "y" : null, { z: !on() }] })), '<p class="x z"></p>');
  check(show(el("p", { className: "k" })), '<p class="k"></p>');
  check(show(el("p", { style: "color: red" })), '<p style="color: red;"></p>');
  const style = () => (on() ? { fontSize: "2px", "--gap": 1 } : { color: "red", opacity: () => 0.5, left: null });
  check(show(el("p", { style })), '<p style="color: red; opacity: 0.5;"></p>');
  setOn(true);
  check(html(), '<p style="font-size: 2px; --gap: 1;"></p>');
});

inPage("show hides and brings back", ({ tova_el: el, createSignal, show, check, app }) => {
  const [on, setOn] = createSignal(false);
  show(el("p", { show: on }, "x"));
  const display = () => getComputedStyle(app.firstElementChild).display;
  check(display(), "none");
  setOn(true);
  check(display(), "block");
});

inPage("values are properties, and typing keeps the caret", ({ tova_el: el, createSignal, show, check, app }) => {
  const [name, setName] = createSignal("ab");
  const [checked, setChecked] = createSignal(true);
  show(el("input", { value: name, oninput: (event) => setName(event.target.value) }), el("input", { type: "checkbox", checked, disabled: () => !checked() }));
  const [text, box] = app.querySelectorAll("input");
  text.focus();
  text.setSelectionRange(1, 1);
  document.execCommand("insertText", false, "X");
  check([name(), text.value, text.selectionStart], ["aXb", "aXb", 2]);
  setName(null);
  check(text.value, "");
  check([box.checked, box.disabled], [true, false]);
  setChecked(false);
  check([box.checked, box.disabled], [false, true]);
});

inPage("a select keeps its choice when the options come later", ({ tova_el: el, createSignal, show, check, app }) => {
  const [options, setOptions] = createSignal([]);
  const [chosen, setChosen] = createSignal("b");
  show(el("select", { value: chosen }, () => options().map((name) => el("option", { value: name }, name))));
  setOptions(["a", "b", "c"]);
  check(app.firstElementChild.value, "b");
  setOptions(["b", "a"]);
  check(app.firstElementChild.value, "b");
  setChosen("a");
  check(app.firstElementChild.value, "a");
});

inPage("bindings go both ways", ({ tova_el: el, createSignal, show, check, app }) => {
  const text = createSignal("t");
  const number = createSignal(1);
  const box = createSignal(false);
  const group = createSignal(["b"]);
  const radio = createSignal("x");
  const pick = createSignal("2");
  let bound;
  show(
    el("input", { "bind:value": text }), el("input", { type: "number", "bind:value": number }), el("input", { type: "checkbox", "bind:checked": box }),
    el("input", { type: "checkbox", value: "a", "bind:group": group }), el("input", { type: "checkbox", value: "b", "bind:group": group }),
    el("input", { type: "radio", value: "x", "bind:group": radio }), el("input", { type: "radio", value: "y", "bind:group": radio }),
    el("select", { "bind:value": pick }, el("option", { value: "1" }), el("option", { value: "2" })), el("b", { ref: (element) => { bound = element; } }),
  );
  const [textInput, numberInput, boxInput, a, b, x, y] = app.querySelectorAll("input");
  const select = app.querySelector("select");
  const fire = (element, name) => element.dispatchEvent(new Event(name));
  check([textInput.value, numberInput.value, boxInput.checked, a.checked, b.checked, x.checked, select.value, bound.localName], ["t", "1", false, false, true, true, "2", "b"]);
  textInput.value = "u"; fire(textInput, "input");
  numberInput.value = "1.50"; fire(numberInput, "input");
  check([text[0](), number[0](), numberInput.value], ["u", 1.5, "1.50"]);
  numberInput.value = ""; fire(numberInput, "input");
  check(number[0](), null);
  number[1](7);
  check(numberInput.value, "7");
  boxInput.click(); a.click(); b.click(); y.click();
  select.value = "1"; fire(select, "change");
  check([box[0](), group[0](), radio[0](), pick[0]()], [true, ["a"], "y", "1"]);
});

inPage("events: names, modifiers, keys, one run for many writes", ({ tova_el: el, on, createSignal, createEffect, show, check, app }) => {
  const [a, setA] = createSignal(0);
  const [b, setB] = createSignal(0);
  let runs = 0;
  createEffect(() => { a(); b(); runs++; });
  const log = [];
  show(
    el("form", { onsubmit: on(() => log.push("submit"), ["prevent"]), onClick: () => log.push("outer") },
      el("button", { type: "submit", onclick: on(() => { setA(a() + 1); setB(b() + 1); }, ["stop", "once"]) }),
      el("input", { onkeydown: on((event) => log.push(event.key), ["enter", "escape"]) })),
  );
  const button = app.querySelector("button");
  button.click();
  check([a(), runs, log.splice(0)], [1, 2, ["submit"]]);
  button.click();
  check([a(), log.splice(0)], [1, ["outer", "submit"]]);
  const input = app.querySelector("input");
  for (const key of ["a", "Enter", "Escape"]) input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  check(log, ["Enter", "Escape"]);
});

inPage("what a handler throws or rejects with is reported once", async ({ tova_el: el, show, check, app }) => {
  const heard = [];
  window.addEventListener("error", (event) => { heard.push(event.error.message); event.preventDefault(); });
  window.addEventListener("unhandledrejection", () => heard.push("unhandled"));
  show(el("b", { onclick: () => { throw new Error("thrown"); } }), el("i", { onclick: async () => { throw new Error("rejected"); } }));
  app.querySelector("b").click();
  app.querySelector("i").click();
  await new Promise((resolve) => setTimeout(resolve, 10));
  check(heard, ["thrown", "rejected"]);
});

inPage("markup from strings and script URLs do not pass", ({ tova_el: el, createSignal, show, check, warnings, html }) => {
  check(show(el("p", { innerHTML: "<b>x</b>", outerHTML: "x", onclick: "alert(1)" })), "<p></p>");
  check(show(el("iframe", { srcdoc: "<script>1</script>" })), "<iframe></iframe>");
  check(warnings.length, 4);
  for (const url of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " \u0001javascript:alert(1)", "java\nscript:alert(1)", "java\tscript:1", "vbscript:x"]) {
    check(show(el("a", { href: url })), "<a></a>");
    check(show(el("form", {}, el("button", { formaction: url }))), "<form><button></button></form>");
  }
  for (const url of ["https://a.example/", "/javascript:x", "javascript", "#javascript:", "mailto:a@b.c"]) {
    check(show(el("a", { href: url })), `<a href="${url}"></a>`);
  }
  const [url, setUrl] = createSignal("/ok");
  show(el("a", { href: url }));
  setUrl("javascript:1");
  check(html(), "<a></a>");
  check(show(el("svg", {}, el("use", { "xlink:href": "javascript:1" }))), "<svg><use></use></svg>");
});

inPage("SVG has its namespace", ({ tova_el: el, show, check, app }) => {
  show(el("svg", { viewBox: "0 0 1 1", class: "k" }, el("path", { d: "M0 0" }), el("foreignObject", {}, el("p", {}))));
  const [svg, path, html] = ["svg", "path", "p"].map((name) => app.querySelector(name));
  check([svg.namespaceURI, path.namespaceURI, html.namespaceURI], ["http://www.w3.org/2000/svg", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"]);
  check([svg.getAttribute("viewBox"), svg.getAttribute("class"), path.getAttribute("d")], ["0 0 1 1", "k", "M0 0"]);
});

inPage("effects of what is gone do not run", ({ tova_el: el, createSignal, createEffect, onMount, show, check }) => {
  const [on, setOn] = createSignal(true);
  const [n, setN] = createSignal(0);
  let runs = 0;
  const Part = () => { createEffect(() => { n(); runs++; }); return el("p", {}); };
  show(el("div", {}, () => (on() ? Part({}) : null)));
  setN(1);
  setOn(false);
  setN(2);
  check(runs, 2);
});
