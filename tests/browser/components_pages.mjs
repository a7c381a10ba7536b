// What components are made of, as a person sees it: slots, context, boundaries, lazy parts, hooks, places elsewhere.
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { endMotions, startChromium } from "./chromium.mjs";
import { showProgram } from "./compiled.mjs";

const browser = shared((t) => startChromium(t));

const text = (page, selector) => page.locator(selector).textContent();

test("slots: default, named, with a fallback, and as a function of what the component gives", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state n = 1
    component Layout(title) {
      <div>
        <header><slot name="header">"no header"</slot></header>
        <main>{children}</main>
        <footer><slot name="footer" /></footer>
      </div>
    }
    component Card { <section><slot /></section> }
    component Rows(items) {
      <ul>for item in items { <li><slot item={item} twice={item * 2 + n} /></li> }</ul>
    }
    component App(owner = "me") {
      <div>
        <Layout title="x">
          <h1 slot="header">"My App {n}"</h1>
          <p>"Main {n}"</p>
          <i slot="footer">"1"</i>
          <i slot="footer">"2"</i>
        </Layout>
        <Card><Layout title="y">"inner"</Layout></Card>
        <Rows items={[1, 2]}>{fn(props) <span>"{props.item} {props.twice} {owner}"</span>}</Rows>
        <button on:click={fn() n += 1}>"more"</button>
      </div>
    }
  }`);
  assert.equal(await page.locator("header h1").getAttribute("slot"), null);
  const all = async () => [await page.locator("header").allTextContents(), await page.locator("main").allTextContents(), await page.locator("footer").allTextContents(), await page.locator("li").allTextContents()];
  assert.deepEqual(await all(), [["My App 1", "no header"], ["Main 1", "inner"], ["12", ""], ["1 3 me", "2 5 me"]]);
  await page.click("button");
  assert.deepEqual(await all(), [["My App 2", "no header"], ["Main 2", "inner"], ["12", ""], ["1 4 me", "2 6 me"]]);
});

test("context: the nearest provider holds for what is beneath it alone, also in lists, and is followed", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    theme_ctx = createContext("light")
    component Themed(id) {
      theme = inject(theme_ctx)
      { upper } = { upper: "{theme}!" }
      <b id={id} class="t-{theme}">{theme}</b>
    }
    component Outer {
      state theme = "dark"
      state items = [1]
      provide(theme_ctx, theme)
      <section>
        <Themed id="in" />
        for item in items key={item} { <Themed id="row{item}" /> }
        <slot />
        <button on:click={fn() { theme = "blue" \n items = [1, 2] }}>"blue"</button>
      </section>
    }
    component App {
      <main><Outer><Themed id="slotted" /></Outer><Themed id="out" /></main>
    }
  }`);
  const themes = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll("b")].map((b) => [b.id, `${b.className} ${b.textContent}`])));
  assert.deepEqual(await themes(), { in: "t-dark dark", row1: "t-dark dark", slotted: "t-dark dark", out: "t-light light" });
  await page.click("button");
  assert.deepEqual(await themes(), { in: "t-blue blue", row1: "t-blue blue", row2: "t-blue blue", slotted: "t-blue blue", out: "t-light light" });
});

test("ErrorBoundary: what fails is replaced, can be tried again, and the nearest boundary catches it", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state broken = true
    state n = 0
    state tries = 0
    state heard = []
    fn fail_if(value) { if value { throw_error("boom") } else { "fine" } }
    fn throw_error(text) { JSON.parse(text) }
    component Risky { <p class="risky">{fail_if(broken)}</p> }
    component Later { <p class="later">{fail_if(n > 0)}</p> }
    component Flaky {
      mark = count_try()
      <p class="flaky">"try {mark}"</p>
    }
    fn count_try() { tries += 1 \n if tries < 3 { JSON.parse("bad") } else { tries } }
    component App {
      <main>
        <ErrorBoundary fallback={fn(props) <em>"outer"</em>}>
          <ErrorBoundary fallback={fn(props) <div><i>{props.error.name}</i><button id="retry" on:click={fn() props.reset()}>"retry"</button></div>} onError={fn(info) { heard = [...heard, info.error.name] }}>
            <Risky />
          </ErrorBoundary>
          <Later />
        </ErrorBoundary>
        <ErrorBoundary retry={3} fallback={fn(props) <u>"gave up"</u>}><Flaky /></ErrorBoundary>
        <button id="mend" on:click={fn() { broken = false }}>"mend"</button>
        <button id="break" on:click={fn() { n = 1 }}>"break"</button>
        <s>{heard}</s>
      </main>
    }
  }`);
  assert.equal(await text(page, "i"), "SyntaxError");
  assert.equal(await text(page, "s"), "SyntaxError");
  assert.equal(await text(page, ".later"), "fine");
  await page.locator(".flaky").waitFor();
  assert.equal(await text(page, ".flaky"), "try 3");
  await page.click("#mend");
  await page.click("#retry");
  assert.equal(await text(page, ".risky"), "fine");
  await page.click("#break");
  assert.equal(await text(page, "em"), "outer");
  assert.equal(await page.locator(".later").count(), 0);
});

test("createErrorBoundary: what run is given may fail, and reset forgets it", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    component App {
      boundary = createErrorBoundary()
      <main>
        <button id="run" on:click={fn() boundary.run(fn() { JSON.parse("bad") })}>"run"</button>
        <button id="reset" on:click={fn() boundary.reset()}>"reset"</button>
        if boundary.error != nil { <p>{boundary.error.name}</p> } else { <p>"well"</p> }
      </main>
    }
  }`);
  assert.equal(await text(page, "p"), "well");
  await page.click("#run");
  assert.equal(await text(page, "p"), "SyntaxError");
  await page.click("#reset");
  assert.equal(await text(page, "p"), "well");
});

test("lazy and Suspense: a component is loaded when it is first shown, once", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state shown = false
    state loads = 0
    fn load() {
      loads += 1
      Promise.new(fn(done) { window.loaded = fn() done({ default: Chart }) })
    }
    component Chart(name) { <b>"chart {name}"</b> }
    LazyChart = lazy(fn() load())
    component App {
      <main>
        <button on:click={fn() { shown = true }}>"show"</button>
        <u>{loads}</u>
        if shown {
          <div>
            <LazyChart name="a" fallback={<i>"wait"</i>} />
            <Suspense fallback={<em>"all wait"</em>}><p>"text"</p><LazyChart name="b" /></Suspense>
          </div>
        }
      </main>
    }
  }`);
  assert.equal(await text(page, "u"), "0");
  await page.click("button");
  assert.deepEqual([await text(page, "i"), await text(page, "em"), await page.locator("p").count()], ["wait", "all wait", 0]);
  await page.evaluate(() => window.loaded());
  await page.locator("b").first().waitFor();
  assert.deepEqual(await page.locator("b").allTextContents(), ["chart a", "chart b"]);
  assert.deepEqual([await text(page, "p"), await text(page, "u"), await page.locator("i, em").count()], ["text", "1", 0]);
});

test("Portal, Head and Dynamic: elsewhere in the document, in its head, and whatever is chosen", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state open = true
    state n = 1
    state chosen = "one"
    component One(n) { <b>"one {n}"</b> }
    component Two(n) { <b>"two {n}"</b> }
    component Page {
      <section>
        <Head><title>"Page {n}"</title><meta name="description" content="about" /></Head>
        <Portal target="#aside"><em>"portal {n}"</em></Portal>
      </section>
    }
    component App {
      <main>
        if open { <Page /> }
        <Dynamic component={if chosen == "one" { One } else { Two }} n={n} />
        <button id="more" on:click={fn() { n += 1 }}>"more"</button>
        <button id="two" on:click={fn() { chosen = "two" }}>"two"</button>
        <button id="close" on:click={fn() { open = false }}>"close"</button>
      </main>
    }
  }`);
  assert.equal(await text(page, "#aside em"), "portal 1");
  assert.equal(await page.title(), "Page 1");
  assert.equal(await page.locator("head meta[name=description]").getAttribute("content"), "about");
  await page.click("#more");
  assert.deepEqual([await text(page, "#aside em"), await text(page, "b"), await page.title()], ["portal 2", "one 2", "Page 2"]);
  await page.click("#two");
  assert.equal(await text(page, "b"), "two 2");
  await page.click("#close");
  assert.deepEqual([await page.locator("#aside em").count(), await page.locator("head meta[name=description]").count(), await page.title()], [0, 0, "app"]);
});

test("hooks: onMount with what it gives, onUnmount, onCleanup and watch", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state shown = true
    state n = 1
    state log = []
    fn note(what) { log = [...untrack(fn() log), what] }
    component Child {
      field = createRef()
      onMount(fn() {
        note("mounted {field.current.localName} {field.current.isConnected}")
        fn() note("mount over")
      })
      onUnmount(fn() note("gone"))
      effect {
        note("effect {n}")
        onCleanup(fn() note("cleanup"))
      }
      watch(fn() n, fn(now, before) note("watch {before} {now}"))
      <input ref={field} />
    }
    component App {
      <main>
        if shown { <Child /> }
        <button id="more" on:click={fn() n += 1}>"more"</button>
        <button id="hide" on:click={fn() { shown = false }}>"hide"</button>
        <p>{log |> join(",")}</p>
      </main>
    }
  }`);
  const log = async () => (await text(page, "p")).split(",");
  assert.deepEqual(await log(), ["effect 1", "mounted input true"]);
  await page.click("#more");
  assert.deepEqual((await log()).slice(2), ["cleanup", "effect 2", "watch 1 2"]);
  await page.click("#hide");
  assert.deepEqual((await log()).slice(5).sort(), ["cleanup", "gone", "mount over"]);
});

test("createResource: loading, data, error, a source that changes, and answers that come too late", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state id = 1
    fn fetch_user(id) {
      Promise.new(fn(done, fail) {
        window["end{id}"] = fn() { if id == 3 { fail(Error.new("none")) } else { done("user {id}") } }
      })
    }
    [user, { loading, error, mutate }] = createResource(fn() id, fn(id) fetch_user(id))
    component App {
      <main>
        if loading() { <p>"loading"</p> } elif error() { <p>"failed {error().message}"</p> } else { <p>{user()}</p> }
        <button id="two" on:click={fn() { id = 2 }}>"two"</button>
        <button id="three" on:click={fn() { id = 3 }}>"three"</button>
        <button id="set" on:click={fn() mutate("mine")}>"set"</button>
      </main>
    }
  }`);
  assert.equal(await text(page, "p"), "loading");
  await page.click("#two");
  await page.evaluate(() => window.end2());
  await page.getByText("user 2").waitFor();
  await page.evaluate(() => window.end1());
  await page.waitForTimeout(100);
  assert.equal(await text(page, "p"), "user 2");
  await page.click("#set");
  assert.equal(await text(page, "p"), "mine");
  await page.click("#three");
  await page.evaluate(() => window.end3());
  await page.getByText("failed none").waitFor();
});

test("TransitionGroup: items come and go in motion without saying so", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state items = [1, 2]
    component App {
      <main>
        <button on:click={fn() { items = [2, 3] }}>"change"</button>
        <TransitionGroup name="fade" tag="ul" config={{ duration: 60000 }}>
          for item in items key={item} { <li>{item}</li> }
        </TransitionGroup>
      </main>
    }
  }`);
  assert.equal(await page.locator("ul[data-tova-transition-group]").count(), 1);
  await page.click("button");
  assert.deepEqual(await page.locator("li").allTextContents(), ["1", "2", "3"]);
  await endMotions(page);
  await page.waitForFunction(() => document.querySelectorAll("li").length === 2);
  assert.deepEqual(await page.locator("li").allTextContents(), ["2", "3"]);
});
