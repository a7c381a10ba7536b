/**
 * Places of outputs as places of their sources, by the maps that lie beside the outputs (Source Map v3). Reads each map once,
 * when it is asked for it, and only mappings and sources of it. Lines and columns count from 1, as in stacks.
 */
import { readFileSync } from "node:fs";
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
function decode(mappings) {
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

/** @type {Map<string, { sources: string[], lines: number[][][] } | undefined>} by path of the output */
const maps = new Map();

function mapOf(path) {
  if (!maps.has(path)) maps.set(path, readMap(path));
  return maps.get(path);
}

function readMap(path) {
  try {
    const { sources, mappings } = JSON.parse(readFileSync(`${path}.map`, "utf8"));
    return { sources: sources.map((source) => join(dirname(path), source)), lines: decode(mappings) };
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
