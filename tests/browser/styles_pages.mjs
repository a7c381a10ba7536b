// Style blocks of components as a page shows them, under a policy that allows no inline styles.
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { startChromium } from "./chromium.mjs";
import { computed, showProgram } from "./compiled.mjs";

const browser = shared((t) => startChromium(t));

const RED = "rgb(255, 0, 0)";
const BLUE = "rgb(0, 0, 255)";
const BLACK = "rgb(0, 0, 0)";

test("styles: they are for the elements of their own component alone, and inserted once", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    component Inner { <p class="note inner">"inner"</p> }
    component Badge(text) {
      <b class="note badge">{text}</b>
      style { .badge { color: blue; } }
    }
    component App {
      <p class="note outer">"outer"</p>
      <Inner />
      <Badge text="1" />
      <Badge text="2" />
      style { .note { color: red; } }
    }
  }`);
  assert.equal(await computed(page, ".outer", "color"), RED);
  assert.equal(await computed(page, ".inner", "color"), BLACK);
  assert.equal(await computed(page, ".badge", "color"), BLUE);
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 2);
});

test("styles: strings, escapes, nesting, combinators, pseudo-elements and :global", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    component App {
      <main class="app">
        <p class="a:b">"escaped"</p>
        <p class="w-1/2 first">"slash"</p>
        <ul><li class="x">"1"</li><li>"2"</li><li class="x">"3"</li></ul>
        <i class="said">"said"</i>
        <section class="box"><em>"deep"</em></section>
      </main>
      style {
        .a\\:b { color: red; }
        .w-1\\/2 { color: blue; }
        li:nth-child(2 of .x) { color: red; }
        .said::before { content: "} { \\"x\\""; }
        .app > .box { & em { color: red; } &:has(em) { top: 3px } }
        ul:is(.none, .app > ul) li:not(.x) { color: blue; }
        :global(body) .said { color: red; }
        :global(#aside) { position: fixed; }
      }
    }
  }`);
  assert.equal(await computed(page, ".a\\:b", "color"), RED);
  assert.equal(await computed(page, ".first", "color"), BLUE);
  assert.equal(await computed(page, "li:nth-child(3)", "color"), RED);
  assert.equal(await computed(page, "li:nth-child(1)", "color"), BLACK);
  assert.equal(await computed(page, "li:nth-child(2)", "color"), BLUE);
  assert.equal(await computed(page, ".said", "content", "::before"), '"} { \\"x\\""');
  assert.equal(await computed(page, "em", "color"), RED);
  assert.equal(await computed(page, ".box", "top"), "3px");
  assert.equal(await computed(page, ".said", "color"), RED);
  assert.equal(await computed(page, "#aside", "position"), "fixed");
});

test("styles: variants follow the values of the component", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    component Button(label, size = "sm", busy = false) {
      <button class="btn" on:click={fn() size}>{label}</button>
      style {
        .btn { color: black; }
        variant(size) { sm { top: 1px; } lg { top: 2px; } }
        variant(busy) { true { left: 3px; } }
        variant(size + busy) { lg + true { color: red; } }
      }
    }
    component App {
      state big = false
      <div>
        <Button label="one" size={if big { "lg" } else { "sm" }} busy={big} />
        <input type="checkbox" bind:checked={big} />
      </div>
    }
  }`);
  const style = async () => [await computed(page, "button", "top"), await computed(page, "button", "left"), await computed(page, "button", "color")];
  assert.deepEqual(await style(), ["1px", "auto", BLACK]);
  assert.equal(await page.locator("button").getAttribute("class"), "btn btn--size-sm btn--busy-false");
  await page.locator("input").check();
  assert.deepEqual(await style(), ["2px", "3px", RED]);
});

test("styles: breakpoints take effect from their width on, the widest last", async (t) => {
  const page = await showProgram(t, await browser(), `browser {
    component App {
      <p class="a">"a"</p>
      style {
        .a { top: 1px; }
        responsive { wide { .a { top: 4px; } } tablet { .a { top: 2px; } } desktop { .a { top: 3px; } } }
      }
    }
  }`);
  for (const [width, top] of [[700, "1px"], [768, "2px"], [1200, "3px"], [1440, "4px"]]) {
    await page.setViewportSize({ width, height: 600 });
    assert.equal(await computed(page, ".a", "top"), top, `at ${width}`);
  }
});

test("styles: who asks for less motion gets less, unless the block says that its motion matters", async (t) => {
  const source = (words) => `browser {
    component App {
      <p class="a">"a"</p>
      style${words} { .a { transition: top 2s; animation: turn 3s infinite; } @keyframes turn { to { rotate: 360deg } } }
    }
  }`;
  const reduce = (page) => page.emulateMedia({ reducedMotion: "reduce" });
  const still = await showProgram(t, await browser(), source(""));
  assert.equal(await computed(still, ".a", "transitionDuration"), "2s");
  assert.equal(await computed(still, ".a", "animationName"), "turn");
  await reduce(still);
  assert.equal(await computed(still, ".a", "transitionDuration"), "1e-05s");
  assert.equal(await computed(still, ".a", "animationIterationCount"), "1");
  const full = await showProgram(t, await browser(), source("(motion: full)"));
  await reduce(full);
  assert.equal(await computed(full, ".a", "transitionDuration"), "2s");
});
