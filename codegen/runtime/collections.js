/**
 * Builtin functions that read what a value holds, whatever kind of collection it is: list, text,
 * record, Map or Set. Only own keys of a record count; nothing here changes its argument.
 */

/** Items, UTF-16 units, or keys; 0 for nil. */
export function len(value) {
  if (value == null) return 0;
  if (typeof value === "string" || Array.isArray(value) || ArrayBuffer.isView(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  if (typeof value !== "object") return 0;
  return hasLength(value) ? value.length : Object.keys(value).length;
}

/** Does the value's type count its items? A record's own field `length` is a field. */
const hasLength = (value) => typeof value.length === "number" && !Object.hasOwn(value, "length");

export function includes(collection, value) {
  if (collection == null) return false;
  if (typeof collection === "string") return collection.includes(String(value));
  if (Array.isArray(collection) || ArrayBuffer.isView(collection)) return collection.includes(value);
  if (collection instanceof Map || collection instanceof Set) return collection.has(value);
  if (typeof collection[Symbol.iterator] === "function") return [...collection].includes(value);
  return typeof collection === "object" && Object.hasOwn(collection, value);
}

export { includes as contains };

export function keys(record) {
  return record instanceof Map ? [...record.keys()] : Object.keys(record ?? {});
}

export function values(record) {
  return record instanceof Map ? [...record.values()] : Object.values(record ?? {});
}

export function entries(record) {
  return record instanceof Map ? [...record.entries()] : Object.entries(record ?? {});
}

/** Later records win; nil counts as an empty one. */
export function merge(...records) {
  return Object.fromEntries(records.flatMap((record) => entries(record)));
}
