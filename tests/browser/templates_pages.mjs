// Clones of templates: the same elements as those that are made one by one, and rows that follow their items.
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { startChromium, texts } from "./chromium.mjs";
import { showProgram } from "./compiled.mjs";

const browser = shared((t) => startChromium(t));

/** Markup that is hard for a parser of HTML, or that mixes texts and values. */
const markups = [
  `<div><p>"a" <b>"b"</b></p><p><i>{n}</i></p></div>`,
  `<p><b>"x"</b><div>"block"</div><p>"p in p"</p></p>`,
  `<ul><li><b>"1"</b><li>"li in li"</li></li><li><ul><li>"2"</li></ul></li></ul>`,
  `<table><caption>"c"</caption><tbody><tr><td>"1"</td><th>{n}</th></tr></tbody></table>`,
  `<table><tr><td>"no tbody"</td></tr>"stray text"<tbody></tbody></table>`,
  `<section><h2>"t"<h3>"h3 in h2"</h3></h2><a href="/x">"a"<a>"b"</a></a><button><button>"b"</button></button></section>`,
  `<form><form><input /></form><b>"x"</b></form>`,
  `<div><select><option value="1">"one"</option><option selected>"two"</option></select><b>"x"</b></div>`,
  `<div><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><math><mi>"x"</mi></math><b>"x"</b></div>`,
  `<div><textarea>"text"</textarea><pre>"pre"</pre><b>"x"</b></div>`,
  `<div>"a" {n} "b" <b>"c"</b> {Part(n)} "d" {Part(n)} "e" {Part(n)}{Part(n)}<i>"f"</i>{[n, n]}</div>`,
  `<div><b>"<script>1</script> & &amp; ' \\" {n}"</b><b>"</b>"</b></div>`,
  `<div class="a 'b' \\"c\\" <d> &amp;" title="it's" data-n='1' hidden aria-busy lang="en"><b class={n}>"x"</b></div>`,
  `<div id="i" {...{ id: "spread", title: "t" }}><b class="k" class:on={n > 0}>"x"</b><b style="color: red">"y"</b></div>`,
  `<div><input type="checkbox" checked disabled /><input value="v" placeholder="p" readonly /><img alt="" src="data:," /><br/><hr/></div>`,
  `<div><a href="javascript:alert(1)">"no"</a><a href="/yes">"yes"</a><b innerHTML="<i>x</i>">"safe"</b></div>`,
  `<dl><dt><b>"t"</b></dt><dd>"d"</dd><dd>{n}</dd></dl>`,
  `<div><my-element><b>"own"</b></my-element><p show={n > 5}>"hidden"</p></div>`,
];

test("templates: clones are the elements that are made one by one", async (t) => {
  const components = markups.map((markup, index) => `
    component Clone${index}(n) { ${markup} }
    component Made${index} { ${markup} }`);
  const uses = markups.map((_, index) => `<div class="case"><div><Clone${index} n={n} /></div><div><Made${index} /></div></div>`);
  const page = await showProgram(t, await browser(), `browser {
    state n = 1
    component Part(of) { <u>{of}</u> }
    ${components.join("")}
    component App { <main>${uses.join("\n")}<button id="more" on:click={fn() n += 1}>"more"</button></main> }
  }`);
  const compare = () => page.evaluate(() => {
    // The order of attributes has no meaning.
    const outline = (node) => {
      if (node.nodeType === Node.COMMENT_NODE) return "";
      if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll("<", "&lt;");
      const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).sort();
      const state = ["value", "checked", "disabled", "readOnly"].filter((name) => name in node).map((name) => ` .${name}=${node[name]}`);
      return `<${node.namespaceURI.slice(-4)} ${node.localName}${attributes.join("")}${state.join("")}>${[...node.childNodes].map(outline).join("")}</>`;
    };
    return [...document.querySelectorAll("main > .case")].map(({ children }) => [...children].map((side) => outline(side)));
  });
  const before = await compare();
  assert.equal(before.length, markups.length);
  for (const [index, [clone, made]] of before.entries()) assert.equal(clone, made, markups[index]);
  await page.locator("#more").click();
  const after = await compare();
  for (const [index, [clone, made]] of after.entries()) assert.equal(clone, made, markups[index]);
  assert.notDeepEqual(after, before);
});

const TABLE = `browser {
  state rows = [{ id: 1, name: "one" }, { id: 2, name: "two" }, { id: 3, name: "three" }]
  state chosen = nil
  component App {
    <main>
      <button id="turn" on:click={fn() rows = [...rows].reverse()}>"turn"</button>
      <button id="rename" on:click={fn() rows = rows.map(fn(r) if r.id == 2 { { ...r, name: "TWO" } } else { r })}>"rename"</button>
      <ul>
        for row in rows key={row.id} {
          <li class={if chosen == row.id { "chosen" } else { "" }}>
            <b>{row.id}</b><a on:click={fn() chosen = row.id}>{row.name}</a>
            <button on:click.stop={fn() rows = rows |> filter(fn(r) r.id != row.id)}>"x"</button>
          </li>
        }
      </ul>
    </main>
  }
}`;

/** The same rows with their items taken apart. */
const TAKEN_APART = TABLE.replace("for row in rows key={row.id}", "for { id, name } in rows key={id}").replaceAll("row.", "");

for (const [kind, table] of [["", TABLE], [" of items that are taken apart", TAKEN_APART]]) test(`templates: rows${kind} keep their nodes, follow their items, and only the chosen ones change`, async (t) => {
  const page = await showProgram(t, await browser(), table);
  assert.deepEqual(await texts(page, "li a", 3), ["one", "two", "three"]);
  await page.evaluate(() => {
    window.nodes = [...document.querySelectorAll("li")];
    window.changes = [];
    new MutationObserver((records) => window.changes.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`)))
      .observe(document.querySelector("ul"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const changes = () => page.evaluate(() => window.changes.splice(0));
  await page.getByText("two").click();
  assert.deepEqual(await changes(), ["attributes LI"]);
  await page.getByText("one").click();
  assert.deepEqual(await changes(), ["attributes LI", "attributes LI"]);
  assert.equal(await page.locator("li.chosen a").textContent(), "one");
  await page.locator("#rename").click();
  assert.deepEqual(await changes(), ["characterData #text"]);
  await page.locator("#turn").click();
  assert.deepEqual(await texts(page, "li a", 3), ["three", "TWO", "one"]);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("li")].every((li, index) => li === window.nodes[2 - index])), true);
  await page.locator("li", { hasText: "TWO" }).getByRole("button").click();
  assert.deepEqual(await texts(page, "li b", 2), ["3", "1"]);
});
