// examples/services: an order on its way through three processes, seen on the page, and one of them gone.
import assert from "node:assert/strict";
import { childProcesses } from "../harness/application.mjs";
import { until } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const services = shared(async (t) => ({
  ...(await startExample(t, "services", ["orders", "post", "stock"])), context: await startChromium(t),
}));

const place = (app, email, ...lines) => app.call("place_order", [email, lines.map(([sku, pieces]) => ({ sku, pieces }))], { server: "orders" });

test("examples/services: an order is placed, reserved, packed and told, each by another process", async (t) => {
  const { app, context } = await services();
  const page = await openPage(t, context, app.url("/", "orders"));
  await page.getByPlaceholder("Email").fill("ann@example.com");
  await page.getByRole("button", { name: "more cup" }).click();
  await page.getByRole("button", { name: "more cup" }).click();
  await page.getByRole("button", { name: "Order for 24.00" }).click();
  await page.getByRole("status").filter({ hasText: "Order 1: 24.00" }).waitFor();
  await page.getByText("ann@example.com: shipped as P-1").waitFor();
  assert.deepEqual(await texts(page, ".mails li b", 2), ["Your parcel P-1", "Your order 1"]);
  assert.deepEqual((await texts(page, ".left", 3))[1], "6 left");
  assert.deepEqual((await app.request("GET", "/api/orders/1", { server: "orders" })).body.history, ["placed", "reserved", "shipped as P-1"]);
});

test("examples/services: what cannot be had is refused, and nothing of it is taken", async () => {
  const { app } = await services();
  const left = async () => (await app.call("list_items", [], { server: "stock" })).body.result.map((item) => item.left);
  const before = await left();
  for (const [lines, reason] of [
    [[["tea", 1], ["kettle", 3]], "Only 2 of Kettle are left."],
    [[["spoon", 1]], "There is no spoon."],
    [[["kettle", 1], ["kettle", 2]], "Only 2 of Kettle are left."],
    [[], "An order needs something to order."],
    [[["tea", 0]], "0 pieces of tea cannot be sent."],
  ]) {
    assert.deepEqual((await place(app, "bob@example.com", ...lines)).body.result, { __tag: "Err", error: reason });
  }
  assert.deepEqual((await place(app, "nobody", ["tea", 1])).body.result.__tag, "Err");
  assert.equal((await place(app, "bob@example.com", ["tea", "1"])).status, 400);
  assert.deepEqual(await left(), before);
});

test("examples/services: without the stock an order is refused in words, soon, and the others live", async () => {
  const { app } = await services();
  const stock = (await childProcesses(app.child.pid)).find(({ command }) => command.includes("server.stock"));
  process.kill(stock.pid, "SIGKILL");
  await until("the end of the stock", () => app.output.includes("server:stock was ended"));
  for (let round = 0; round < 4; round++) {
    const answer = await place(app, "ann@example.com", ["tea", 1]);
    assert.deepEqual(answer.body.result, { __tag: "Err", error: "We cannot see what we have at the moment. Please try again." });
  }
  assert.equal((await app.request("GET", "/api/mails", { server: "post" })).status, 200);
  assert.equal((await app.request("GET", "/health", { server: "orders" })).status, 200);
});
