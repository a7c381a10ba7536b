/**
 * LazyTable: a table and the operations that wait for it. They run when collect() is called, or when
 * the rows are asked for.
 */

export class LazyTableValue {
  #table;
  #steps;

  /** @param {any} table @param {((table: any) => any)[]} [steps] */
  constructor(table, steps = []) {
    this.#table = table;
    this.#steps = steps;
  }

  get isLazyTable() {
    return true;
  }

  #then(method, values) {
    return new LazyTableValue(this.#table, [...this.#steps, (table) => table[method](...values)]);
  }

  collect() {
    return this.#steps.reduce((table, step) => step(table), this.#table);
  }

  lazy() {
    return this;
  }

  toArray() {
    return this.collect().toArray();
  }

  toJSON() {
    return this.toArray();
  }

  toString() {
    return `LazyTable(${this.#steps.length} operations)`;
  }

  [Symbol.iterator]() {
    return this.collect()[Symbol.iterator]();
  }

  static {
    const waiting = ["where", "select", "derive", "sortBy", "limit", "rename", "dropDuplicates", "dropNil", "fillNil", "cast"];
    const ending = ["groupBy", "join", "union", "pivot", "unpivot", "explode", "sample", "peek", "describe", "schema", "at", "getColumn"];
    const add = (method, f) => {
      const older = method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      for (const name of new Set([method, older])) Object.defineProperty(this.prototype, name, { value: f });
    };
    for (const method of waiting) add(method, function (...values) { return this.#then(method, values); });
    for (const method of ending) add(method, function (...values) { return this.collect()[method](...values); });
    for (const property of ["rows", "columns", "shape", "length"]) {
      Object.defineProperty(this.prototype, property, { get() { return this.collect()[property]; } });
    }
    Object.defineProperty(this, "name", { value: "LazyTable" });
  }
}
