/**
 * What every compiled Tova program may import: Ok, Err, Some, None and the builtin functions.
 * It is the one place that emitted code names; the functions themselves live in the files below by
 * idea. It holds no state, touches neither the document nor the network, and runs wherever
 * JavaScript does. Names of two words exist in both spellings.
 */
export { Err, None, Ok, Some } from "./result.js";
export {
  all, any, avg, chunk, count, drop, each, enumerate, filter, find, find_index, first, flat,
  flat_map, group_by, index_of, last, map, max, min, partition, range, rangeInclusive, reduce,
  reversed, sorted, sum, take, unique, zip,
  find_index as findIndex, flat_map as flatMap, group_by as groupBy, index_of as indexOf,
} from "./lists.js";
export {
  allAsync, anyAsync, countAsync, eachAsync, filterAsync, findAsync, findIndexAsync, flatMapAsync,
  groupByAsync, mapAsync, partitionAsync, reduceAsync,
} from "./lists_async.js";
export { contains, entries, includes, keys, len, merge, values } from "./collections.js";
export {
  capitalize, chars, ends_with, join, lines, lower, pad_end, pad_start, repeat, replace, split,
  starts_with, trim, trim_end, trim_start, upper,
  ends_with as endsWith, pad_end as padEnd, pad_start as padStart, starts_with as startsWith,
  trim_end as trimEnd, trim_start as trimStart,
} from "./texts.js";
export {
  abs, ceil, clamp, floor, pow, random, random_int, round, sign, sqrt, to_float, to_int, trunc,
  random_int as randomInt, to_float as toFloat, to_int as toInt,
} from "./numbers.js";
export { print } from "./print.js";
export {
  assert, assert_eq, assert_ne, clone, equals, is_nil, now, parse_json, sleep, to_json,
  to_string, type_of,
  assert_eq as assertEq, assert_ne as assertNe, is_nil as isNil, parse_json as parseJson,
  to_json as toJson, to_string as toString, type_of as typeOf,
} from "./values.js";
