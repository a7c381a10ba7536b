// examples/chat: two people in two pages.
import assert from "node:assert/strict";
import { join } from "node:path";
import { sqlite } from "../harness/program.mjs";
import { openSocket } from "../harness/sockets.mjs";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const chat = shared(async (t) => ({ ...(await startExample(t, "chat")), context: await startChromium(t) }));

async function comeIn(t, name) {
  const { app, context } = await chat();
  const page = await openPage(t, context, app.url());
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Come in" }).click();
  await page.locator(".status.on").waitFor();
  return page;
}

async function say(page, text) {
  await page.getByPlaceholder("Say something").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

test("examples/chat: what one page says, both show, and the database keeps", async (t) => {
  const { cwd } = await chat();
  const [ann, bob] = [await comeIn(t, "Ann"), await comeIn(t, "Bob")];
  for (const page of [ann, bob]) assert.deepEqual(await texts(page, ".present li", 2), ["Ann", "Bob"]);
  await say(ann, "hello <b>there</b>");
  await say(bob, "hi");
  for (const page of [ann, bob]) {
    assert.deepEqual(await texts(page, ".line .text", 2), ["hello <b>there</b>", "hi"]);
    assert.deepEqual(await texts(page, ".line .author", 2), ["Ann", "Bob"]);
  }
  assert.deepEqual(await texts(ann, ".line.mine .text", 1), ["hello <b>there</b>"]);
  assert.deepEqual(await sqlite(join(cwd, "chat.db"), "SELECT author, text FROM messages"), [
    { author: "Ann", text: "hello <b>there</b>" }, { author: "Bob", text: "hi" },
  ]);
});

test("examples/chat: who types is shown to the others, until the message comes", async (t) => {
  const [ann, bob] = [await comeIn(t, "Ann"), await comeIn(t, "Bob")];
  await ann.getByPlaceholder("Say something").pressSequentially("well");
  await bob.locator(".typing", { hasText: "Ann is typing" }).waitFor();
  assert.equal(await ann.locator(".typing").textContent(), "");
  await ann.getByRole("button", { name: "Send" }).click();
  await bob.locator(".typing", { hasText: /^$/ }).waitFor({ state: "attached" });
});

test("examples/chat: rooms are apart, and someone who leaves is gone from the list", async (t) => {
  const [ann, bob] = [await comeIn(t, "Ann"), await comeIn(t, "Bob")];
  await ann.getByRole("button", { name: "# off-topic" }).click();
  await ann.getByRole("heading", { name: "# off-topic" }).waitFor();
  assert.deepEqual(await texts(bob, ".present li", 1), ["Bob"]);
  await ann.locator(".status.on").waitFor();
  await say(ann, "alone here");
  assert.deepEqual(await texts(ann, ".line .text", 1), ["alone here"]);
  assert.ok(!(await bob.locator(".line .text").allTextContents()).includes("alone here"));
});

test("examples/chat: without a name the door stays shut, in the page and at the server", async (t) => {
  const { app, context } = await chat();
  const page = await openPage(t, context, app.url());
  await page.getByLabel("Your name").fill("  ");
  await page.getByRole("button", { name: "Come in" }).click();
  await page.getByRole("alert").filter({ hasText: "Please say who you are." }).waitFor();
  const socket = await openSocket(t, app, "", "/rooms/lobby?name=");
  assert.deepEqual(await socket.next(), { __tag: "Refused", reason: "Please say who you are." });
});
