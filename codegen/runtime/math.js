/**
 * Builtin functions of mathematics beyond numbers.js: angles, logarithms, integers, comparison; the
 * constants; and `math`, the same under one name. Angles are in radians.
 */
import { abs, ceil, clamp, floor, pow, random, round, sign, sqrt, trunc } from "./numbers.js";

export const PI = Math.PI;
export const E = Math.E;
export const INF = Infinity;

export const sin = Math.sin;
export const cos = Math.cos;
export const tan = Math.tan;
export const asin = Math.asin;
export const acos = Math.acos;
export const atan = Math.atan;
export const atan2 = Math.atan2;
export const ln = Math.log;
export const log2 = Math.log2;
export const log10 = Math.log10;
export const exp = Math.exp;
export const hypot = Math.hypot;

export const toRadians = (degrees) => (degrees * Math.PI) / 180;
export const toDegrees = (radians) => (radians * 180) / Math.PI;

/** Exact at both ends. */
export const lerp = (a, b, t) => (t === 1 ? b : a + (b - a) * t);

/** The quotient is rounded down, so the remainder has the sign of b. */
export function divmod(a, b) {
  const quotient = Math.floor(a / b);
  return [quotient, a - quotient * b];
}

export function gcd(a, b) {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

export const lcm = (a, b) => (a === 0 || b === 0 ? 0 : Math.abs((a / gcd(a, b)) * b));

/** nil where there is none: below zero, and between integers. */
export function factorial(n) {
  if (!Number.isInteger(n) || n < 0) return null;
  let result = 1;
  for (let factor = 2; factor <= n && Number.isFinite(result); factor++) result *= factor;
  return result;
}

const isNaNumber = (x) => Number.isNaN(x);
const isFiniteNumber = (x) => Number.isFinite(x);

export function isClose(a, b, tolerance = 1e-9) {
  return a === b || Math.abs(a - b) <= tolerance;
}

export {
  isClose as is_close, isFiniteNumber as isFinite, isFiniteNumber as is_finite, isNaNumber as isNaN,
  isNaNumber as is_nan, toDegrees as to_degrees, toRadians as to_radians,
};

export const math = Object.freeze({
  PI, E, INF, sin, cos, tan, asin, acos, atan, atan2, ln, log: ln, log2, log10, exp, hypot, lerp, gcd, lcm, factorial,
  abs, ceil, clamp, floor, pow, random, round, sign, sqrt, trunc,
});
