import { concurrent, spawn } from "./runtime/concurrency.js";
import { sleep, Err, Ok, assert_eq } from "./runtime/core.js";

async function later(ms, value) {
  await sleep(ms);
  return value;
}

function fails() {
  return Err("no").unwrap();
}

// Each task gives a Result; one without a name is waited for as well.
async function all_of() {
  const [a, , b] = await concurrent([
    () => later(2, "a"),
    () => later(1, "nobody asks"),
    () => fails(),
  ]);
  return [a, b.isErr()];
}

assert_eq(await all_of(), [Ok("a"), true]);

const [winner] = await concurrent(
  [
    () => later(50, "slow"),
    async () => {
      await sleep(1);
      return "fast";
    },
  ],
  { first: true },
);

assert_eq(winner, Ok("fast"));

let done = null;

const [result, late] = await concurrent([() => later(1, "in time"), () => later(500, "late")], {
  timeout: 20,
});
done = result;

assert_eq([done, late.isErr()], [Ok("in time"), true]);

const [kept, broken, cancelled] = await concurrent(
  [
    () => later(1, "kept"),
    async () => {
      await sleep(10);
      return fails();
    },
    () => later(200, "cancelled"),
  ],
  { cancelOnError: true },
);

assert_eq([kept, broken.isErr(), cancelled.isErr()], [Ok("kept"), true, true]);

// Tasks of a loop are tasks of the block.
let sum_so_far = 0;

function add(i) {
  sum_so_far += i;
}

const tasks = [];
for (let i = 1; i < 4; i++) {
  tasks.push(spawn(() => add(i)));
}
const [last] = await concurrent([() => later(1, "last"), ...tasks]);

assert_eq([sum_so_far, last], [6, Ok("last")]);

// Elsewhere it is a task that has begun.
const task = spawn(() => later(1, 2));
assert_eq(await task, Ok(2));
