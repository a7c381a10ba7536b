// Two servers and a page: the program of the multi-server document, and examples/dashboard. Two
// pages see each other's events through the WebSocket server.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { startApplication } from "../harness/application.mjs";
import { folder, root, sqlite } from "../harness/program.mjs";
import { openSocket } from "../harness/sockets.mjs";
import { shared, test } from "../harness/test.mjs";
import { absent, seedBlock } from "../seeds/documents.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const servers = ["api", "events"];

// The document's page has the events server's default port written in it.
const seed = shared(async (t) => {
  const cwd = folder(t, { "app.tova": seedBlock("multi-server.md: Full Code") });
  const app = await startApplication(t, cwd, servers);
  return { app, context: await startChromium(t, { 3001: app.ports.events }) };
});

function seedTest(name, body) {
  test(`multi-server.md: ${name}`, async (t) => {
    if (absent) t.skip(absent);
    await body({ ...(await seed()), t });
  });
}

seedTest("the page shows the users of the api server as Name (email)", async ({ app, context, t }) => {
  await app.call("create_user", ["Alice", "alice@example.com"]);
  const page = await openPage(t, context, app.url());
  assert.deepEqual(await texts(page, ".user-list li", 1), ["Alice (alice@example.com)"]);
  assert.deepEqual(await page.getByRole("heading").allTextContents(), ["Dashboard", "Users", "Live Events"]);
});

seedTest("the page says when it is connected to the events server", async ({ app, context, t }) => {
  const page = await openPage(t, context, app.url());
  await page.locator(".status", { hasText: /^\s*Connected/ }).waitFor();
});

seedTest("two pages see each other's events through the WebSocket server", async ({ app, context, t }) => {
  const pages = [await openPage(t, context, app.url()), await openPage(t, context, app.url())];
  for (const page of pages) {
    await page.locator(".status", { hasText: /^\s*Connected/ }).waitFor();
  }
  // The document's page has no button that sends, so each page opens a socket beside its own.
  const send = (page, event) =>
    page.evaluate(
      (text) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket("ws://localhost:3001/ws");
          socket.onopen = () => resolve(socket.send(text));
          socket.onerror = reject;
        }),
      JSON.stringify(event),
    );
  await send(pages[0], { kind: "joined", payload: "Ann" });
  assert.deepEqual(await texts(pages[1], ".event-feed li", 1), ["[joined] Ann"]);
  await send(pages[1], { kind: "left", payload: "Bob" });
  assert.deepEqual(await texts(pages[0], ".event-feed li", 2), ["[left] Bob", "[joined] Ann"]);
  assert.deepEqual(await texts(pages[1], ".event-feed li", 2), ["[left] Bob", "[joined] Ann"]);
});

seedTest("broadcast reaches the open pages", async ({ app, context, t }) => {
  const page = await openPage(t, context, app.url());
  await page.locator(".status", { hasText: /^\s*Connected/ }).waitFor();
  await app.request("POST", "/rpc/broadcast", { server: "events", body: { kind: "note", payload: "to all" } });
  assert.deepEqual(await texts(page, ".event-feed li", 1), ["[note] to all"]);
});

seedTest("the page says when it is no longer connected", async ({ t }) => {
  const cwd = folder(t, { "app.tova": seedBlock("multi-server.md: Full Code") });
  const app = await startApplication(t, cwd, servers);
  // The page goes on asking for the stream that reloads it, and Chromium tells each time that nobody is there.
  const allowed = /ERR_CONNECTION_REFUSED \(\S+\/__tova\/reload\)$/;
  const page = await openPage(t, await startChromium(t, { 3001: app.ports.events }), app.url(), { allowed });
  await page.locator(".status", { hasText: /^\s*Connected/ }).waitFor();
  await app.stop();
  await page.locator(".status", { hasText: /^\s*Disconnected/ }).waitFor();
});

const example = shared(async (t) => {
  const cwd = folder(t);
  cpSync(join(root, "examples/dashboard"), join(cwd, "dashboard"), { recursive: true });
  const app = await startApplication(t, join(cwd, "dashboard"), servers);
  return { cwd: join(cwd, "dashboard"), app, context: await startChromium(t) };
});

async function openDesk(t, context, app, me) {
  const page = await openPage(t, context, app.url());
  await page.locator(".status.on").waitFor();
  await page.getByLabel("You are").fill(me);
  return page;
}

test("examples/dashboard: a ticket that one page opens is in the list, in the file and in the other page's feed", async (t) => {
  const { cwd, app, context } = await example();
  const [mine, theirs] = [await openDesk(t, context, app, "Ann"), await openDesk(t, context, app, "Bob")];
  await mine.getByPlaceholder("What is wrong?").pressSequentially("The printer smokes");
  await mine.getByLabel("urgent").check();
  await mine.getByRole("button", { name: "Open ticket" }).click();

  assert.deepEqual(await texts(mine, ".ticket .title", 1), ["#1 The printer smokes"]);
  assert.equal(await mine.locator("header p").textContent(), "1 open, 1 of them urgent");
  for (const page of [mine, theirs]) {
    assert.deepEqual(await texts(page, ".feed li", 1), ["Ann opened The printer smokes"]);
  }
  assert.deepEqual(await sqlite(join(cwd, "desk.db"), "SELECT title, author, urgent, open FROM tickets"), [
    { title: "The printer smokes", author: "Ann", urgent: 1, open: 1 },
  ]);
});

test("examples/dashboard: a note of one page appears in the other page's feed, and once in its own", async (t) => {
  const { app, context } = await example();
  const [mine, theirs] = [await openDesk(t, context, app, "Ann"), await openDesk(t, context, app, "Bob")];
  await theirs.getByPlaceholder("Say something to everyone").pressSequentially("Lunch?");
  await theirs.getByRole("button", { name: "Send" }).click();
  for (const page of [mine, theirs]) {
    await page.locator(".feed li", { hasText: "Bob says Lunch?" }).first().waitFor();
    const feed = await page.locator(".feed li").allTextContents();
    assert.deepEqual([feed[0], feed.filter((line) => line === "Bob says Lunch?").length], ["Bob says Lunch?", 1]);
  }
});

test("examples/dashboard: closing a ticket crosses it out and leaves the others' rows", async (t) => {
  const { app, context } = await example();
  await app.call("open_ticket", ["The door squeaks", "Eve"]);
  const page = await openDesk(t, context, app, "Ann");
  await texts(page, "li.ticket", 2);
  await page.getByRole("listitem").filter({ hasText: "printer" }).getByRole("button", { name: "Close" }).click();
  assert.deepEqual(await texts(page, "li.closed .title", 1), ["#1 The printer smokes"]);
  assert.equal(await page.locator("li.ticket:not(.closed) .title").textContent(), "#2 The door squeaks");
});

test("examples/dashboard: the routes ask for the authorization header and convert their arguments", async () => {
  const { app } = await example();
  assert.equal((await app.request("GET", "/api/tickets/1")).status, 401);
  const headers = { authorization: "Bearer anyone" };
  const { status, body } = await app.request("GET", "/api/tickets/1", { headers });
  assert.equal(status, 200);
  assert.deepEqual(body, { id: 1, title: "The printer smokes", author: "Ann", urgent: true, open: false });
  const wrong = await app.request("POST", "/api/tickets", { headers, body: { title: "x", author: "y", urgent: "very" } });
  assert.equal(wrong.status, 400);
  assert.deepEqual(wrong.body, { error: "Validation failed", details: ["urgent must be a boolean"] });
});

test("examples/dashboard: a page that comes later is told what happened before", async (t) => {
  const { app } = await example();
  const socket = await openSocket(t, app, "events", "/feed");
  const first = await socket.next();
  assert.deepEqual(first, { kind: "opened", author: "Ann", text: "The printer smokes" });
});
