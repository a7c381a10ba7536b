/**
 * Charts as SVG texts, without scripts, fonts or anything from elsewhere: bar, line, scatter and pie charts,
 * histograms, heat maps. Rows are a table or a list of records, columns names or functions of the row.
 * What charts share (frames, axes, scales) is in charts_parts.js.
 */
import {
  BLUE, PALETTE, element, frame, labelEvery, linear, mixed, noData, numberText, svg, text, titleOf, valueAxis,
} from "./charts_parts.js";
import { columnOf } from "./tables_columns.js";

/** @typedef {string | ((row: any) => any)} Column */

const valuesOf = (rows, column) => [...rows].map((row) => columnOf(column)(row));
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const numbersOf = (rows, column) => valuesOf(rows, column).map((value) => (isNumber(value) ? value : 0));

/** Names slant where there are many. */
function categoryAxis(box, names, centerOf) {
  const slanted = names.length > 6;
  return names.map((name, index) => {
    const [x, y] = [centerOf(index), box.bottom + 16];
    return text(x, y, name, slanted ? { anchor: "end", transform: `rotate(-45 ${x} ${y})` } : {});
  });
}

/** @param {Iterable<any>} rows @param {{ x: Column, y: Column, title?: string, width?: number, height?: number, color?: string, colors?: string[], labels?: boolean, sort?: "asc" | "desc" }} options */
export function barChart(rows, options) {
  const box = frame(options);
  const names = valuesOf(rows, options.x).map(String);
  const heights = numbersOf(rows, options.y);
  if (names.length === 0) return noData(box, options);
  const order = names.map((_, index) => index);
  if (options.sort) order.sort((a, b) => (heights[a] - heights[b]) * (options.sort === "desc" ? -1 : 1));
  const { lines, scale } = valueAxis(box, [0, ...heights]);
  const slot = box.width / names.length;
  const bars = order.map((from, index) => {
    const [top, base] = [Math.min(scale(heights[from]), scale(0)), Math.max(scale(heights[from]), scale(0))];
    const fill = options.colors?.[from % options.colors.length] ?? options.color ?? BLUE;
    const x = box.left + slot * (index + 0.075);
    const label = options.labels ? text(x + slot * 0.425, top - 4, numberText(heights[from])) : "";
    return element("rect", { x, y: top, width: slot * 0.85, height: base - top, rx: 2, fill }) + label;
  });
  const axis = categoryAxis(box, order.map((from) => names[from]), (index) => box.left + slot * (index + 0.5));
  return svg(box, [titleOf(box, options), ...lines, ...bars, ...axis]);
}

/** Several columns as y are several lines. @param {{ x: Column, y: Column | Column[], points?: boolean }} options */
export function lineChart(rows, options) {
  const box = frame(options);
  const places = valuesOf(rows, options.x);
  if (places.length === 0) return noData(box, options);
  const series = (Array.isArray(options.y) ? options.y : [options.y]).map((column) => numbersOf(rows, column));
  const { lines, scale } = valueAxis(box, series.flat());
  const numeric = places.every(isNumber);
  const spread = linear(Math.min(...places), Math.max(...places), box.left, box.right);
  const even = linear(0, Math.max(1, places.length - 1), box.left, box.right);
  const at = (index) => (numeric ? spread(places[index]) : even(index));
  const drawn = series.map((values, number) => {
    const color = series.length === 1 ? (options.color ?? BLUE) : PALETTE[number % PALETTE.length];
    const points = values.map((value, index) => `${numberText(at(index))},${numberText(scale(value))}`);
    const line = element("polyline", { points: points.join(" "), fill: "none", stroke: color, "stroke-width": 2, "stroke-linejoin": "round" });
    const dots = values.map((value, index) => element("circle", { cx: at(index), cy: scale(value), r: 3, fill: color }));
    return line + (options.points ? dots.join("") : "");
  });
  const axis = labelEvery(places.length, 8).map((index) => text(at(index), box.bottom + 16, String(places[index])));
  return svg(box, [titleOf(box, options), ...lines, ...drawn, ...axis]);
}

/** @param {{ x: Column, y: Column, color?: string | string[], r?: number }} options */
export function scatterChart(rows, options) {
  const box = frame(options);
  const points = [...rows].map((row) => [columnOf(options.x)(row), columnOf(options.y)(row)]).filter((point) => point.every(isNumber));
  if (points.length === 0) return noData(box, options);
  const { lines, scale } = valueAxis(box, points.map(([, y]) => y));
  const across = valueAxis(box, points.map(([x]) => x), true);
  const colors = [options.color ?? BLUE].flat();
  const dots = points.map(([x, y], index) => element("circle", {
    cx: across.scale(x), cy: scale(y), r: options.r ?? 5, fill: colors[index % colors.length], "fill-opacity": 0.7,
  }));
  return svg(box, [titleOf(box, options), ...lines, ...across.lines, ...dots]);
}

/** @param {{ col: Column, bins?: number }} options values that are no numbers do not count */
export function histogram(rows, options) {
  const box = frame(options);
  const values = valuesOf(rows, options.col).filter(isNumber);
  if (values.length === 0) return noData(box, options);
  const bins = Math.max(1, options.bins ?? 20);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const size = (high - low) / bins || 1;
  const counts = new Array(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - low) / size))]++;
  const { lines, scale } = valueAxis(box, [0, ...counts]);
  const slot = box.width / bins;
  const bars = counts.map((count, index) => element("rect", {
    x: box.left + slot * index + 0.5, y: scale(count), width: Math.max(0, slot - 1), height: scale(0) - scale(count), fill: options.color ?? BLUE,
  }));
  const axis = labelEvery(bins + 1, 8).map((edge) => text(box.left + slot * edge, box.bottom + 16, numberText(low + size * edge)));
  return svg(box, [titleOf(box, options), ...lines, ...bars, ...axis]);
}

const SIDE = 400;

/** From the top, clockwise. @param {{ label: Column, value: Column, colors?: string[] }} options */
export function pieChart(rows, options) {
  const box = frame({ width: SIDE, height: SIDE, ...options });
  const labels = valuesOf(rows, options.label).map(String);
  const values = numbersOf(rows, options.value).map((value) => Math.max(0, value));
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return noData(box, options);
  const colors = options.colors ?? PALETTE;
  const [x, y, radius] = [box.outerWidth / 2, box.outerHeight / 2 + 10, Math.min(box.outerWidth, box.outerHeight) / 2 - 40];
  const point = (part, distance) => {
    const angle = (part - 0.25) * 2 * Math.PI;
    return [numberText(x + Math.cos(angle) * distance), numberText(y + Math.sin(angle) * distance)];
  };
  let start = 0;
  const slices = values.map((value, index) => {
    const [from, part] = [start, value / total];
    start += part;
    if (part === 0) return "";
    const fill = colors[index % colors.length];
    const shape = part === 1
      ? element("circle", { cx: x, cy: y, r: radius, fill })
      : element("path", { d: slicePath(x, y, radius, point(from, radius), point(start, radius), part > 0.5), fill, stroke: "#fff" });
    const [labelX, labelY] = point(from + part / 2, part === 1 ? 0 : radius * 0.65);
    return shape + text(labelX, labelY, `${labels[index]} ${numberText(Math.round(part * 1000) / 10)}%`, { fill: "#fff" });
  });
  return svg(box, [titleOf(box, options), ...slices]);
}

function slicePath(x, y, radius, from, to, isLarge) {
  return `M${numberText(x)} ${numberText(y)}L${from.join(" ")}A${radius} ${radius} 0 ${isLarge ? 1 : 0} 1 ${to.join(" ")}Z`;
}

const WHITE = [255, 255, 255];
const INDIGO = [79, 70, 229];

/** @param {{ x: Column, y: Column, value: Column }} options places without a value are white */
export function heatmap(rows, options) {
  const box = frame(options);
  const [across, down] = [valuesOf(rows, options.x).map(String), valuesOf(rows, options.y).map(String)];
  if (across.length === 0) return noData(box, options);
  const [columns, lines] = [[...new Set(across)], [...new Set(down)]];
  const cells = new Map(numbersOf(rows, options.value).map((value, index) => [JSON.stringify([across[index], down[index]]), value]));
  const [low, high] = [Math.min(...cells.values()), Math.max(...cells.values())];
  const [width, height] = [box.width / columns.length, box.height / lines.length];
  const drawn = lines.flatMap((line, row) => columns.map((column, index) => {
    const value = cells.get(JSON.stringify([column, line]));
    const strength = value === undefined ? 0 : high === low ? 1 : (value - low) / (high - low);
    const [x, y] = [box.left + width * index, box.top + height * row];
    const fill = value === undefined ? "#fff" : mixed(WHITE, INDIGO, strength);
    const isReadable = value !== undefined && width > 28 && height > 16;
    const label = isReadable ? text(x + width / 2, y + height / 2 + 4, numberText(value), { fill: strength > 0.5 ? "#fff" : "#333" }) : "";
    return element("rect", { x, y, width, height, fill, stroke: "#fff" }) + label;
  }));
  const names = lines.map((line, row) => text(box.left - 6, box.top + height * (row + 0.5) + 4, line, { anchor: "end" }));
  return svg(box, [titleOf(box, options), ...drawn, ...names, ...categoryAxis(box, columns, (index) => box.left + width * (index + 0.5))]);
}

export {
  barChart as bar_chart, lineChart as line_chart, pieChart as pie_chart, scatterChart as scatter_chart,
};
