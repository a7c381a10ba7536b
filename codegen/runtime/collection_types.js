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

class DequeValue {
  #items;

  constructor(items = []) {
    this.#items = [...items];
  }

  pushBack(value) {
    return new DequeValue([...this.#items, value]);
  }

  pushFront(value) {
    return new DequeValue([value, ...this.#items]);
  }

  /** @returns {[any, DequeValue]} the value, nil where there is none, and what remains */
  popBack() {
    return [this.peekBack(), new DequeValue(this.#items.slice(0, -1))];
  }

  /** @returns {[any, DequeValue]} the value, nil where there is none, and what remains */
  popFront() {
    return [this.peekFront(), new DequeValue(this.#items.slice(1))];
  }

  peekBack() {
    return this.#items.at(-1) ?? null;
  }

  peekFront() {
    return this.#items[0] ?? null;
  }

  get length() {
    return this.#items.length;
  }

  toArray() {
    return [...this.#items];
  }

  toJSON() {
    return this.toArray();
  }

  toString() {
    return `Deque(${this.#items.join(", ")})`;
  }

  [Symbol.iterator]() {
    return this.#items[Symbol.iterator]();
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
