/**
 * Builtin functions over text. Positions and widths are in UTF-16 units, as everywhere in
 * JavaScript; chars() goes by code point. More about regular expressions is in regex.js.
 */
import { toArray } from "./lists.js";
import { to_string } from "./values.js";

/** Of tables, their rows: `join(other, { left, right })`. */
export function join(items, separator = "", options) {
  if (items?.isTable === true || items?.isLazyTable === true || items?.isSocket === true) return items.join(separator, options);
  return toArray(items, "join").map((item) => (item == null ? "" : to_string(item))).join(separator);
}

/** Without a separator: the words, as white space parts them. */
export function split(text, separator) {
  if (separator !== undefined) return text.split(separator);
  return text.split(/\s+/).filter((word) => word !== "");
}

export function lines(text) {
  const parts = text.split(/\r\n|\n|\r/);
  if (parts.at(-1) === "") parts.pop();
  return parts;
}

export const trim = (text) => text.trim();
export const trim_start = (text) => text.trimStart();
export const trim_end = (text) => text.trimEnd();
export const upper = (text) => text.toUpperCase();
export const lower = (text) => text.toLowerCase();

export function capitalize(text) {
  const [letter = ""] = text;
  return letter.toUpperCase() + text.slice(letter.length);
}

export const starts_with = (text, prefix) => text.startsWith(prefix);
export const ends_with = (text, suffix) => text.endsWith(suffix);

/**
 * Every occurrence of a text, and the replacement exactly as it is: no `$1` forms. A regular
 * expression replaces what its flags say.
 */
export function replace(text, part, replacement) {
  if (part instanceof RegExp) return text.replace(part, replacement);
  return text.replaceAll(part, () => replacement);
}

export const repeat = (text, n) => text.repeat(Math.max(0, n));
export const pad_start = (text, width, fill = " ") => String(text).padStart(width, fill);
export const pad_end = (text, width, fill = " ") => String(text).padEnd(width, fill);
export const chars = (text) => [...text];
