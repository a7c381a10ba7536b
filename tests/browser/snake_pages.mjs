// examples/snake: a robot that sees the canvas as people do plays it.
import assert from "node:assert/strict";
import { shared, test } from "../harness/test.mjs";
import { startExample } from "../examples/start.mjs";
import { openPage, startChromium, texts } from "./chromium.mjs";

const snake = shared(async (t) => ({ ...(await startExample(t, "snake")), context: await startChromium(t) }));

/** Where head and food are, by their colours. */
const look = (page) => page.evaluate(() => {
  const canvas = document.querySelector("canvas");
  const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = {};
  for (let y = 0; y < 20; y++) {
    for (let x = 0; x < 20; x++) {
      const at = 4 * ((y * 20 + 10) * width + x * 20 + 10);
      const colour = [...data.slice(at, at + 3)].join();
      if (colour === "140,233,154") seen.head = { x, y };
      if (colour === "255,107,107") seen.food = { x, y };
    }
  }
  return seen;
});

/** A page of the game, in which time goes on when the test lets it: the robot is as quick as it likes. */
async function play(t, seed) {
  const { app, context } = await snake();
  const page = await openPage(t, context, "about:blank");
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  t.after(() => page.clock.resume());
  await page.goto(app.url(`/?seed=${seed}`));
  return page;
}

/** Lets the game go on until it is as it was to be; a field has 20 rows, and a step takes less than half a second. */
async function goOn(page, what, isSo) {
  for (let waited = 0; !(await isSo()); waited += 20) {
    assert.ok(waited < 20_000, `${what} in vain`);
    await page.clock.runFor(20);
  }
}

test("examples/snake: keys steer to the food, points count, the edge ends it, and the score is kept", async (t) => {
  const { app } = await snake();
  const page = await play(t, 7);
  await page.getByText("Nobody yet.").waitFor();
  const start = await look(page);
  assert.deepEqual(start.head, { x: 6, y: 14 });
  await page.keyboard.press(start.food.y < start.head.y ? "ArrowUp" : "ArrowDown");
  await goOn(page, "to the row of the food", async () => (await look(page)).head?.y === start.food.y);
  await page.keyboard.press(start.food.x < start.head.x ? "ArrowLeft" : "ArrowRight");
  await goOn(page, "to the food", () => page.locator(".points", { hasText: "10 points" }).isVisible());
  await goOn(page, "to the edge", () => page.getByText("Over, with 10 points").isVisible());
  await page.getByPlaceholder("Your name").fill("Robot");
  await page.getByRole("button", { name: "Keep" }).click();
  assert.deepEqual(await texts(page, "aside li b", 1), ["Robot"]);
  assert.equal(await page.getByPlaceholder("Your name").count(), 0, "a score is kept once");
  assert.deepEqual((await app.call("best_scores")).body.result.map(({ name, points }) => [name, points]), [["Robot", 10]]);
});

test("examples/snake: space pauses and goes on, and a game can be played again", async (t) => {
  const page = await play(t, 3);
  await page.getByRole("button", { name: "Play" }).click();
  await page.keyboard.press("Space");
  await page.getByText("Paused").waitFor();
  const { head } = await look(page);
  await page.clock.runFor(2000);
  assert.deepEqual((await look(page)).head, head);
  await page.getByRole("button", { name: "Go on" }).click();
  await goOn(page, "to the edge", () => page.getByText(/^Over, with/).isVisible());
  await page.getByRole("button", { name: "Again" }).click();
  assert.equal((await look(page)).head.y, 14);
});

test("examples/snake: a score that cannot be is refused", async () => {
  const { app } = await snake();
  for (const args of [["Cheat", 15, 1], ["Cheat", 100, 1], ["", 10, 1]]) {
    assert.equal((await app.call("add_score", args)).body.result.__tag, "Err", String(args));
  }
  assert.equal((await app.call("add_score", ["Cheat", "10", 1])).status, 400);
});
