// Generated programs: what the compiler finds no error in becomes JavaScript that parses. The same programs in every run,
// as many as ten seconds have room for; by_hand.mjs goes on for longer.
import assert from "node:assert/strict";
import { test } from "../harness/test.mjs";
import { judge } from "./judge.mjs";

test("programs without errors become modules of JavaScript", async () => {
  const { faultless, modules, faults } = await judge({ seconds: 10, seed: 1 });
  assert.deepEqual(faults.map(({ program, name, message }) => `${name}: ${message}\n${program}`), []);
  assert.ok(faultless >= 30, `${faultless} of them had no error`);
  assert.ok(modules >= faultless);
}, { timeout: 300_000 });
