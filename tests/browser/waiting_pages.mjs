// Effects of a page that wait for servers: late answers stay away, what is read after a wait is followed. And what rows leave
// behind when they are gone: nothing.
import assert from "node:assert/strict";
import { until } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { startChromium, texts } from "./chromium.mjs";
import { showProgram } from "./compiled.mjs";

const browser = shared((t) => startChromium(t));

/** Answers the page's calls when the test says so. */
function heldCalls() {
  const calls = [];
  const hold = (page) => page.route("**/rpc/*", (route) => {
    const { __args: args = [] } = route.request().postDataJSON();
    const name = new URL(route.request().url()).pathname.slice("/rpc/".length);
    calls.push({ text: [name, ...args].join(" "), answer: (result) => route.fulfill({ json: { result } }) });
  });
  const next = (text) => until(`the page to call ${text}`, () => {
    const at = calls.findIndex((call) => call.text === text);
    if (at < 0) throw new Error(`it called ${calls.map((call) => call.text)}`);
    return calls.splice(at, 1)[0];
  });
  return { calls, hold, next };
}

const SEARCH = `
server {
  fn search(query) { [query] }
  fn details(name, unit) { name }
}
browser {
  state query = "a"
  state unit = "m"
  state found = []
  state shown = ""
  effect { found = server.search(query) }
  effect {
    first = server.search("first of " + query)
    shown = server.details(first[0], unit)
  }
  component App {
    <main>
      <input bind:value={query} />
      <button on:click={fn() unit = "km"}>"km"</button>
      <ul>for name in found { <li>{name}</li> }</ul>
      <p>{shown}</p>
    </main>
  }
}`;

test("waiting effects: an answer that comes late does not overwrite a newer one", async (t) => {
  const { hold, next } = heldCalls();
  const page = await showProgram(t, await browser(), SEARCH, { before: hold });
  const old = await next("search a");
  await page.locator("input").fill("ab");
  await (await next("search ab")).answer(["of ab"]);
  assert.deepEqual(await texts(page, "li", 1), ["of ab"]);
  await old.answer(["of a", "late"]);
  await page.waitForTimeout(100);
  assert.deepEqual(await texts(page, "li", 1), ["of ab"]);
});

test("an assignment that waits: of two quick clicks neither entry is lost, in whatever order the answers come", async (t) => {
  const { hold, next } = heldCalls();
  const page = await showProgram(t, await browser(), `
server {
  fn add(name) { name }
  fn price(name) -> Int { 1 }
}
browser {
  state users = []
  state sum = 0
  state made = 0
  component App {
    <main>
      <button id="add" on:click={fn() { made += 1; users = [...users, server.add("u{made}")] }}>"add"</button>
      <button id="sum" on:click={fn() { made += 1; sum += server.price("p{made}") }}>"sum"</button>
      <ul>for user in users { <li>{user}</li> }</ul>
      <output>{sum}</output>
    </main>
  }
}`, { before: hold });
  await page.locator("#add").click();
  await page.locator("#add").click();
  const [first, second] = [await next("add u1"), await next("add u2")];
  await second.answer("second");
  await first.answer("first");
  assert.deepEqual(await texts(page, "li", 2), ["second", "first"]);
  await page.locator("#sum").click();
  await page.locator("#sum").click();
  await (await next("price p3")).answer(3);
  await (await next("price p4")).answer(4);
  await page.locator("output", { hasText: "7" }).waitFor();
});

test("waiting effects: what is read after the first wait is followed, and the second wait is the last run's", async (t) => {
  const { calls, hold, next } = heldCalls();
  const page = await showProgram(t, await browser(), SEARCH, { before: hold });
  await (await next("search first of a")).answer(["Ann"]);
  const inMetres = await next("details Ann m");
  await page.getByRole("button").click();
  await (await next("search first of a")).answer(["Ann"]);
  await (await next("details Ann km")).answer("Ann in km");
  await page.getByText("Ann in km").waitFor();
  await inMetres.answer("Ann in m");
  await page.waitForTimeout(100);
  assert.equal(await page.locator("p").textContent(), "Ann in km");
  assert.deepEqual(calls.map((call) => call.text), ["search a"], "and nothing is asked again");
});

test("rows that are gone leave no nodes, no listeners and no readers", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state rows = []
    state chosen = nil
    state suffix = "!"
    component Cell(text) { <td><b on:click={fn() chosen = text}>{text}{suffix}</b></td> }
    component App {
      <main>
        <button id="fill" on:click={fn() rows = range(500).map(fn(i) { id: i, name: "row {i}" })}>"fill"</button>
        <button id="clear" on:click={fn() rows = []}>"clear"</button>
        <button id="half" on:click={fn() rows = rows |> filter(fn(r) r.id % 2 == 0)}>"half"</button>
        <table>
          for row in rows key={row.id} {
            <tr class={if chosen == row.id { "chosen" } else { "" }}>
              <td on:click={fn() chosen = row.id}>{row.name}{suffix}</td><Cell text={row.name} />
            </tr>
          }
        </table>
      </main>
    }
  }`);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const measure = async () => {
    await page.waitForTimeout(50);
    for (let i = 0; i < 3; i++) await client.send("HeapProfiler.collectGarbage");
    const { metrics } = await client.send("Performance.getMetrics");
    const value = (name) => metrics.find((metric) => metric.name === name).value;
    return { nodes: value("Nodes"), listeners: value("JSEventListeners") };
  };
  const round = async () => {
    for (const id of ["fill", "half", "fill", "clear"]) await page.locator(`#${id}`).click();
    assert.equal(await page.locator("tr").count(), 0);
  };
  await round();
  const before = await measure();
  for (let i = 0; i < 3; i++) await round();
  const after = await measure();
  assert.ok(after.nodes <= before.nodes + 20, `${after.nodes} nodes after ${before.nodes}`);
  assert.ok(after.listeners <= before.listeners, `${after.listeners} listeners after ${before.listeners}`);
  const heap = async () => (await client.send("Runtime.getHeapUsage")).usedSize;
  await measure();
  const small = await heap();
  for (let i = 0; i < 3; i++) await round();
  await measure();
  assert.ok((await heap()) < small + 200_000, `${await heap()} bytes after ${small}`);
});
