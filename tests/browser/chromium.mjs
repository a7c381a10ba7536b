// Debian's Chromium, driven by playwright-core. A page that reports an error fails its test.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { folder } from "../harness/program.mjs";

// Without these Chromium asks the network for updates and safe-browsing lists when it starts.
export const quiet = [
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--disable-gpu",
  "--no-sandbox",
];

/**
 * Starts a browser of its own.
 * @param {{ after(cleanup: () => unknown): void }} t closes it when over
 * @param {Record<string, number>} [ports] ports by the port that a page asks for: `{ 3001: 40123 }`
 *   makes ws://localhost:3001 lead to port 40123, for pages that have a default port written in them
 */
export async function startChromium(t, ports = {}) {
  const rules = Object.entries(ports).map(([from, to]) => `MAP localhost:${from} 127.0.0.1:${to}`);
  const context = await chromium.launchPersistentContext(folder(t), {
    executablePath: process.env.TOVA_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    timeout: 90_000,
    args: rules.length > 0 ? [...quiet, `--host-resolver-rules=${rules.join(",")}`] : quiet,
  });
  context.setDefaultTimeout(60_000);
  t.after(() => context.close());
  return context;
}

/**
 * Opens a page; the test fails when the page throws, or writes an error to its console that `allowed`
 * does not match.
 */
export async function openPage(t, context, url, { allowed = /^$/ } = {}) {
  const page = await context.newPage();
  const errors = [];
  const note = (text) => allowed.test(text) || errors.push(text);
  page.on("pageerror", (error) => note(`thrown: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) {
      note(`console: ${message.text()} (${message.location().url})`);
    }
  });
  t.after(async () => {
    await page.close();
    assert.deepEqual(errors, [], "the page reported no error");
  });
  await page.goto(url);
  return page;
}

/**
 * Brings every motion of a page to its end, or to a part of its time. In tests a motion takes a minute, so that a busy machine
 * does not end it before it has been looked at.
 */
export function endMotions(page, part = 1) {
  return page.evaluate((share) => {
    for (const animation of document.getAnimations()) {
      if (share === 1) animation.finish();
      else animation.currentTime = animation.effect.getComputedTiming().endTime * share;
    }
  }, part);
}

/** The texts of the elements, once there are as many as `count`. */
export async function texts(page, selector, count) {
  const found = await page.waitForFunction(
    ([query, wanted]) => {
      const elements = [...document.querySelectorAll(query)];
      return elements.length === wanted && elements.map((element) => element.textContent);
    },
    [selector, count],
  );
  return found.jsonValue();
}
