/**
 * Builtin functions that bring a text into a shape: widths, lines, indentation, places for values.
 * Widths are in UTF-16 units.
 */
import { to_string } from "./values.js";

/** What cannot be halved goes behind the text. */
export function center(text, width, fill = " ") {
  const room = Math.max(0, width - text.length);
  return text.padStart(text.length + Math.floor(room / 2), fill).padEnd(text.length + room, fill);
}

/** The suffix counts; a width that has no room for it cuts the suffix. */
export function truncate(text, width, suffix = "...") {
  if (text.length <= width) return text;
  return (text.slice(0, Math.max(0, width - suffix.length)) + suffix).slice(0, Math.max(0, width));
}

/** Lines that exist stay; a word that is too long has a line of its own. */
export function wordWrap(text, width) {
  return text.split("\n").map((line) => wrapLine(line, width)).join("\n");
}

function wrapLine(line, width) {
  const lines = [];
  for (const word of line.split(/\s+/).filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

/** Blank lines do not count, and lose their spaces. */
export function dedent(text) {
  const lines = text.split("\n");
  const margins = lines.filter((line) => line.trim() !== "").map((line) => line.match(/^[ \t]*/)[0].length);
  const margin = margins.length === 0 ? 0 : Math.min(...margins);
  return lines.map((line) => (line.trim() === "" ? "" : line.slice(margin))).join("\n");
}

export function indentStr(text, n, fill = " ") {
  const margin = fill.repeat(Math.max(0, n));
  return text.split("\n").map((line) => margin + line).join("\n");
}

/** Places without a value stay, values without a place are dropped. */
export function fmt(template, ...values) {
  let next = 0;
  return template.replace(/\{\}/g, (place) => (next < values.length ? to_string(values[next++]) : place));
}

export { indentStr as indent_str, wordWrap as word_wrap };
