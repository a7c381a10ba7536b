// examples/blog: addresses, back and forward, what readers and the writer do.
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const blog = shared(async (t) => ({
  ...(await startExample(t, "blog", [], { env: { BLOG_PASSWORD: "for tests" } })), context: await startChromium(t),
}));

async function open(t, path = "/") {
  const { app, context } = await blog();
  return openPage(t, context, app.url(path));
}

const path = (page) => page.evaluate(() => location.pathname);

test("examples/blog: links lead to posts and tags without a load, back and forward lead there again", async (t) => {
  const page = await open(t);
  await page.evaluate(() => (window.stays = true));
  assert.deepEqual(await texts(page, ".entry h2", 3), ["Cups", "A program that counts", "Tea, and how to make it"]);
  await page.getByRole("link", { name: "Tea, and how to make it" }).click();
  await page.getByRole("heading", { name: "Tea, and how to make it" }).waitFor();
  assert.equal(await path(page), "/posts/tea-and-how-to-make-it");
  assert.deepEqual(await texts(page, ".text li", 2), ["green: 70 degrees", "black: boiling"]);
  await page.getByRole("link", { name: "#tea" }).click();
  assert.deepEqual(await texts(page, ".entry h2", 2), ["Cups", "Tea, and how to make it"]);
  await page.goBack();
  await page.locator(".post").waitFor();
  await page.goBack();
  assert.deepEqual((await texts(page, ".entry h2", 3)).length, 3);
  await page.goForward();
  await page.locator(".post").waitFor();
  assert.equal(await page.evaluate(() => window.stays), true, "the page was not loaded again");
});

test("examples/blog: every address can be opened by itself, and one that leads nowhere says so", async (t) => {
  assert.equal(await (await open(t, "/posts/cups")).getByRole("heading", { level: 1 }).textContent(), "Cups");
  for (const nowhere of ["/posts/nothing", "/nothing/at/all"]) {
    await (await open(t, nowhere)).getByRole("heading", { name: "There is no such page" }).waitFor();
  }
  const { app } = await blog();
  assert.equal((await app.request("GET", "/nothing")).status, 404, "for those who want no page");
  assert.equal((await app.request("GET", "/api/posts/nothing")).status, 404);
});

test("examples/blog: what a reader says stays with the post, as text", async (t) => {
  const page = await open(t, "/posts/cups");
  await page.getByRole("button", { name: "Say it" }).click();
  await page.getByRole("alert").filter({ hasText: "A name and a few words, please." }).waitFor();
  await page.getByPlaceholder("Your name").fill("Ann");
  await page.getByPlaceholder("What do you say?").fill("<img src=x onerror=alert(1)>");
  await page.getByRole("button", { name: "Say it" }).click();
  assert.deepEqual(await texts(page, ".comment", 1), ["Ann: <img src=x onerror=alert(1)>"]);
  await page.reload();
  assert.deepEqual(await texts(page, ".comment", 1), ["Ann: <img src=x onerror=alert(1)>"]);
});

test("examples/blog: only who knows the password writes, and sees before what it becomes", async (t) => {
  const page = await open(t, "/write");
  await page.getByPlaceholder("Title").fill("On kettles");
  await page.getByPlaceholder("Text", { exact: true }).fill("## Two kinds\n\n- loud\n- quiet");
  await page.getByPlaceholder("Tags, with commas").fill("Tea, metal");
  assert.deepEqual(await texts(page, ".preview li", 2), ["loud", "quiet"]);
  await page.getByPlaceholder("Password").fill("a guess");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("alert").filter({ hasText: "That is not the password." }).waitFor();
  await page.getByPlaceholder("Password").fill("for tests");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("heading", { name: "On kettles" }).waitFor();
  assert.equal(await path(page), "/posts/on-kettles");
  assert.deepEqual(await texts(page, ".post .tags a", 2), ["#tea ", "#metal "]);
});
