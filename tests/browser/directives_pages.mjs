// Directives of elements as a person sees them: actions, transitions, animations, bindings, event modifiers.
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { endMotions, startChromium } from "./chromium.mjs";
import { computed, showProgram } from "./compiled.mjs";

const browser = shared((t) => startChromium(t));

/** How many elements match, once that is `count`. */
const count = (page, selector, wanted) => page.waitForFunction(
  ([query, number]) => document.querySelectorAll(query).length === number,
  [selector, wanted],
);

const now = (page, selector) => page.locator(selector).count();

test("use: an action is given its element and value, told of changes, and ended", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state text = "one"
    state shown = true
    state log = []
    fn tip(el, value) {
      el.title = value
      {
        update: fn(next) { el.title = next },
        destroy: fn() { log = [...log, "gone {el.title}"] },
      }
    }
    fn plain(el) { el.dataset.plain = "yes" }
    component App {
      <main>
        if shown { <b use:tip={text} use:plain>"b"</b> }
        <i use:tip="fixed">"i"</i>
        <button id="text" on:click={fn() { text = "two" }}>"text"</button>
        <button id="hide" on:click={fn() { shown = false }}>"hide"</button>
        <p>{log}</p>
      </main>
    }
  }`);
  assert.equal(await page.locator("b").getAttribute("title"), "one");
  assert.equal(await page.locator("b").getAttribute("data-plain"), "yes");
  assert.equal(await page.locator("i").getAttribute("title"), "fixed");
  await page.click("#text");
  assert.equal(await page.locator("b").getAttribute("title"), "two");
  await page.click("#hide");
  assert.equal(await page.locator("p").textContent(), "gone two");
});

const TOGGLED = (attribute) => `browser {
  state shown = true
  component App {
    <main>
      <button on:click={fn() { shown = not shown }}>"toggle"</button>
      if shown { <p ${attribute}>"here"</p> }
      <hr />
    </main>
  }
}`;

test("transition: an element that leaves stays until its motion is over, takes no part, and keeps its place", async (t) => {
  const page = await showProgram(t, await browser(), TOGGLED("transition:fade={{ duration: 60000 }}"));
  await page.click("button");
  assert.equal(await now(page, "p"), 1);
  assert.deepEqual(await page.locator("p").evaluate((p) => [p.inert, p.previousElementSibling.localName, p.nextElementSibling.localName]), [true, "button", "hr"]);
  await endMotions(page, 0.5);
  await page.waitForFunction(() => Number(getComputedStyle(document.querySelector("p")).opacity) < 0.9);
  await endMotions(page);
  await count(page, "p", 0);
});

test("transition: an element that comes is not seen at first", async (t) => {
  for (const [name, property, hidden] of [["fade", "opacity", "0"], ["scale", "scale", "0"], ["slide", "translate", "0px 20px"], ["fly", "translate", "0px -20px"]]) {
    const page = await showProgram(t, await browser(), TOGGLED(`transition:${name}={{ duration: 60000, easing: "linear" }}`));
    await page.waitForFunction(() => document.querySelector("p").getAnimations().length === 1);
    const first = await page.locator("p").evaluate((p, name) => {
      const [animation] = p.getAnimations();
      animation.pause();
      animation.currentTime = 0;
      return getComputedStyle(p)[name];
    }, property);
    assert.equal(first, hidden, name);
    await page.locator("p").evaluate((p) => p.getAnimations()[0].finish());
    assert.equal(await computed(page, "p", "opacity"), "1");
  }
});

test("transition: turned off and on again, one element is left, and it goes on from where the other was", async (t) => {
  const page = await showProgram(t, await browser(), TOGGLED('transition:fade={{ duration: 60000, easing: "linear" }}'));
  await endMotions(page);
  await page.click("button");
  await endMotions(page, 0.4);
  await page.waitForFunction(() => Number(getComputedStyle(document.querySelector("p")).opacity) < 0.7);
  await page.click("button");
  await page.waitForFunction(() => document.querySelector("p").getAnimations().length === 1);
  assert.equal(await now(page, "p"), 1);
  assert.ok(Number(await computed(page, "p", "opacity")) > 0.2, "it does not begin again");
  await page.click("button");
  await endMotions(page);
  await count(page, "p", 0);
  await page.click("button");
  await count(page, "p", 1);
});

test("in: and out: are for one way each", async (t) => {
  const comes = await showProgram(t, await browser(), TOGGLED("in:fade={{ duration: 60000 }}"));
  await comes.waitForFunction(() => document.querySelector("p").getAnimations().length === 1);
  await comes.click("button");
  assert.equal(await now(comes, "p"), 0, "gone at once");
  const goes = await showProgram(t, await browser(), TOGGLED("out:fly={{ duration: 60000, x: 50 }}"));
  assert.equal(await goes.locator("p").evaluate((p) => p.getAnimations().length), 0);
  await goes.click("button");
  assert.equal(await now(goes, "p"), 1);
  await endMotions(goes);
  await count(goes, "p", 0);
});

test("transition: who asked for less motion sees none", async (t) => {
  const page = await showProgram(t, await browser(), TOGGLED("transition:fade={{ duration: 60000 }}"), {
    before: (blank) => blank.emulateMedia({ reducedMotion: "reduce" }),
  });
  assert.equal(await page.locator("p").evaluate((p) => p.getAnimations().length), 0);
  await page.click("button");
  assert.equal(await now(page, "p"), 0);
});

test("transition: items of a keyed list come and go by themselves", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state items = [1, 2, 3]
    component App {
      <main>
        <button id="drop" on:click={fn() { items = [3, 1, 4] }}>"drop"</button>
        <button id="clear" on:click={fn() { items = [] }}>"clear"</button>
        <ul>
          for item in items key={item} { <li transition:slide={{ duration: 60000 }}>{item}</li> }
        </ul>
      </main>
    }
  }`);
  await page.evaluate(() => { globalThis.first = document.querySelector("li"); });
  await page.click("#drop");
  assert.equal(await now(page, "li"), 4);
  assert.deepEqual(await page.locator("li[inert]").allTextContents(), ["2"]);
  await endMotions(page);
  await count(page, "li", 3);
  assert.deepEqual(await page.locator("li").allTextContents(), ["3", "1", "4"]);
  assert.equal(await page.evaluate(() => globalThis.first === document.querySelectorAll("li")[1]), true, "who stays is moved");
  await page.click("#clear");
  assert.equal(await now(page, "li"), 3);
  await endMotions(page);
  await count(page, "li", 0);
});

test("transition: a program's own is told the phase, and what it gives is waited for", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state shown = true
    state log = []
    fn grow(el, config, phase) {
      log = [...log, "{phase} {config.by}"]
      el.style.transition = "width 5s linear"
      if phase == "enter" { el.style.width = "0px" \n { width: "{config.by}px" } } else { { width: "0px" } }
    }
    fn slow(el, config, phase) { Promise.new(fn(done) { window.gone = done }) }
    component App {
      <main>
        <button on:click={fn() { shown = not shown }}>"toggle"</button>
        if shown { <p transition:grow={{ by: 90 }}>"here"</p> <b out:slow>"b"</b> }
        <i>{log}</i>
      </main>
    }
  }`);
  await page.waitForFunction(() => document.getAnimations().length === 1);
  await endMotions(page);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("p")).width === "90px");
  await page.click("button");
  assert.deepEqual([await now(page, "p"), await now(page, "b")], [1, 1]);
  await page.waitForFunction(() => document.getAnimations().length === 1);
  await endMotions(page, 0.5);
  await page.waitForFunction(() => Number.parseFloat(getComputedStyle(document.querySelector("p")).width) < 60);
  await count(page, "p", 0);
  assert.equal(await now(page, "b"), 1);
  await page.evaluate(() => window.gone());
  await count(page, "b", 0);
  assert.equal(await page.locator("i").textContent(), "enter 90leave 90");
});

test("animate: steps follow each other, parts move together, items wait for each other, and what goes is waited for", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state items = [1, 2, 3]
    component App {
      animate rise {
        enter: fade(from: 0, to: 1) + slide(y: 20, to: 0) then scale(from: 0.5, to: 1)
        exit: fade(from: 1, to: 0)
        duration: 60000
        easing: "linear"
        stagger: 100
      }
      <main>
        <button on:click={fn() { items = [1, 3] }}>"drop"</button>
        <ul>for item in items key={item} { <li animate:rise>{item}</li> }</ul>
      </main>
    }
  }`);
  await page.waitForFunction(() => document.getAnimations().length === 3);
  const [frames, delays] = await page.evaluate(() => {
    const all = [...document.querySelectorAll("li")].map((li) => li.getAnimations()[0].effect);
    return [
      all[0].getKeyframes().map(({ offset, opacity, translate, scale }) => [offset, opacity, translate, scale]),
      all.map((effect) => effect.getTiming().delay),
    ];
  });
  assert.deepEqual(frames, [[0, "0", "0px 20px", "0.5"], [0.5, "1", "0px", "0.5"], [0.5, "1", "0px", "0.5"], [1, "1", "0px", "1"]]);
  assert.deepEqual(delays, [0, 100, 200]);
  await endMotions(page);
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await page.click("button");
  assert.equal(await now(page, "li"), 3);
  await endMotions(page);
  await count(page, "li", 2);
});

test("animate: with a condition the element is seen while it holds; with `stay` it goes by itself", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state open = false
    component App {
      animate pop { enter: fade(), exit: fade(from: 1, to: 0), duration: 100 }
      animate note { enter: fade(), exit: fade(from: 1, to: 0), duration: 50, stay: 300 }
      <main>
        <button on:click={fn() { open = not open }}>"toggle"</button>
        <p animate:pop={open}>"when open"</p>
        <b animate:note>"for a while"</b>
      </main>
    }
  }`);
  await page.locator("p").waitFor({ state: "hidden" });
  await page.click("button");
  await page.locator("p").waitFor({ state: "visible" });
  await page.click("button");
  await page.locator("p").waitFor({ state: "hidden" });
  assert.equal(await now(page, "p"), 1, "it is hidden, not gone");
  await page.locator("b").waitFor({ state: "hidden" });
});

test("bind: every kind of field goes both ways", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state many = ["b"]
    state one = "x"
    state amount = 2
    state level = 5
    state note = "hi"
    state done = false
    state colour = "red"
    state tags = ["t1"]
    state box = nil
    state form = { name: "Ann" }
    field_ref = createRef()
    component App {
      onMount { field_ref.current.dataset.found = "yes" }
      <main>
        <select id="many" multiple bind:value={many}><option value="a">"a"</option><option value="b">"b"</option><option value="c">"c"</option></select>
        <select id="one" bind:value={one}>for v in ["w", "x"] { <option value={v}>{v}</option> }</select>
        <input id="amount" type="number" bind:value={amount} />
        <input id="level" type="range" min="0" max="10" bind:value={level} />
        <textarea id="note" bind:value={note}></textarea>
        <input id="done" type="checkbox" bind:checked={done} />
        <input id="red" type="radio" bind:group={colour} value="red" /><input id="blue" type="radio" bind:group={colour} value="blue" />
        <input id="t1" type="checkbox" bind:group={tags} value="t1" /><input id="t2" type="checkbox" bind:group={tags} value="t2" />
        <input id="name" bind:value={form.name} bind:this={field_ref} />
        <canvas bind:this={box}></canvas>
        <button on:click={fn() { many = ["a", "c"] \n one = "w" \n amount = 7 \n level = 1 \n note = "set" \n done = false \n colour = "red" \n tags = ["t2"] }}>"set"</button>
        <p>{JSON.stringify([many, one, amount, level, note, done, colour, tags, form.name, box?.localName])}</p>
      </main>
    }
  }`);
  const state = async () => JSON.parse(await page.locator("p").textContent());
  assert.deepEqual(await state(), [["b"], "x", 2, 5, "hi", false, "red", ["t1"], "Ann", "canvas"]);
  assert.equal(await page.locator("#name").getAttribute("data-found"), "yes");
  await page.selectOption("#many", ["b", "c"]);
  await page.selectOption("#one", "w");
  await page.fill("#amount", "3.5");
  await page.fill("#level", "9");
  await page.fill("#note", "typed");
  await page.check("#done");
  await page.check("#blue");
  await page.check("#t2");
  await page.fill("#name", "Bea");
  assert.deepEqual(await state(), [["b", "c"], "w", 3.5, 9, "typed", true, "blue", ["t1", "t2"], "Bea", "canvas"]);
  await page.fill("#amount", "");
  assert.equal((await state())[2], null);
  await page.click("button");
  assert.deepEqual(await page.evaluate(() => [
    [...document.querySelector("#many").selectedOptions].map((option) => option.value),
    ...["one", "amount", "level", "note"].map((id) => document.getElementById(id).value),
    ...["done", "red", "blue", "t1", "t2"].map((id) => document.getElementById(id).checked),
  ]), [["a", "c"], "w", "7", "1", "set", false, true, false, false, true]);
});

test("on: modifiers guard, act and filter keys", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state log = []
    fn note(what) { log = [...log, what] }
    component App {
      <main on:click={fn() note("outer")} on:click.capture={fn() note("capture")} on:click.self={fn() note("self")}>
        <a href="/elsewhere" on:click.prevent={fn() note("link")}>"link"</a>
        <button id="stop" on:click.stop={fn() note("stop")}>"stop"</button>
        <button id="once" on:click.once.stop={fn() note("once")}>"once"</button>
        <input on:keydown.enter={fn() note("enter")} on:keydown.escape.prevent={fn() note("escape")} on:keydown.up={fn() note("up")} />
        <p>{log}</p>
      </main>
    }
  }`);
  const log = () => page.locator("p").textContent();
  await page.click("a");
  assert.equal(await log(), "capturelinkouter");
  await page.click("#stop");
  assert.equal(await log(), "capturelinkoutercapturestop");
  await page.click("#once");
  assert.ok((await log()).endsWith("captureonce"));
  await page.click("#once");
  assert.ok((await log()).endsWith("capturecaptureouter") || (await log()).endsWith("captureouter"));
  await page.locator("input").press("a");
  await page.locator("input").press("Enter");
  await page.locator("input").press("Escape");
  await page.locator("input").press("ArrowUp");
  assert.ok((await log()).endsWith("enterescapeup"), await log());
  assert.ok(!(await log()).includes("self"));
});

test("show and class: follow their conditions without taking anything out", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    state on = true
    component App {
      <main>
        <button on:click={fn() { on = not on }}>"toggle"</button>
        <p class="base" class:active={on} class:idle={not on} show={on} style="display: flex">"p"</p>
      </main>
    }
  }`);
  const state = async () => [await page.locator("p").getAttribute("class"), await computed(page, "p", "display")];
  assert.deepEqual(await state(), ["base active", "flex"]);
  await page.click("button");
  assert.deepEqual(await state(), ["base idle", "none"]);
  await page.click("button");
  assert.deepEqual(await state(), ["base active", "flex"]);
});
