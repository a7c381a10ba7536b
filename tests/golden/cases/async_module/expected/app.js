import { sleep, mapAsync, filter, assert_eq } from "./runtime/core.js";

async function later(x) {
  await sleep(1);
  return x;
}

async function both() {
  return [await later(1), await later(2)];
}

async function all_of(xs) {
  return filter(await mapAsync(xs, async (x) => await later(x * 2)), (x) => x > 2);
}

async function methods(xs) {
  return (await mapAsync(xs, async (x) => await later(x))).length;
}

async function comprehended(xs) {
  const items = [];
  for (const x of xs) {
    if (await later(x) > 1) {
      items.push(await later(x));
    }
  }
  return items;
}

async function chosen(flag) {
  if (flag) {
    return await later("yes");
  } else {
    return await later("no");
  }
}

async function matched(x) {
  const subject = await later(x);
  if (subject === 1) {
    return "one";
  } else {
    const n = subject;
    return `got ${n}`;
  }
}

async function looped() {
  let sum_so_far = 0;
  for (const x of [1, 2, 3]) {
    sum_so_far += await later(x);
  }
  while (await later(sum_so_far) < 10) {
    sum_so_far += 1;
  }
  return sum_so_far;
}

async function with_it(xs) {
  return await mapAsync(xs, async (it) => await later(it) + 1);
}

async function check() {
  assert_eq(await both(), [1, 2]);
  assert_eq(await all_of([1, 2]), [4]);
  assert_eq(await methods([1, 2, 3]), 3);
  assert_eq(await comprehended([1, 2, 3]), [2, 3]);
  assert_eq(await chosen(true), "yes");
  assert_eq(await matched(1), "one");
  assert_eq(await matched(4), "got 4");
  assert_eq(await looped(), 10);
  assert_eq(await with_it([1, 2]), [2, 3]);
}

// What is written as async gives a promise, and who calls it awaits it.
async function promised(x) {
  return await later(x);
}

function together() {
  return Promise.all([promised(1), promised(2)]);
}

assert_eq(await together(), [1, 2]);
assert_eq(promised(1) instanceof Promise, true);

await check();
