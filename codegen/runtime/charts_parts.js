/**
 * What charts share: elements of SVG, frames, scales, axes, colours. All text is escaped here, and nowhere
 * else. Lengths are in the units of the chart's own view box.
 */
import { escapeHtml } from "./html_texts.js";

export const BLUE = "#4f46e5";
export const PALETTE = ["#4f46e5", "#10b981", "#f59e0b", "#ef4444", "#8b5cf6", "#06b6d4", "#ec4899", "#84cc16"];

/** At most two decimals. */
export const numberText = (number) => String(Math.round(number * 100) / 100);

const attribute = (value) => (typeof value === "number" ? numberText(value) : escapeHtml(value));

/** @param {string} name @param {Record<string, string | number>} attributes */
export function element(name, attributes, content) {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`).join("");
  return content === undefined ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** @param {{ anchor?: string, fill?: string, size?: number, transform?: string }} [style] */
export function text(x, y, content, { anchor = "middle", fill = "#555", size = 11, ...rest } = {}) {
  return element("text", { x, y, "text-anchor": anchor, fill, "font-size": size, ...rest }, escapeHtml(content));
}

const MARGIN = { top: 40, right: 20, bottom: 60, left: 60 };

/** The whole area, and within it the one for the data. */
export function frame({ width: outerWidth = 600, height: outerHeight = 400 } = {}) {
  const [left, top] = [MARGIN.left, MARGIN.top];
  const [right, bottom] = [outerWidth - MARGIN.right, outerHeight - MARGIN.bottom];
  return { outerWidth, outerHeight, left, top, right, bottom, width: right - left, height: bottom - top };
}

export function svg({ outerWidth, outerHeight }, parts) {
  const attributes = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${outerWidth} ${outerHeight}`, "font-family": "sans-serif" };
  return element("svg", attributes, parts.join(""));
}

export function titleOf(box, { title = "" }) {
  return title === "" ? "" : text(box.outerWidth / 2, 22, title, { size: 15, fill: "#222" });
}

export function noData(box, options) {
  return svg(box, [titleOf(box, options), text(box.outerWidth / 2, box.outerHeight / 2, "No data", { size: 14 })]);
}

/** @returns {(value: number) => number} the middle where there is but one value */
export function linear(low, high, from, to) {
  return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
}

/** About five round numbers around the values. */
function ticksOf(low, high) {
  const range = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(range / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => range / size <= 6);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step) === first ? first + 1 : Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Gridlines with numbers, and the scale that they stand for. @param {number[]} values @param {boolean} [isAcross] */
export function valueAxis(box, values, isAcross = false) {
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const scale = linear(ticks[0], ticks.at(-1), isAcross ? box.left : box.bottom, isAcross ? box.right : box.top);
  const lines = ticks.map((tick) => {
    const at = scale(tick);
    const ends = isAcross
      ? { x1: at, x2: at, y1: box.top, y2: box.bottom }
      : { x1: box.left, x2: box.right, y1: at, y2: at };
    const label = isAcross
      ? text(at, box.bottom + 16, numberText(tick))
      : text(box.left - 6, at + 4, numberText(tick), { anchor: "end" });
    return element("line", { ...ends, stroke: "#e5e7eb" }) + label;
  });
  return { lines, scale };
}

/** @returns {number[]} at most so many indexes, evenly spread, the first among them */
export function labelEvery(count, most) {
  const step = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

/** @param {number[]} from @param {number[]} to parts of red, green and blue @param {number} part 0 to 1 */
export function mixed(from, to, part) {
  const hex = (index) => Math.round(from[index] + (to[index] - from[index]) * part).toString(16).padStart(2, "0");
  return `#${hex(0)}${hex(1)}${hex(2)}`;
}
