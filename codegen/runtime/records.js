/**
 * Builtin functions over records beyond reading their keys (collections.js): paths, choices of
 * fields, freezing. Only own keys count; a record is never changed. A Map serves as a record.
 */
import { entries } from "./collections.js";

export const freeze = (record) => Object.freeze(record);

export function hasKey(record, key) {
  if (record == null) return false;
  return record instanceof Map ? record.has(key) : Object.hasOwn(Object(record), key);
}

const child = (value, key) => (value instanceof Map ? value.get(key) : value[key]);

/**
 * @param {any} record
 * @param {string | (string | number)[]} path keys with dots between them, or a list of keys
 * @param {any} [fallback] where a part is missing or nil
 */
export function get(record, path, fallback = null) {
  let value = record;
  for (const key of Array.isArray(path) ? path : String(path).split(".")) {
    if (!hasKey(value, key)) return fallback;
    value = child(value, key);
  }
  return value ?? fallback;
}

/** @param {Iterable<[any, any]>} pairs */
export const fromEntries = (pairs) => Object.fromEntries(pairs);

/** @param {Iterable<string>} keys those that the record lacks are left out */
export function pick(record, keys) {
  return Object.fromEntries([...keys].filter((key) => hasKey(record, key)).map((key) => [key, child(record, key)]));
}

export function omit(record, keys) {
  const unwanted = new Set([...keys].map(String));
  return Object.fromEntries(entries(record).filter(([key]) => !unwanted.has(String(key))));
}

/** @param {(value: any, key: string) => any} f */
export function mapValues(record, f) {
  return Object.fromEntries(entries(record).map(([key, value]) => [key, f(value, key)]));
}

export { fromEntries as from_entries, hasKey as has_key, mapValues as map_values };
