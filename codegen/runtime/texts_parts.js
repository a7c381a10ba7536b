/**
 * Builtin functions that find and take parts of a text. Positions are in UTF-16 units; reversing
 * goes by code point.
 */
import { toArray } from "./lists.js";

export const words = (text) => text.split(/\s+/).filter((word) => word !== "");

/** nil beyond the text; negative positions are beyond it too. */
export const charAt = (text, index) => text[index] ?? null;

/** Of a text or of a list. */
export function lastIndexOf(text, part) {
  const index = (typeof text === "string" ? text : toArray(text, "lastIndexOf")).lastIndexOf(part);
  return index < 0 ? null : index;
}

/** Without overlaps; the empty text occurs nowhere. */
export const countOf = (text, part) => (part === "" ? 0 : text.split(part).length - 1);

export const substr = (text, start, end) => text.slice(start, end ?? undefined);
export const reverseStr = (text) => [...text].reverse().join("");

/** The replacement exactly as it is, except that a regular expression's may name groups. */
export function replaceFirst(text, part, replacement) {
  if (part instanceof RegExp) return text.replace(new RegExp(part.source, part.flags.replace("g", "")), replacement);
  return text.replace(part, () => replacement);
}

export {
  charAt as char_at, countOf as count_of, lastIndexOf as last_index_of, replaceFirst as replace_first,
  reverseStr as reverse_str,
};
