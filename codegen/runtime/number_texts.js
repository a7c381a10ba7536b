/**
 * Builtin functions that write numbers: separators between thousands, other bases, fixed decimals.
 */

/** @param {number} x @param {{ separator?: string, decimals?: number }} [options] */
export function formatNumber(x, { separator = ",", decimals } = {}) {
  if (!Number.isFinite(x)) return String(x);
  const [whole, fraction] = (decimals == null ? plain(x) : x.toFixed(decimals)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, () => separator);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Without an exponent. */
const plain = (x) => (Math.abs(x) >= 1e21 ? BigInt(x).toString() : Number(x).toString());

export const toHex = (n) => Math.trunc(n).toString(16);
export const toBinary = (n) => Math.trunc(n).toString(2);
export const toOctal = (n) => Math.trunc(n).toString(8);

/** A number: as the binary value rounds, so 1.005 to two decimals is 1. */
export const toFixed = (x, decimals = 0) => Number(x.toFixed(decimals));

export {
  formatNumber as format_number, toBinary as to_binary, toFixed as to_fixed, toHex as to_hex, toOctal as to_octal,
};
