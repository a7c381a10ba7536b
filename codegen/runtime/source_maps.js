/**
 * Places of outputs as places of their sources, by the maps that lie beside the outputs (Source Map v3), compressed ones
 * (`.map.gz`) beside what `tova build --production` made. Reads each map once, when it is asked for it, and only mappings and
 * sources of it. Lines and columns count from 1, as in stacks.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MORE = 32;

/** The numbers of one segment. */
function numbersOf(text) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    value |= (digit & (MORE - 1)) << shift;
    shift += 5;
    if ((digit & MORE) === 0) {
      numbers.push(value & 1 ? -(value >> 1) : value >> 1);
      value = shift = 0;
    }
  }
  return numbers;
}

/** @returns {[column: number, source: number, line: number, sourceColumn: number][][]} segments by line, all from 0 */
export function decodeMappings(mappings) {
  let [source, line, sourceColumn] = [0, 0, 0];
  return mappings.split(";").map((text) => {
    let column = 0;
    return text.split(",").filter(Boolean).map(numbersOf).map((numbers) => {
      column += numbers[0];
      if (numbers.length === 1) return [column];
      source += numbers[1];
      line += numbers[2];
      sourceColumn += numbers[3];
      return [column, source, line, sourceColumn];
    });
  });
}

function digitsOf(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = "";
  do {
    const digit = rest & (MORE - 1);
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | MORE : digit];
  } while (rest > 0);
  return text;
}

/** @param {number[][][]} lines as decodeMappings gives them @returns {string} */
export function encodeMappings(lines) {
  let last = [0, 0, 0];
  return lines.map((segments) => {
    let column = 0;
    return segments.map(([start, ...place]) => {
      const numbers = [start - column, ...place.map((value, index) => value - last[index])];
      column = start;
      if (place.length > 0) last = place;
      return numbers.map(digitsOf).join("");
    }).join(",");
  }).join(";");
}

/** @type {Map<string, { sources: string[], lines: number[][][] } | undefined>} by path of the output */
const maps = new Map();

function mapOf(path) {
  if (!maps.has(path)) maps.set(path, readMap(path));
  return maps.get(path);
}

function mapText(path) {
  if (existsSync(path)) return readFileSync(path, "utf8");
  return new TextDecoder().decode(Bun.gunzipSync(readFileSync(`${path}.gz`)));
}

function readMap(path) {
  try {
    const { sources, mappings } = JSON.parse(mapText(`${path}.map`));
    return { sources: sources.map((source) => join(dirname(path), source)), lines: decodeMappings(mappings) };
  } catch {
    return undefined; /* not an output, or built without its map: its own place is the best that there is */
  }
}

/**
 * @param {string} path absolute
 * @returns {{ path: string, line: number, column: number } | undefined} nothing where no source stands behind the place
 */
export function sourcePlace(path, line, column) {
  const map = mapOf(path);
  const segment = map?.lines[line - 1]?.findLast(([start]) => start < column);
  if (segment === undefined || segment.length === 1) return undefined;
  return { path: map.sources[segment[1]], line: segment[2] + 1, column: segment[3] + 1 };
}
