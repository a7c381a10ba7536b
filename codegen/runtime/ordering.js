/**
 * Ordering: what comparing two values answers, and sorting by functions that answer so. The natural
 * order itself is compare() of lists.js.
 */
import { compare as order, toArray } from "./lists.js";

export const Less = Object.freeze({ __tag: "Less", value: -1 });
export const Equal = Object.freeze({ __tag: "Equal", value: 0 });
export const Greater = Object.freeze({ __tag: "Greater", value: 1 });

/** @returns {typeof Less | typeof Equal | typeof Greater} */
export function compare(a, b) {
  const sign = order(a, b);
  if (sign < 0) return Less;
  return sign > 0 ? Greater : Equal;
}

/** @param {(a: any, b: any) => { value: number } | number} f answers an Ordering; a number is understood too */
export function compareBy(items, f) {
  const sign = (answer) => (typeof answer === "number" ? answer : answer.value);
  return [...toArray(items, "compareBy")].sort((a, b) => sign(f(a, b)));
}

export { compareBy as compare_by };
