// The examples that are programs without a server, run as their READMEs say; and what holds for every example.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run, sqlite, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { copyExample } from "./start.mjs";

const names = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

for (const name of names) {
  test(`examples/${name}: check finds no mistake and warns of nothing, its README exists, and its own tests pass`, async (t) => {
    const cwd = copyExample(t, name);
    const { code, stdout, stderr } = await run(tova, ["check"], { cwd, env: { NO_COLOR: "1" } });
    assert.match(stdout, /^(No problems|\d+ notes?) in \d+ files?\.$/m, stdout + stderr);
    assert.equal(code, 0);
    assert.match(readFileSync(join(cwd, "README.md"), "utf8"), /^# .+\n/);
    const sources = readdirSync(cwd).filter((file) => file.endsWith(".tova"));
    if (sources.some((file) => /^ *test "/m.test(readFileSync(join(cwd, file), "utf8")))) {
      const tests = await run(tova, ["test"], { cwd, env: { NO_COLOR: "1" } });
      assert.equal(tests.code, 0, tests.stderr);
      assert.match(tests.stderr, /\n 0 fail\n/);
    }
  });

  test(`examples/${name}: is built for production`, async (t) => {
    const cwd = copyExample(t, name);
    const { code, stderr } = await run(tova, ["build", "--production", "--quiet"], { cwd });
    assert.equal(code, 0, stderr);
    assert.ok(readdirSync(join(cwd, "dist")).some((file) => /^[^.].*\.js$/.test(file)));
  });
}

// ---- examples/etl

test("examples/etl: three habits of writing become one table, and rejects come with file, line and reason", async (t) => {
  const cwd = copyExample(t, "etl");
  const { code, stdout, stderr } = await run(tova, ["run", "etl.tova", "--data", "data", "--out", "out"], { cwd, env: { NO_COLOR: "1" } });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /Germany \(51\.5 %\) +1536\.70 +█+/);
  assert.match(stdout, /orders-boston\.csv:5: "free" is no amount/);
  assert.match(stdout, /16 orders read, 10 kept, 6 rows rejected; results in out\./);
  assert.deepEqual(await sqlite(join(cwd, "out/orders.db"), "SELECT id, amount FROM orders WHERE id = 'V-2'"), [{ id: "V-2", amount: 37 }]);
  assert.equal(readFileSync(join(cwd, "out/months.csv"), "utf8").split("\n")[2], "2026-02,4,14,1488.7,1637.7");
  assert.equal(JSON.parse(readFileSync(join(cwd, "out/summary.json"))).revenue, 2983.2);
});

test("examples/etl: a folder that is not there is named, and nothing is written", async (t) => {
  const cwd = copyExample(t, "etl");
  const { code, stdout } = await run(tova, ["run", "etl.tova", "--data", "elsewhere"], { cwd, env: { NO_COLOR: "1" } });
  assert.equal(code, 2);
  assert.match(stdout, /There is no folder elsewhere/);
  assert.ok(!existsSync(join(cwd, "out")));
});

// ---- examples/track

/** Runs the tracker on a fixed Monday in UTC; its output and status. */
async function track(cwd, ...words) {
  const env = { NO_COLOR: "1", TZ: "UTC", TRACK_NOW: "2026-03-09T14:00" };
  const { code, stdout, stderr } = await run(tova, ["run", "track.tova", ...words], { cwd, env });
  assert.equal(stderr, "");
  return { code, lines: stdout.trimEnd().split("\n") };
}

test("examples/track: entries begin, end, are added up and written out", async (t) => {
  const cwd = copyExample(t, "track");
  assert.deepEqual((await track(cwd, "start", "Write", "the", "report", "--tag", "office", "--at", "9:05")).lines, ["Started Write the report at 09:05."]);
  await track(cwd, "start", "Call", "--tag", "calls,office", "--at=10:35");
  assert.deepEqual((await track(cwd, "list")).lines, [
    "2026-03-09", "09:05 - 10:35   1h 30m  Write the report #office", "10:35 -   now   3h 25m  Call #calls #office",
  ]);
  assert.deepEqual((await track(cwd, "stop", "--at", "11:00")).lines, ["Stopped Call after 25m."]);
  const report = (await track(cwd, "report")).lines;
  assert.equal(report[0], "2026-03-09 to 2026-03-15");
  assert.deepEqual(report.slice(-3), ["  #office      1h 55m", "  #calls          25m", "  in all       1h 55m"]);
  assert.equal((await track(cwd, "export")).lines[2], '"Call","calls office","2026-03-09T10:35:00.000Z","2026-03-09T11:00:00.000Z"');
});

test("examples/track: what cannot be done is said, changes nothing, and is the status", async (t) => {
  const cwd = copyExample(t, "track");
  await track(cwd, "start", "Work", "--at", "9:00");
  const before = readFileSync(join(cwd, "track.json"), "utf8");
  for (const [words, status, said] of [
    [["stop", "--at", "8:00"], 1, '"Work" was started later than that.'],
    [["start"], 1, 'What is being started? track start "Write the report"'],
    [["stop", "--at", "soon"], 1, '"soon" is no time: 14:05 or 2026-03-09T14:05.'],
    [["export", "--format", "xml"], 1, '"xml" is no format: csv or json.'],
    [["strat"], 2, 'There is no command "strat": start, stop, status, list, report, undo, export.'],
  ]) {
    assert.deepEqual(await track(cwd, ...words), { code: status, lines: [said] });
    assert.equal(readFileSync(join(cwd, "track.json"), "utf8"), before);
  }
});
