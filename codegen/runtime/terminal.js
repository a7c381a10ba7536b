/**
 * Builtin functions that write for a terminal: colours, styles, tables, boxes. Colours and styles are
 * left out where standard output is no terminal, unless FORCE_COLOR wants them (colours.js). Questions
 * are asked by prompts.js.
 */
import { wantsColour } from "./colours.js";
import { to_string } from "./values.js";
import { textTable } from "./text_tables.js";

const COLORS = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, white: 37, gray: 90 };

/** @param {any} text @param {number} on @param {number} off codes of ANSI terminals */
function styled(text, on, off) {
  return wantsColour("stdout") ? `\x1b[${on}m${to_string(text)}\x1b[${off}m` : to_string(text);
}

/** A colour that is not known leaves the text as it is. */
export const color = (text, name) => (Object.hasOwn(COLORS, name) ? styled(text, COLORS[name], 39) : to_string(text));

export const green = (text) => color(text, "green");
export const red = (text) => color(text, "red");
export const yellow = (text) => color(text, "yellow");
export const blue = (text) => color(text, "blue");
export const cyan = (text) => color(text, "cyan");
export const magenta = (text) => color(text, "magenta");
export const gray = (text) => color(text, "gray");

export const bold = (text) => styled(text, 1, 22);
export const dim = (text) => styled(text, 2, 22);
export const underline = (text) => styled(text, 4, 24);
export const strikethrough = (text) => styled(text, 9, 29);

/** @param {Iterable<Record<string, any>>} rows @param {{ headers?: string[] }} [options] */
export function table(rows, options) {
  console.log(textTable([...rows], { columns: options?.headers, header: bold }));
}

/** @param {string} title @param {string} content several lines are possible */
export function panel(title, content) {
  const lines = to_string(content).split("\n");
  const width = Math.max(title.length + 2, ...lines.map((line) => line.length));
  const top = `┌─ ${bold(title)} ${"─".repeat(width - title.length - 1)}┐`;
  const body = lines.map((line) => `│ ${line.padEnd(width)} │`);
  console.log([top, ...body, `└${"─".repeat(width + 2)}┘`].join("\n"));
}
