// examples/todo: two people, each with a list that the other cannot see, not even by asking the server.
import assert from "node:assert/strict";
import { join } from "node:path";
import { sqlite } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const todo = shared(async (t) => ({ ...(await startExample(t, "todo", [], { env: { TODO_SECRET: "a secret of the tests" } })), context: await startChromium(t) }));

const refused = { allowed: /status of 401/ };

async function signUp(t, name, options = {}) {
  const { app, context } = await todo();
  const page = await openPage(t, context, app.url(), options);
  await page.getByRole("button", { name: "I am new here" }).click();
  await page.getByPlaceholder("Name").fill(name);
  await page.getByPlaceholder("Email").fill(`${name.toLowerCase()}@example.com`);
  await page.getByPlaceholder("Password").fill("correct horse");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.getByRole("heading", { name: `${name}'s list` }).waitFor();
  return page;
}

async function add(page, text, due = "") {
  await page.getByPlaceholder("What is to be done?").fill(text);
  if (due) await page.getByLabel("Due").fill(due);
  await page.getByRole("button", { name: "Add" }).click();
  await page.locator(".todo .text", { hasText: text }).waitFor();
}

test("examples/todo: entries are added, done, shown by choice and there after a reload", async (t) => {
  const { cwd } = await todo();
  const page = await signUp(t, "Ann");
  await add(page, "buy milk", "2020-01-01");
  await add(page, "write <b>tests</b>");
  assert.deepEqual(await texts(page, ".due.overdue", 1), ["2020-01-01"]);
  await page.locator(".todo", { hasText: "buy milk" }).getByLabel("Done").click();
  assert.deepEqual(await texts(page, ".todo .text", 1), ["write <b>tests</b>"]);
  await page.getByRole("button", { name: "all" }).click();
  assert.deepEqual(await texts(page, ".todo .text", 2), ["buy milk", "write <b>tests</b>"]);
  await page.reload();
  assert.deepEqual(await texts(page, ".todo .text", 1), ["write <b>tests</b>"]);
  const rows = await sqlite(join(cwd, "todo.db"), "SELECT name, password_hash FROM members");
  assert.equal(rows[0].name, "Ann");
  assert.match(rows[0].password_hash, /^\$argon2id\$/);
});

test("examples/todo: nobody sees or changes what is somebody else's", async (t) => {
  const { app } = await todo();
  const page = await signUp(t, "Bob");
  assert.equal(await page.locator(".todo").count(), 0);
  const { token } = await page.evaluate(() => JSON.parse(sessionStorage.getItem("todo-ticket")));
  assert.deepEqual((await app.call("my_todos", [token])).body.result, []);
  for (const [name, ...args] of [["set_done", 1, true], ["remove_todo", 1]]) {
    assert.deepEqual((await app.call(name, [token, ...args])).body.result, { __tag: "Err", error: "There is no such entry." });
  }
});

test("examples/todo: without a good token every call is answered with 401", async () => {
  const { app } = await todo();
  const forged = ["", "nonsense", `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"member":1}').toString("base64url")}.`];
  for (const token of forged) {
    assert.equal((await app.call("my_todos", [token])).status, 401, token);
    assert.equal((await app.call("clear_done", [token])).status, 401, token);
  }
});

test("examples/todo: the door tells no secrets, and stays shut after five attempts", async () => {
  const { app } = await todo();
  const wrong = (await app.call("sign_in", ["ann@example.com", "wrong"])).body.result;
  assert.deepEqual(wrong, { __tag: "Err", error: "Address or password is wrong." });
  assert.deepEqual((await app.call("sign_in", ["nobody@example.com", "wrong"])).body.result, wrong);
  assert.equal((await app.call("sign_up", ["Eve", "ann@example.com", "correct horse"])).body.result.error, "There is an account with this address already.");
  assert.equal((await app.call("sign_up", ["Eve", "eve@example.com", "short"])).body.result.__tag, "Err");
  for (let attempt = 0; attempt < 5; attempt++) await app.call("sign_in", ["eve@example.com", "guess"]);
  assert.equal((await app.call("sign_in", ["eve@example.com", "guess"])).body.result.error, "Too many attempts. Please wait a minute.");
});

test("examples/todo: a token that is not good any more leads back to the door", async (t) => {
  const page = await signUp(t, "Cleo", refused);
  await page.evaluate(() => {
    const ticket = JSON.parse(sessionStorage.getItem("todo-ticket"));
    sessionStorage.setItem("todo-ticket", JSON.stringify({ ...ticket, token: `${ticket.token}x` }));
  });
  await page.reload();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await page.getByRole("alert").filter({ hasText: "Please come in again." }).waitFor();
});
