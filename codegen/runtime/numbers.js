/**
 * Builtin functions over numbers, and how text reads as a number. What does not read as one is
 * nil, never NaN.
 */

export const abs = Math.abs;
export const sign = Math.sign;
export const floor = Math.floor;
export const ceil = Math.ceil;
export const trunc = Math.trunc;
export const sqrt = Math.sqrt;
export const pow = (base, exponent) => base ** exponent;
export const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
export const random = () => Math.random();

/** Both bounds included. */
export function random_int(low, high) {
  return low + Math.floor(Math.random() * (high - low + 1));
}

/** Halves go up; decimal text decides, so 1.005 to two digits is 1.01. Never minus zero. */
export function round(x, digits = 0) {
  return Number.isFinite(x) ? shift(Math.round(shift(x, digits)) + 0, -digits) : x;
}

/** x times ten to the power of digits, without the error of multiplying. */
function shift(x, digits) {
  const [mantissa, exponent = "0"] = String(x).split("e");
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

const NUMBER = /^[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function to_float(value) {
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return null;
  const text = value.trim();
  return NUMBER.test(text) ? Number(text.replaceAll("_", "")) : null;
}

export function to_int(value) {
  const number = to_float(value);
  return number === null || !Number.isFinite(number) ? null : Math.trunc(number);
}
