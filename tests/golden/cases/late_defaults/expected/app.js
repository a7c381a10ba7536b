import { sleep, assert_eq, range, mapAsync } from "./runtime/core.js";

async function later(x) {
  await sleep(1);
  return x;
}

// The head of a function has no room for waiting and for statements: they come first in its body.
async function load(id, name) {
  if (name === undefined) {
    name = await later("Ann");
  }
  return `${id} ${name}`;
}

assert_eq(await load(1), "1 Ann");
assert_eq(await load(1, "Bo"), "1 Bo");

async function area(given = { width: 2 }) {
  const { width, height = await later(3) } = given;
  return width * height;
}

assert_eq(await area(), 6);
assert_eq(await area({ width: 2, height: 5 }), 10);

function table(n, cells) {
  if (cells === undefined) {
    const items = [];
    for (const x of range(0, n)) {
      for (const y of range(0, n)) {
        items.push(x * y);
      }
    }
    cells = items;
  }
  return cells.length;
}

assert_eq(table(2), 4);
assert_eq(
  await mapAsync([2], async (n, _, all) => {
    if (all === undefined) {
      all = await later([9]);
    }
    return n + all[0];
  }),
  [11],
);
