/**
 * Lazy sequences: each method gives another sequence, and nothing is computed until a value is asked
 * for. A sequence over a list can be read again; one over a generator only once.
 */
import { callable } from "./callable.js";
import { None, Some } from "./result.js";

class SeqValue {
  #source;

  /** @param {Iterable<any>} source */
  constructor(source) {
    this.#source = source;
  }

  [Symbol.iterator]() {
    return this.#source[Symbol.iterator]();
  }

  /** @param {(source: Iterable<any>) => Generator} step */
  #then(step) {
    return new SeqValue({ [Symbol.iterator]: () => step(this.#source) });
  }

  filter(f) {
    return this.#then(function* (items) {
      let index = 0;
      for (const item of items) if (f(item, index++)) yield item;
    });
  }

  map(f) {
    return this.#then(function* (items) {
      let index = 0;
      for (const item of items) yield f(item, index++);
    });
  }

  take(n) {
    return this.#then(function* (items) {
      let left = n;
      if (left <= 0) return;
      for (const item of items) {
        yield item;
        if (--left <= 0) return;
      }
    });
  }

  drop(n) {
    return this.filter((_, index) => index >= n);
  }

  zip(other) {
    return this.#then(function* (items) {
      const others = other[Symbol.iterator]();
      for (const item of items) {
        const { done, value } = others.next();
        if (done) return;
        yield [item, value];
      }
    });
  }

  flatMap(f) {
    return this.#then(function* (items) {
      for (const item of items) yield* f(item);
    });
  }

  enumerate() {
    return this.map((item, index) => [index, item]);
  }

  collect() {
    return [...this.#source];
  }

  toArray() {
    return this.collect();
  }

  reduce(f, ...initial) {
    return this.collect().reduce((result, item) => f(result, item), ...initial);
  }

  /** @returns Some of the first item, or None */
  first() {
    for (const item of this.#source) return Some(item);
    return None;
  }

  find(f) {
    return this.filter(f).first();
  }

  count() {
    let total = 0;
    for (const _ of this.#source) total++;
    return total;
  }

  forEach(f) {
    for (const item of this.#source) f(item);
  }

  any(f) {
    return this.find(f).isSome();
  }

  all(f) {
    return this.find((item) => !f(item)).isNone();
  }
}

Object.defineProperty(SeqValue, "name", { value: "Seq" });
Object.defineProperty(SeqValue.prototype, "flat_map", { value: SeqValue.prototype.flatMap });
Object.defineProperty(SeqValue.prototype, "to_array", { value: SeqValue.prototype.toArray });
Object.defineProperty(SeqValue.prototype, "for_each", { value: SeqValue.prototype.forEach });

export const Seq = callable(SeqValue);

/** @param {Iterable<any>} items */
export function iter(items) {
  if (typeof items?.[Symbol.iterator] !== "function") throw new TypeError("iter needs something to iterate");
  return new SeqValue(items);
}

/** Of a lazy sequence the list, of a lazy table the table, of anything else to iterate the list of its items. */
export const collect = (lazy) => (typeof lazy?.collect === "function" ? lazy.collect() : [...lazy]);
