// examples/shop on a real PostgreSQL: a customer, the desk, and two who want the last piece.
import assert from "node:assert/strict";
import { hasPostgres, startPostgres } from "../harness/postgres.mjs";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const shop = shared(async (t) => {
  const url = await startPostgres(t);
  return { ...(await startExample(t, "shop", [], { env: { DATABASE_URL: url } })), context: await startChromium(t) };
});

function shopTest(name, body) {
  test(`examples/shop: ${name}`, async (t) => {
    if (!hasPostgres) t.skip("PostgreSQL is not installed: ./test installs it");
    await body(t, await shop());
  });
}

const home = "Tea Street 1, Teatown";
const buy = async (app, ...wishes) => (await app.call("buy", ["ann@example.com", home, wishes.map(([product, pieces]) => ({ product, pieces }))])).body.result;
const products = async (app) => Object.fromEntries((await app.request("GET", "/api/products")).body.map((product) => [product.name, product]));

shopTest("a customer fills the basket and buys, and the desk sends it", async (t, { app, context }) => {
  const page = await openPage(t, context, app.url());
  assert.deepEqual(await texts(page, ".card h2", 4), ["Cup", "Green tea", "Tea towel", "Teapot"]);
  await page.getByPlaceholder("Search").fill("porcelain");
  assert.deepEqual(await texts(page, ".card h2", 1), ["Cup"]);
  await page.getByRole("button", { name: "Into the basket" }).click();
  await page.getByRole("button", { name: "one more" }).click();
  await page.getByText("Together 29.00 €").waitFor();
  await page.getByPlaceholder("Email").fill("ann");
  await page.getByRole("button", { name: "Buy" }).click();
  await page.getByRole("alert").filter({ hasText: '"ann" is no address to write to.' }).waitFor();
  await page.getByPlaceholder("Email").fill("ann@example.com");
  await page.getByPlaceholder("Street, number, town").fill(home);
  await page.getByRole("button", { name: "Buy" }).click();
  await page.getByRole("status").filter({ hasText: "Thank you. Number 1, 29.00 €" }).waitFor();
  assert.equal((await products(app)).Cup.stock, 22);

  const desk = await openPage(t, context, app.url("/desk"));
  await desk.getByRole("button", { name: "Open" }).click();
  assert.deepEqual(await texts(desk, ".lines li", 1), ["2 × Cup, 29.00 €"]);
  await desk.getByRole("button", { name: "Sent" }).click();
  await desk.locator("tr.sent").waitFor();
});

shopTest("of two who want the last piece at once one gets it", async (t, { app }) => {
  const towel = (await products(app))["Tea towel"];
  const results = await Promise.all([1, 2, 3, 4].map(() => buy(app, [towel.id, 1])));
  assert.deepEqual(results.map((result) => result.__tag).sort(), ["Err", "Err", "Err", "Ok"]);
  assert.equal(results.find((result) => result.__tag === "Err").error, "Of Tea towel there are only 0 left.");
  assert.equal((await products(app))["Tea towel"].stock, 0);
});

shopTest("an order of which a part is missing changes nothing", async (t, { app }) => {
  const before = await products(app);
  const count = (await app.call("list_purchases")).body.result.length;
  assert.deepEqual(await buy(app, [before.Cup.id, 2], [before.Teapot.id, 99]), { __tag: "Err", error: `Of Teapot there are only ${before.Teapot.stock} left.` });
  assert.deepEqual(await buy(app, [before.Cup.id, 1], [12345, 1]), { __tag: "Err", error: "This product is not sold any more." });
  assert.deepEqual(await products(app), before);
  assert.equal((await app.call("list_purchases")).body.result.length, count);
});

shopTest("health tells of the database", async (t, { app }) => {
  const { status } = await app.request("GET", "/health");
  assert.equal(status, 200);
});
