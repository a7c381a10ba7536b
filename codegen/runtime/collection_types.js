/**
 * Special collections: OrderedDict, DefaultDict, Counter, Deque. Where a method is said to give a new
 * collection, the old one stays as it was; DefaultDict is the one that remembers in place.
 */
import { callable } from "./callable.js";

/** What the dictionaries share: a Map, read but not written. */
class Dictionary {
  /** @protected @type {Map<any, any>} */
  map;

  constructor(pairs = []) {
    this.map = new Map(typeof pairs[Symbol.iterator] === "function" ? pairs : Object.entries(pairs));
    Object.defineProperty(this, "map", { enumerable: false });
  }

  has(key) {
    return this.map.has(key);
  }

  keys() {
    return [...this.map.keys()];
  }

  values() {
    return [...this.map.values()];
  }

  entries() {
    return [...this.map.entries()];
  }

  get length() {
    return this.map.size;
  }

  [Symbol.iterator]() {
    return this.map[Symbol.iterator]();
  }

  toJSON() {
    return Object.fromEntries(this.map);
  }

  toString() {
    return `${this.constructor.name}(${this.entries().map(([key, value]) => `${key}: ${value}`).join(", ")})`;
  }
}

/** A key that is set again keeps its place. */
class OrderedDictValue extends Dictionary {
  get(key) {
    return this.map.get(key) ?? null;
  }

  /** @returns {OrderedDictValue} a new one */
  set(key, value) {
    return new OrderedDictValue(new Map(this.map).set(key, value));
  }

  /** @returns {OrderedDictValue} a new one */
  delete(key) {
    return new OrderedDictValue(this.entries().filter(([name]) => name !== key));
  }
}

class DefaultDictValue extends Dictionary {
  #make;

  /** @param {() => any} make the value of a missing key */
  constructor(make) {
    super();
    this.#make = make;
  }

  /** A missing key gets its value now, and keeps it. */
  get(key) {
    if (!this.map.has(key)) this.map.set(key, this.#make());
    return this.map.get(key);
  }

  /** @returns {DefaultDictValue} this one */
  set(key, value) {
    this.map.set(key, value);
    return this;
  }

  /** @returns {DefaultDictValue} this one */
  delete(key) {
    this.map.delete(key);
    return this;
  }
}

class CounterValue extends Dictionary {
  /** @param {Iterable<any>} [items] */
  constructor(items = []) {
    super();
    for (const item of items) this.map.set(item, this.count(item) + 1);
  }

  count(item) {
    return this.map.get(item) ?? 0;
  }

  total() {
    return this.values().reduce((sum, count) => sum + count, 0);
  }

  /** @param {number} [n] all unless given; equal counts in the order of first occurrence */
  mostCommon(n) {
    return this.entries().sort(([, a], [, b]) => b - a).slice(0, n ?? undefined);
  }
}

/** @typedef {{ value: any, rest: Chain, size: number } | null} Chain items from one end on, shared between deques */

/** @param {any} value @param {Chain} rest @returns {Chain} */
const chained = (value, rest) => ({ value, rest, size: (rest?.size ?? 0) + 1 });

/** @param {any[]} items @returns {Chain} the first item in front */
const chainOf = (items) => items.reduceRight((rest, value) => chained(value, rest), null);

/** @param {Chain} chain @returns {any[]} */
function itemsOf(chain) {
  const items = [];
  for (let link = chain; link !== null; link = link.rest) items.push(link.value);
  return items;
}

/**
 * Two chains, each from its own end. Where one is empty, it gets half of the other, so that pushing and popping take the
 * same time however many items there are; which chain an item stands in does not show.
 */
class DequeValue {
  /** @type {Chain} */
  #front = null;
  /** @type {Chain} */
  #back = null;

  constructor(items = []) {
    for (const item of items) this.#back = chained(item, this.#back);
  }

  static #of(front, back) {
    const deque = new DequeValue();
    deque.#front = front;
    deque.#back = back;
    return deque;
  }

  #share() {
    if (this.length < 2 && this.#front === null) [this.#front, this.#back] = [this.#back, null];
    else if (this.#front === null || this.#back === null) {
      const items = this.toArray();
      const half = Math.ceil(items.length / 2);
      this.#front = chainOf(items.slice(0, half));
      this.#back = chainOf(items.slice(half).reverse());
    }
  }

  pushBack(value) {
    return DequeValue.#of(this.#front, chained(value, this.#back));
  }

  pushFront(value) {
    return DequeValue.#of(chained(value, this.#front), this.#back);
  }

  /** @returns {[any, DequeValue]} the value, nil where there is none, and what remains */
  popBack() {
    if (this.#back === null) this.#share();
    if (this.#back === null) return [this.peekFront(), new DequeValue()];
    return [this.#back.value, DequeValue.#of(this.#front, this.#back.rest)];
  }

  /** @returns {[any, DequeValue]} the value, nil where there is none, and what remains */
  popFront() {
    if (this.#front === null) this.#share();
    if (this.#front === null) return [null, this];
    return [this.#front.value, DequeValue.#of(this.#front.rest, this.#back)];
  }

  peekBack() {
    if (this.#back === null) this.#share();
    return (this.#back ?? this.#front)?.value ?? null;
  }

  peekFront() {
    if (this.#front === null) this.#share();
    return this.#front?.value ?? null;
  }

  get length() {
    return (this.#front?.size ?? 0) + (this.#back?.size ?? 0);
  }

  toArray() {
    return [...itemsOf(this.#front), ...itemsOf(this.#back).reverse()];
  }

  toJSON() {
    return this.toArray();
  }

  toString() {
    return `Deque(${this.toArray().join(", ")})`;
  }

  [Symbol.iterator]() {
    return this.toArray()[Symbol.iterator]();
  }
}

/** The older spellings of methods, and the name that programs know. */
function finish(Type, name) {
  Object.defineProperty(Type, "name", { value: name });
  for (const method of Object.getOwnPropertyNames(Type.prototype)) {
    const older = method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (older === method || older === "to_j_s_o_n") continue;
    Object.defineProperty(Type.prototype, older, { value: Type.prototype[method], configurable: true, writable: true });
  }
  return callable(Type);
}

export const OrderedDict = finish(OrderedDictValue, "OrderedDict");
export const DefaultDict = finish(DefaultDictValue, "DefaultDict");
export const Counter = finish(CounterValue, "Counter");
export const Deque = finish(DequeValue, "Deque");

export const collections = Object.freeze({ OrderedDict, DefaultDict, Counter, Deque });
