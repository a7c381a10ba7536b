// A workspace of 1,000 files of 200 lines: until a symbol of a file that nobody has opened is found, and what the commands
// take for it.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tova } from "../../harness/program.mjs";
import { generate } from "../generate.mjs";
import { memory } from "./clock.mjs";
import { attempt, inFolder, pause } from "./scene.mjs";
import { NoAnswer } from "./server.mjs";

const FILES = 1000;
const SYMBOL = "step987_0";
const PATIENCE = 20_000;

const symbolRow = { name: "index", what: "1,000 files of 200 lines: `initialized` to a symbol of an unopened file", targets: [["median", 500]] };
const memoryRow = { name: "memory-index", what: "memory with 1,000 files indexed, none open", unit: "MB", targets: [] };
const coldRow = { name: "build-cold", what: "`tova build` of 1,000 files, cold", targets: [["median", 500]], ours: true };
// A disk is told beside it, with what it takes at that moment to make as many files of the same bytes: a file system that has
// just deleted thousands of files, as tests do, makes new ones slowly.
const diskRow = { name: "build-disk", what: "`tova build` of 1,000 files, cold, on this machine's disk", targets: [], ours: true };
const floorRow = { name: "build-floor", what: "the disk's floor: `cp -r` of what that wrote", targets: [], ours: true };
const sameRow = { name: "build-unchanged", what: "`tova build` of 1,000 files, nothing changed", targets: [["median", 30]], ours: true };
const checkRow = { name: "check", what: "`tova check` of 1,000 files", targets: [["median", 450]], ours: true };

// ---- the server

/** Asks until it is there; @returns {Promise<number>} when it was */
async function untilFound(server) {
  for (const start = performance.now(); performance.now() - start < PATIENCE; await pause(2)) {
    const { result, at } = await server.request("workspace/symbol", { query: SYMBOL });
    if (result?.some(({ name, location }) => name === SYMBOL && location.uri.endsWith("/module987.tova"))) return at;
  }
  throw new NoAnswer("the symbol was never found");
}

async function index(contender, folder, rows) {
  const server = contender.serve(folder);
  try {
    await server.initialize();
    const start = performance.now();
    server.notify("initialized", {});
    if (rows.includes(symbolRow)) {
      await attempt(contender.result(symbolRow), async () => {
        contender.result(symbolRow).wall.push((await untilFound(server)) - start);
      });
    }
    if (rows.includes(memoryRow)) {
      await pause(3000);
      contender.result(memoryRow).wall.push(memory(server.pid).resident);
    }
  } finally {
    await server.stop();
  }
}

// ---- the commands

/** Milliseconds that a command takes: of the clock, and of all processors. */
function command(folder, words) {
  const start = performance.now();
  const { status, stderr } = spawnSync("bash", ["-c", 'TIMEFORMAT="%3U %3S"; time "$@"', "bash", ...words], {
    cwd: folder, encoding: "utf8",
  });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(`${words.join(" ")} failed: ${stderr}`);
  const [user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall, processor: (user + system) * 1000 };
}

function measureCommand(contender, row, folder, words) {
  const { wall, processor } = command(folder, words);
  contender.result(row).wall.push(wall);
  contender.result(row).processor.push(processor);
}

/** Old enough for their times to be trusted. */
function makeOld(folder) {
  const before = new Date(Date.now() - 60_000);
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith(".tova")) utimesSync(join(folder, name), before, before);
  }
}

/** A build that finds no output. What was there is moved and not removed, for the sake of the disk. */
function buildCold(contender, row, folder, aside, run) {
  if (existsSync(join(folder, ".tova-out"))) renameSync(join(folder, ".tova-out"), join(aside, String(run)));
  measureCommand(contender, row, folder, [tova, "build", "--quiet"]);
}

async function measureCommands(contender, rows, folder, runs) {
  await inFolder(async (aside) => {
    for (let run = 0; run < runs; run++) {
      if (rows.includes(coldRow)) buildCold(contender, coldRow, folder, aside, run);
      if (rows.includes(sameRow)) {
        if (run === 0) execFileSync(tova, ["build", "--quiet"], { cwd: folder });
        measureCommand(contender, sameRow, folder, [tova, "build", "--quiet"]);
      }
      if (rows.includes(checkRow)) measureCommand(contender, checkRow, folder, [tova, "check"]);
    }
  });
}

async function measureDisk(contender, rows, runs) {
  await inFolder(async (parent) => {
    const folder = join(parent, "files");
    generate(folder, FILES);
    makeOld(folder);
    for (let run = 0; run < runs; run++) {
      buildCold(contender, diskRow, folder, parent, run);
      if (rows.includes(floorRow)) measureCommand(contender, floorRow, folder, ["cp", "-r", ".tova-out", join(parent, `copy${run}`)]);
    }
  }, tmpdir());
}

export const filesScene = {
  name: "files",
  rows: [symbolRow, memoryRow, coldRow, sameRow, checkRow, diskRow, floorRow],
  run: (contenders, rows, { quick }) =>
    inFolder(async (folder) => {
      const runs = quick ? 2 : 7;
      generate(folder, FILES);
      makeOld(folder);
      if (rows.includes(symbolRow) || rows.includes(memoryRow)) {
        for (let run = 0; run < runs; run++) {
          for (const contender of contenders) {
            await index(contender, folder, rows);
          }
        }
      }
      await measureCommands(contenders[0], rows, folder, runs);
      if (rows.includes(diskRow) || rows.includes(floorRow)) await measureDisk(contenders[0], rows, runs);
    }),
};
