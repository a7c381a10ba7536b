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

step("a cursor that is faster than the server leaves one question to be asked, and its end is shown", async ({ window, page, slow }) => {
  await window.open("dashboard.tova");
  await window.find("fn listen");
  await window.command("Tova: Open Emitted JavaScript to the Side");
  await until("the mark in the output", async () => /listen/.test((await window.marked(1)) ?? ""));
  const before = slow.record().asked;
  slow.hold();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("ArrowDown", { delay: 20 });
  }
  await until("the one question", () => slow.record().asked > before);
  slow.release();
  await until("the mark at the end", async () => /server\.close_ticket/.test((await window.marked(1)) ?? ""));
  const { asked, most } = slow.record();
  assert.equal(most, 1);
  // The one that was waited for, the newest place, and what the extension was told of behind that.
  assert.ok(asked - before <= 10, `${asked - before} questions for 40 places`);
});

step("the preview lives on when the server has died", async ({ window, page, slow }) => {
  await window.find("fn listen");
  execFileSync("pkill", ["-KILL", "-f", `^[^ ]*node .*slow_server.mjs .* ${dirname(slow.program)}/`]);
  await page.keyboard.type("_typed");
  await until("the typed name on the other side", async () => (await window.lines(1)).some((line) => line.includes("listen_typed")));
  await until("what was typed", async () => (await window.lines(0)).some((line) => line.includes("fn listen_typed()")));
});
