/**
 * Classes that may be called without `new`: Tova writes both `Table(rows)` and `Table.new(rows)`.
 */

/** @template {new (...values: any[]) => any} T @param {T} Type @returns {T & ((...values: any[]) => InstanceType<T>)} */
export const callable = (Type) => new Proxy(Type, { apply: (target, _, values) => new target(...values) });
