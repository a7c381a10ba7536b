// examples/gallery: real pictures from the disk of the test to the disk of the server and back.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const gallery = shared(async (t) => ({ ...(await startExample(t, "gallery")), context: await startChromium(t) }));

/** The smallest pictures that there are. */
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });

test("examples/gallery: pictures are sent, kept under names of our own, shown, named and removed", async (t) => {
  const { cwd, app, context } = await gallery();
  const page = await openPage(t, context, app.url());
  await page.getByPlaceholder("Tags, with commas").fill("Sea, summer");
  await page.locator("input[type=file]").setInputFiles([file("../../sea.png", "image/png", png), file("dot.gif", "image/gif", gif)]);
  assert.equal((await texts(page, ".tile", 2)).length, 2);
  const kept = readdirSync(join(cwd, "pictures")).sort();
  assert.deepEqual(kept.map((name) => name.replace(/^[0-9a-f-]{36}/, "ID")).sort(), ["ID.gif", "ID.png"]);
  assert.deepEqual(readFileSync(join(cwd, "pictures", kept.find((name) => name.endsWith(".png")))), png);
  assert.deepEqual((await texts(page, "nav button", 3)).sort(), ["All", "sea 2", "summer 2"]);
  await page.waitForFunction(() => [...document.querySelectorAll(".tile img")].every((image) => image.complete && image.naturalWidth === 1));

  const caption = page.getByLabel("Caption").first();
  await caption.fill("A dot");
  const saved = page.waitForResponse(/set_caption/);
  await caption.blur();
  await saved;
  await page.reload();
  await texts(page, ".tile", 2);
  assert.equal(await page.getByLabel("Caption").first().inputValue(), "A dot");

  await page.locator(".tile img").first().click();
  await page.locator(".large p", { hasText: "A dot" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator(".large p", { hasText: /^$/ }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Remove" }).click();
  await texts(page, ".tile", 1);
  assert.equal(readdirSync(join(cwd, "pictures")).length, 1);
});

test("examples/gallery: what is no picture is refused, by the page and by the server", async (t) => {
  const { cwd, app, context } = await gallery();
  const before = readdirSync(join(cwd, "pictures")).length;
  const page = await openPage(t, context, app.url(), { allowed: /status of 415/ });
  await page.locator("input[type=file]").setInputFiles([file("a.pdf", "application/pdf", Buffer.from("%PDF-"))]);
  await page.getByRole("alert").filter({ hasText: "a.pdf is no picture that can be shown" }).waitFor();
  await page.locator("input[type=file]").setInputFiles([file("program.png", "image/png", Buffer.from("#!/bin/sh"))]);
  await page.getByRole("alert").filter({ hasText: "program.png: Unsupported media type" }).waitFor();
  assert.equal(readdirSync(join(cwd, "pictures")).length, before);
});

test("examples/gallery: pictures by a form of another program, and nothing outside of the folder", async () => {
  const { app } = await gallery();
  const form = new FormData();
  form.append("picture", new Blob([png], { type: "image/png" }), "x.png");
  form.append("caption", "From afar");
  const answer = await fetch(app.url("/api/pictures"), { method: "POST", body: form });
  assert.equal(answer.status, 201);
  const picture = await answer.json();
  assert.equal(picture.caption, "From afar");
  const image = await fetch(app.url(`/pictures/${picture.file}`));
  assert.equal(image.headers.get("content-type"), "image/png");
  for (const path of ["/pictures/../gallery.db", "/pictures/%2e%2e/gallery.db", "/pictures/..%2fpictures.tova"]) {
    assert.notEqual((await fetch(app.url(path))).status, 200, path);
  }
  assert.equal((await fetch(app.url("/api/pictures"), { method: "POST", body: new FormData() })).status, 400);
});
