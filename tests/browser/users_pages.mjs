// Creating a user by typing and clicking: the program of the RPC documents, and examples/users.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { startApplication } from "../harness/application.mjs";
import { folder, root, sqlite } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { absent, seedBlock } from "../seeds/documents.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const browser = shared((t) => startChromium(t));

for (const document of ["rpc-client.md", "rpc-browser.md"]) {
  test(`${document}: a user is created by typing and clicking, is listed as Name (email) and is in the file`, async (t) => {
    if (absent) t.skip(absent);
    const cwd = folder(t, { "app.tova": seedBlock(`${document}: Tova Source`) });
    const app = await startApplication(t, cwd);
    const page = await openPage(t, await browser(), app.url());
    assert.equal(await page.getByRole("heading").textContent(), "Users");

    await page.getByPlaceholder("Name").pressSequentially("Ada Lovelace");
    await page.getByPlaceholder("Email").pressSequentially("ada@example.com");
    await page.getByRole("button", { name: "Create User" }).click();
    assert.deepEqual(await texts(page, "li", 1), ["Ada Lovelace (ada@example.com)"]);
    assert.equal(await page.getByPlaceholder("Name").inputValue(), "", "the field is empty again");
    assert.equal(await page.getByPlaceholder("Email").inputValue(), "");

    await page.getByPlaceholder("Name").fill("Zoë <b>");
    await page.getByPlaceholder("Email").fill("zoe@example.com");
    await page.getByRole("button", { name: "Create User" }).click();
    const listed = ["Ada Lovelace (ada@example.com)", "Zoë <b> (zoe@example.com)"];
    assert.deepEqual(await texts(page, "li", 2), listed);

    assert.deepEqual(await sqlite(join(cwd, "data.db"), "SELECT name, email FROM users ORDER BY id"), [
      { name: "Ada Lovelace", email: "ada@example.com" },
      { name: "Zoë <b>", email: "zoe@example.com" },
    ]);
    await page.reload();
    assert.deepEqual(await texts(page, "li", 2), listed, "the effect loads them at the start");
  });

  test(`${document}: the page sends its arguments as the document's array`, async (t) => {
    if (absent) t.skip(absent);
    const cwd = folder(t, { "app.tova": seedBlock(`${document}: Tova Source`) });
    const app = await startApplication(t, cwd);
    const page = await openPage(t, await browser(), "about:blank");
    const bodies = [];
    page.on("request", (request) => {
      if (request.url().includes("/rpc/")) bodies.push([new URL(request.url()).pathname, request.postData()]);
    });
    await page.goto(app.url());
    await page.getByPlaceholder("Name").fill("Ada");
    await page.getByPlaceholder("Email").fill("ada@example.com");
    await page.getByRole("button", { name: "Create User" }).click();
    await texts(page, "li", 1);
    assert.deepEqual(bodies, [
      ["/rpc/get_users", "{}"],
      ["/rpc/create_user", '{"__args":["Ada","ada@example.com"]}'],
    ]);
  });
}

const example = shared(async (t) => {
  const cwd = folder(t);
  cpSync(join(root, "examples/users"), cwd, { recursive: true });
  return { cwd, app: await startApplication(t, cwd) };
});

test("examples/users: a user is created by typing and clicking, is listed as Name (email) and is in the file", async (t) => {
  const { cwd, app } = await example();
  const page = await openPage(t, await browser(), app.url());
  for (const [name, email] of [["Grace", "grace@example.com"], ["Alan", "alan@example.com"]]) {
    await page.getByPlaceholder("Name").pressSequentially(name);
    await page.getByPlaceholder("Email").pressSequentially(email);
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByText(`${name} is in the book.`).waitFor();
  }
  assert.deepEqual(await texts(page, "li > span", 2), ["Alan (alan@example.com)", "Grace (grace@example.com)"]);
  assert.equal(await page.locator(".count").textContent(), "2 of 2");
  assert.deepEqual(await sqlite(join(cwd, "users.db"), "SELECT name, email FROM users ORDER BY name"), [
    { name: "Alan", email: "alan@example.com" },
    { name: "Grace", email: "grace@example.com" },
  ]);
});

test("examples/users: an Err of the server reaches the page's match", async (t) => {
  const { app } = await example();
  const page = await openPage(t, await browser(), app.url());
  await page.getByPlaceholder("Name").fill("Nobody");
  await page.getByPlaceholder("Email").fill("no address");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText("no address is not an email address.").waitFor();
  assert.equal(await page.getByPlaceholder("Name").inputValue(), "Nobody", "what was typed is kept");
});

test("examples/users: the list follows what is searched, and typing keeps its place", async (t) => {
  const { app } = await example();
  const page = await openPage(t, await browser(), app.url());
  await texts(page, "li", 2);
  await page.getByPlaceholder("Search").pressSequentially("gra");
  assert.deepEqual(await texts(page, "li > span", 1), ["Grace (grace@example.com)"]);
  assert.equal(await page.getByPlaceholder("Search").inputValue(), "gra");
  assert.equal(await page.evaluate(() => document.activeElement.placeholder), "Search");
  await page.getByPlaceholder("Search").fill("");
  await texts(page, "li", 2);
});

test("examples/users: removing a user takes them off the list and out of the file", async (t) => {
  const { cwd, app } = await example();
  const page = await openPage(t, await browser(), app.url());
  await page.getByRole("listitem").filter({ hasText: "Alan" }).getByRole("button", { name: "Remove" }).click();
  await page.getByText("Alan is gone.").waitFor();
  assert.deepEqual(await texts(page, "li > span", 1), ["Grace (grace@example.com)"]);
  assert.deepEqual(await sqlite(join(cwd, "users.db"), "SELECT name FROM users"), [{ name: "Grace" }]);
});
