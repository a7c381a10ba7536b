/**
 * Caches: maps that forget. LRUCache by size, cache.ttl by age. They live in this process only.
 */
import { callable } from "./callable.js";

class LRUCacheValue {
  #limit;
  #entries = new Map();
  #hits = 0;
  #misses = 0;

  /** @param {number} limit the most entries that it holds */
  constructor(limit = 100) {
    if (!(limit >= 1)) throw new RangeError("LRUCache needs room for at least 1 entry");
    this.#limit = limit;
  }

  /** nil where there is none. */
  get(key) {
    if (!this.#entries.has(key)) {
      this.#misses++;
      return null;
    }
    this.#hits++;
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** @returns {LRUCacheValue} this one */
  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) this.#entries.delete(this.#entries.keys().next().value);
    return this;
  }

  has(key) {
    return this.#entries.has(key);
  }

  delete(key) {
    return this.#entries.delete(key);
  }

  clear() {
    this.#entries.clear();
  }

  /** From the one used longest ago. */
  keys() {
    return [...this.#entries.keys()];
  }

  size() {
    return this.#entries.size;
  }

  stats() {
    return { hits: this.#hits, misses: this.#misses, size: this.#entries.size };
  }
}

Object.defineProperty(LRUCacheValue, "name", { value: "LRUCache" });

export const LRUCache = callable(LRUCacheValue);

/** @param {number} ms how long an entry is remembered */
function ttl(ms) {
  const entries = new Map();
  const fresh = (key) => {
    const entry = entries.get(key);
    if (entry !== undefined && entry.until > Date.now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const self = {
    get: (key) => fresh(key)?.value ?? null,
    set: (key, value) => {
      entries.set(key, { value, until: Date.now() + ms });
      return self;
    },
    has: (key) => fresh(key) !== undefined,
    delete: (key) => entries.delete(key),
    clear: () => entries.clear(),
    keys: () => [...entries.keys()].filter((key) => fresh(key) !== undefined),
    size: () => self.keys().length,
  };
  return Object.freeze(self);
}

export const cache = Object.freeze({ lru: (limit) => new LRUCacheValue(limit), ttl });
