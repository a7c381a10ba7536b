/**
 * Builtin functions over typed arrays of numbers. A list of numbers is taken as Float64Array;
 * results are new typed arrays of the argument's own kind.
 */

const typed = (items) => (ArrayBuffer.isView(items) ? items : Float64Array.from(items));

/** With Kahan's compensation for what rounding loses. */
export function typedSum(items) {
  let [total, lost] = [0, 0];
  for (const item of items) {
    const corrected = item - lost;
    const next = total + corrected;
    lost = next - total - corrected;
    total = next;
  }
  return total;
}

/** @throws {RangeError} where the lengths differ */
function paired(a, b, caller) {
  if (a.length !== b.length) throw new RangeError(`${caller} needs two lists of the same length`);
  return [typed(a), typed(b)];
}

export function typedDot(a, b) {
  const [left, right] = paired(a, b, "typedDot");
  return left.reduce((total, item, index) => total + item * right[index], 0);
}

export const typedNorm = (items) => Math.hypot(...items);

export function typedAdd(a, b) {
  const [left, right] = paired(a, b, "typedAdd");
  return left.map((item, index) => item + right[index]);
}

export const typedScale = (items, by) => typed(items).map((item) => item * by);
export const typedMap = (items, f) => typed(items).map((item, index) => f(item, index));
export const typedReduce = (items, f, initial) => typed(items).reduce((result, item) => f(result, item), initial);
export const typedSort = (items) => typed(items).toSorted();
export const typedZeros = (n, Type = Float64Array) => new Type(n);
export const typedOnes = (n, Type = Float64Array) => new Type(n).fill(1);
export const typedFill = (items, value) => typed(items).map(() => value);

export function typedRange(start, end, step = 1) {
  if (step === 0) throw new RangeError("typedRange needs a step other than 0");
  const length = Math.max(0, Math.ceil((end - start) / step));
  return Float64Array.from({ length }, (_, index) => start + index * step);
}

export function typedLinspace(start, end, n) {
  return Float64Array.from({ length: n }, (_, i) => (n === 1 || i === 0 ? start : i === n - 1 ? end : start + ((end - start) * i) / (n - 1)));
}

export {
  typedAdd as typed_add, typedDot as typed_dot, typedFill as typed_fill, typedLinspace as typed_linspace,
  typedMap as typed_map, typedNorm as typed_norm, typedOnes as typed_ones, typedRange as typed_range,
  typedReduce as typed_reduce, typedScale as typed_scale, typedSort as typed_sort, typedSum as typed_sum,
  typedZeros as typed_zeros,
};
