// A server that starts, and one that has nothing to do.
import { spawn } from "node:child_process";
import { memory } from "./clock.mjs";
import { attempt, inFolder, pause } from "./scene.mjs";

const startRow = { name: "start", what: "process start to the reply to `initialize`", targets: [["median", 5]] };
const idleRow = { name: "memory-idle", what: "memory when idle", unit: "MB", targets: [["median", 6]] };
const floorRow = { name: "start-floor", what: "the same machine starting `true`, until it has ended", targets: [], ours: true };

/** Milliseconds that a program takes which does nothing. */
function startNothing() {
  const start = performance.now();
  return new Promise((resolve) => spawn("/bin/true", { stdio: ["pipe", "pipe", "pipe"] }).on("exit", () => resolve(performance.now() - start)));
}

async function startOnce(contender, folder, rows) {
  const server = contender.serve(folder);
  try {
    const time = await server.initialize();
    if (rows.includes(startRow)) contender.result(startRow).wall.push(time);
    if (rows.includes(idleRow) && contender.result(idleRow).wall.length < 3) {
      server.notify("initialized", {});
      await pause(1500);
      contender.result(idleRow).wall.push(memory(server.pid).resident);
    }
  } finally {
    await server.stop();
  }
}

export const startScene = {
  name: "start",
  rows: [startRow, floorRow, idleRow],
  run: (contenders, rows, { quick }) =>
    inFolder(async (folder) => {
      for (let run = 0; run < (quick ? 8 : 40); run++) {
        if (rows.includes(floorRow)) contenders[0].result(floorRow).wall.push(await startNothing());
        for (const contender of contenders) {
          await attempt(contender.result(startRow), () => startOnce(contender, folder, rows));
        }
      }
    }),
};
