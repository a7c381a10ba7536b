// The preview in Visual Studio Code where the cursor is faster than the server, and over the death of the server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, until, write } from "../harness/program.mjs";
import { slowServer } from "./slow_server.mjs";
import { session } from "./vscode_session.mjs";

/** Milliseconds by which a slow server answers late. */
const LATE = 250;

const step = session(async (workspace) => {
  cpSync(join(root, "examples/dashboard"), workspace, { recursive: true });
  const beside = join(dirname(workspace), "slow");
  mkdirSync(beside);
  const slow = slowServer(beside, "tova/mapPosition", LATE);
  write(join(workspace, ".vscode/settings.json"), JSON.stringify({ "tova.server.path": slow.program }));
  return { slow };
});

step("a cursor that is faster than the server asks one question at a time, and its end is shown", async ({ window, page, slow }) => {
  await window.open("dashboard.tova");
  await window.find("fn listen");
  await window.command("Tova: Open Emitted JavaScript to the Side");
  await until("the mark in the output", async () => /listen/.test((await window.marked(1)) ?? ""));
  const before = slow.record().asked;
  const started = performance.now();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("ArrowDown", { delay: 20 });
  }
  // The questions of the time in which the keys came, and two behind it; the extension may be told of the last key as late as
  // it took to press them all.
  const possible = (2 * (performance.now() - started)) / LATE + 2;
  await until("the mark at the end", async () => /server\.close_ticket/.test((await window.marked(1)) ?? ""));
  const { asked, most } = slow.record();
  assert.equal(most, 1);
  assert.ok(asked - before <= possible, `${asked - before} questions in the time of ${possible}`);
});

step("the preview lives on when the server has died", async ({ window, page, slow }) => {
  await window.find("fn listen");
  execFileSync("pkill", ["-KILL", "-f", `^[^ ]*node .*slow_server.mjs .* ${dirname(slow.program)}/`]);
  await page.keyboard.type("_typed");
  await until("the typed name on the other side", async () => (await window.lines(1)).some((line) => line.includes("listen_typed")));
  await until("what was typed", async () => (await window.lines(0)).some((line) => line.includes("fn listen_typed()")));
});
