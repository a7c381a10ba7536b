/**
 * The builtin list functions whose callback is async: the compiler emits them, awaited, where a
 * callback reaches a remote call. Calls follow one another in the order of the items, as they
 * would without the waiting; nothing runs at the same time.
 */
import { grouped, toArray } from "./lists.js";

const itself = (item) => item;

/** @template T, U @param {Iterable<T>} items @param {(item: T, index: number) => Promise<U>} f */
export async function mapAsync(items, f) {
  const result = [];
  for (const item of toArray(items, "map")) result.push(await f(item, result.length));
  return result;
}

/** Pairs of an item and what f answered for it. */
async function answered(items, f, caller) {
  const list = toArray(items, caller);
  const answers = await mapAsync(list, f);
  return list.map((item, index) => [answers[index], item]);
}

export async function filterAsync(items, f) {
  return (await answered(items, f, "filter")).filter(([yes]) => yes).map(([, item]) => item);
}

export async function reduceAsync(items, f, ...initial) {
  const list = toArray(items, "reduce");
  if (initial.length === 0 && list.length === 0) {
    throw new TypeError("reduce of an empty list needs an initial value");
  }
  let result = initial.length > 0 ? initial[0] : list[0];
  for (let index = initial.length > 0 ? 0 : 1; index < list.length; index++) {
    result = await f(result, list[index], index);
  }
  return result;
}

export async function eachAsync(items, f) {
  let index = 0;
  for (const item of toArray(items, "each")) await f(item, index++);
}

export async function findIndexAsync(items, f) {
  let index = 0;
  for (const item of toArray(items, "find_index")) {
    if (await f(item, index)) return index;
    index++;
  }
  return null;
}

export async function findAsync(items, f) {
  const list = toArray(items, "find");
  const index = await findIndexAsync(list, f);
  return index === null ? null : list[index];
}

export async function anyAsync(items, f = itself) {
  return (await findIndexAsync(toArray(items, "any"), f)) !== null;
}

export async function allAsync(items, f = itself) {
  const fails = async (item, index) => !(await f(item, index));
  return (await findIndexAsync(toArray(items, "all"), fails)) === null;
}

export async function countAsync(items, f = () => true) {
  return (await filterAsync(items, f)).length;
}

export async function partitionAsync(items, f) {
  const pairs = await answered(items, f, "partition");
  const side = (wanted) => pairs.filter(([yes]) => Boolean(yes) === wanted).map(([, item]) => item);
  return [side(true), side(false)];
}

export async function flatMapAsync(items, f) {
  return (await mapAsync(items, f)).flat();
}

export async function groupByAsync(items, f) {
  return grouped(await answered(items, f, "group_by"));
}
