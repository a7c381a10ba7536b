/**
 * Methods that Tova gives to texts, lists and numbers, and JavaScript does not: `name.upper()`. Emitted
 * code asks here where it cannot know what the receiver is. No prototype is changed.
 */

/**
 * @param {any} receiver
 * @param {string} name
 * @param {(...values: any[]) => any} builtin takes the receiver first
 * @returns {(...values: any[]) => any} the receiver's own method where it has one
 */
export function method(receiver, name, builtin) {
  const own = receiver?.[name];
  return typeof own === "function" ? own.bind(receiver) : (...values) => builtin(receiver, ...values);
}
