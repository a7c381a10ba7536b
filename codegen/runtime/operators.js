/**
 * What operators and statements of the language mean where JavaScript has no form of its own for
 * them. Emitted code names these functions; programs do not. Nothing here changes its arguments.
 */

/** The left side of `??`: a number that is none counts as nil. */
export function given(value) {
  return Number.isNaN(value) ? null : value;
}

/** `a * b`, where one side may be text: that is repeated. */
export function times(a, b) {
  if (typeof a === "string") return a.repeat(b);
  return typeof b === "string" ? b.repeat(a) : a * b;
}

/** What `for a, b in items` goes through: index and item of a list, key and value of a record or Map. */
export function pairs(items) {
  if (items instanceof Map) return [...items.entries()];
  if (typeof items?.[Symbol.iterator] === "function") return Array.from(items, (item, index) => [index, item]);
  return Object.entries(items ?? {});
}

/** What `{k: v for k, v in items}` goes through: the pairs of a list or Map, key and value of a record. */
export function pairsOf(items) {
  return typeof items?.[Symbol.iterator] === "function" ? items : Object.entries(items ?? {});
}

/**
 * `items[start:end:step]` of a list or text; places below zero count from the end.
 * @template {string | any[]} T @param {T} items @param {number} [start] @param {number} [end]
 * @param {number} step @returns {T}
 */
export function sliced(items, start, end, step) {
  if (step === 0) throw new RangeError("a slice needs a step other than 0");
  const length = items.length;
  const place = (index, otherwise) => {
    if (index === undefined || index === null) return otherwise;
    const at = index < 0 ? index + length : index;
    return step > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1);
  };
  const from = place(start, step > 0 ? 0 : length - 1);
  const to = place(end, step > 0 ? length : -1);
  const parts = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) parts.push(items[at]);
  return typeof items === "string" ? parts.join("") : parts;
}

/** A copy of a list, record, Map or object of a type with one part replaced: `state.name = value`. */
export function withPart(holder, key, value) {
  if (Array.isArray(holder)) {
    const list = [...holder];
    list[key] = value;
    return list;
  }
  if (holder instanceof Map) return new Map(holder).set(key, value);
  const copy = Object.create(Object.getPrototypeOf(holder ?? {}));
  for (const name of Object.keys(holder ?? {})) define(copy, name, holder[name]);
  define(copy, key, value);
  return copy;
}

function define(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Does `value?` return to the caller? */
export function failed(value) {
  return value?.__tag === "Err" || value?.__tag === "None";
}

/** What `value?` is where it does not: the inside of Ok and Some, and every other value itself. */
export function inner(value) {
  return value?.__tag === "Ok" || value?.__tag === "Some" ? value.value : value;
}

/** `value?` where there is no function to return from: what stops there is thrown as an error. */
export function innerOrThrow(value) {
  if (!failed(value)) return inner(value);
  throw value.failure(`"?" outside of a function met ${value.__tag === "Err" ? "an Err" : "None"}`);
}

/** What `defer` puts off at the top of a module: `using` runs it when the module has run, whatever happens in it. */
export function putOff(run) {
  return { [Symbol.dispose]: run };
}

/** The same for `await using`. */
export function putOffAsync(run) {
  return { [Symbol.asyncDispose]: run };
}

/** The end of `with value as name`. */
export function release(value) {
  const close = value?.close ?? value?.dispose ?? value?.[Symbol.dispose];
  return typeof close === "function" ? close.call(value) : undefined;
}

const comparableTypes = new WeakSet();
const comparableTags = new Set();

/** Types that `derive [Eq]`: classes of records, what variants inherit from, and names of variants. */
export function comparable(...types) {
  for (const type of types) {
    (typeof type === "string" ? comparableTags : comparableTypes).add(type);
    if (typeof type !== "string") Object.defineProperty(type, "__eq", { value: same });
  }
}

/** `==`: by identity, but by structure where the type of both sides asks for it. */
export function same(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const isComparable = Object.hasOwn(a, "__tag")
    ? a.__tag === b.__tag && comparableTags.has(a.__tag)
    : a.constructor === b.constructor && typeof a.constructor === "function" && comparableTypes.has(a.constructor);
  if (!isComparable) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]));
}

/** Parts of comparable values compare by structure, lists of them too. */
function equal(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  return same(a, b);
}
