/**
 * Result and Option. Each value carries its tag as an own property, so that it crosses JSON as
 * plain data and still matches on the other side; revive() gives such data its methods back.
 * Nothing here knows how the data travelled.
 */

/** The methods of Ok, Err, Some and None; a subclass says only which side it is. */
class Outcome {
  /** @returns {boolean} whether there is a value: Ok or Some */
  get holds() {
    return this.__tag === "Ok" || this.__tag === "Some";
  }

  isOk() {
    return this.__tag === "Ok";
  }

  isErr() {
    return this.__tag === "Err";
  }

  isSome() {
    return this.__tag === "Some";
  }

  isNone() {
    return this.__tag === "None";
  }

  /** @param {(value: any) => any} f */
  map(f) {
    return this.holds ? wrap(this.__tag, f(this.value)) : this;
  }

  /** @param {(error: any) => any} f */
  mapErr(f) {
    return this.isErr() ? Err(f(this.error)) : this;
  }

  /** Says of an error where it happened. @param {string} message comes before the reason */
  context(message) {
    return this.mapErr((error) => `${message}: ${error instanceof Error ? error.message : error}`);
  }

  /** @param {(value: any) => any} f answers a Result or an Option itself */
  flatMap(f) {
    return this.holds ? f(this.value) : this;
  }

  /** @param {(value: any) => any} f */
  andThen(f) {
    return this.flatMap(f);
  }

  /** @param {(value: any) => boolean} f */
  filter(f) {
    if (!this.holds || f(this.value)) return this;
    return this.isSome() ? None : Err(this.value);
  }

  and(other) {
    return this.holds ? other : this;
  }

  or(other) {
    return this.holds ? this : other;
  }

  unwrap() {
    if (this.holds) return this.value;
    throw this.failure(this.isErr() ? "unwrap of an Err" : "unwrap of None");
  }

  /** The reason of an Err; anything else has none. */
  unwrapErr() {
    if (this.isErr()) return this.error;
    throw new Error(`unwrapErr of ${this.isNone() ? "None" : `a value: ${String(this.value)}`}`);
  }

  unwrapOr(fallback) {
    return this.holds ? this.value : fallback;
  }

  /** @param {string} message of the error that is thrown where there is no value */
  expect(message) {
    if (this.holds) return this.value;
    throw this.failure(message);
  }

  /** @param {string} message */
  failure(message) {
    if (!this.isErr()) return new Error(message);
    const reason = this.error instanceof Error ? this.error.message : String(this.error);
    return new Error(`${message}: ${reason}`, { cause: this.error });
  }
}

class OkValue extends Outcome {
  constructor(value) {
    super();
    this.__tag = "Ok";
    this.value = value;
  }
}

class ErrValue extends Outcome {
  constructor(error) {
    super();
    this.__tag = "Err";
    this.error = error;
  }
}

class SomeValue extends Outcome {
  constructor(value) {
    super();
    this.__tag = "Some";
    this.value = value;
  }
}

class NoneValue extends Outcome {
  constructor() {
    super();
    this.__tag = "None";
  }
}

/** @returns {OkValue} a success */
export const Ok = (value) => new OkValue(value);

/** @returns {ErrValue} a failure */
export const Err = (error) => new ErrValue(error);

/** @returns {SomeValue} a value that is there */
export const Some = (value) => new SomeValue(value);

/** The one value that is not there. */
export const None = Object.freeze(new NoneValue());

const wrap = (tag, value) => (tag === "Ok" ? Ok(value) : Some(value));

/** What a tagged record becomes; anything with further keys is somebody else's variant. */
const REVIVERS = {
  __proto__: null,
  Ok: (data, size) => (size === 2 && "value" in data ? Ok(data.value) : data),
  Err: (data, size) => (size === 2 && "error" in data ? Err(data.error) : data),
  Some: (data, size) => (size === 2 && "value" in data ? Some(data.value) : data),
  None: (data, size) => (size === 1 ? None : data),
};

/**
 * A reviver for JSON.parse: tagged records of the four kinds become values with methods, and a
 * key "__proto__" is dropped.
 * @param {string} key
 * @param {any} value
 */
export function reviveJSON(key, value) {
  if (key === "__proto__") return undefined;
  if (value === null || typeof value !== "object") return value;
  const revive = typeof value.__tag === "string" ? REVIVERS[value.__tag] : undefined;
  return revive === undefined ? value : revive(value, Object.keys(value).length);
}

/** Deeper than this a value may hold itself. */
const MAX_LOOK = 64;

/** Is there a Map or a Set in it, or no end in sight? Most answers hold none, and this costs less than the walk that keeps track. */
function mayHoldCollections(value, depth) {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Map || value instanceof Set || depth > MAX_LOOK) return true;
  if (Array.isArray(value)) return value.some((part) => mayHoldCollections(part, depth + 1));
  for (const key in value) {
    if (mayHoldCollections(value[key], depth + 1)) return true;
  }
  return false;
}

/**
 * A Map, wherever it is in a value, as the object that JSON has for it. What holds none is itself, and so is what says how it
 * becomes JSON.
 * @param {any} value
 * @returns {any}
 * @throws {TypeError} where something holds itself, which JSON cannot say
 */
export function plain(value) {
  return mayHoldCollections(value, 0) ? plainInside(value) : value;
}

/** @param {any} value @param {Set<object>} [around] what holds it */
function plainInside(value, around) {
  if (value === null || typeof value !== "object" || typeof value.toJSON === "function") return value;
  if (around?.has(value)) throw new TypeError("A value that holds itself cannot become JSON");
  around = (around ?? new Set()).add(value);
  const found = value instanceof Map ? Object.fromEntries(Array.from(value, ([key, inner]) => [key, plainInside(inner, around)]))
    : value instanceof Set ? Array.from(value, (inner) => plainInside(inner, around))
    : plainParts(value, around);
  around.delete(value);
  return found;
}

/** A copy is made when the first part is another one. */
function plainParts(whole, around) {
  let copy;
  for (const key of Object.keys(whole)) {
    const part = plainInside(whole[key], around);
    if (part === whole[key]) continue;
    copy ??= Array.isArray(whole) ? whole.slice() : { ...whole };
    copy[key] = part;
  }
  return copy ?? whole;
}

/** What a text without anything to revive does not contain; an escape could spell any of it. */
const MARKS = ['"__tag"', '"__proto__"', "\\u"];

/**
 * Parses JSON text with reviveJSON, and without its cost where the text holds nothing to revive.
 * @param {string} text
 * @returns {any}
 * @throws {SyntaxError} where the text is not JSON
 */
export function parseTagged(text) {
  return MARKS.some((mark) => text.includes(mark)) ? JSON.parse(text, reviveJSON) : JSON.parse(text);
}

/**
 * Does to parsed JSON, in place, what reviveJSON does while it is parsed.
 * @param {any} value
 * @throws {RangeError} where it is nested too deeply
 */
export function revive(value) {
  if (value === null || typeof value !== "object") return value;
  return Array.isArray(value) ? revivedList(value) : revivedRecord(value);
}

function revivedList(list) {
  for (let index = 0; index < list.length; index++) {
    const inner = list[index];
    if (inner !== null && typeof inner === "object") list[index] = revive(inner);
  }
  return list;
}

function revivedRecord(record) {
  for (const key of Object.keys(record)) {
    const inner = record[key];
    if (key === "__proto__") delete record[key];
    else if (inner !== null && typeof inner === "object") record[key] = revive(inner);
  }
  return reviveJSON("", record);
}
