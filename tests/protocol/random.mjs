// A small generator of numbers (mulberry32), so that what is random can be repeated.
export function numbers(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  /** A whole number below `below`. */
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}
