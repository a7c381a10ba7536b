/**
 * Source maps of bundles that lead to the sources: a bundler's map leads to the outputs that went into it, and each of these has
 * a map of its own. Reading maps for stacks is source_maps.js; nothing here touches a running program.
 */
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { decodeMappings, encodeMappings } from "./source_maps.js";

/** @typedef {{ sources: string[], sourcesContent?: (string | null)[], mappings: string }} SourceMap */

/** @returns {{ sources: string[], lines: number[][][] } | undefined} absolute sources; nothing for a file without a map */
function mapBeside(path) {
  try {
    const map = JSON.parse(readFileSync(`${path}.map`, "utf8"));
    return { sources: map.sources.map((source) => resolve(dirname(path), source)), lines: decodeMappings(map.mappings) };
  } catch {
    return undefined;
  }
}

/** The last segment of a line that starts at a column or before it. */
function segmentAt(segments, column) {
  let [low, high] = [0, segments?.length ?? 0];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle][0] <= column) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : segments[low - 1];
}

/**
 * @param {SourceMap} map of a bundle, its sources relative to `from`
 * @param {string} from absolute folder
 * @param {string} to absolute folder that the sources of the result are relative to
 * @returns {{ version: 3, sources: string[], names: [], mappings: string }}
 */
export function throughMaps(map, from, to) {
  const inner = map.sources.map((source) => resolve(from, source));
  const maps = inner.map(mapBeside);
  const sources = new Map();
  const indexOf = (path) => {
    if (!sources.has(path)) sources.set(path, sources.size);
    return sources.get(path);
  };
  const lines = decodeMappings(map.mappings).map((segments) => segments.flatMap((segment) => {
    if (segment.length === 1) return [segment];
    const [column, source, line, sourceColumn] = segment;
    if (maps[source] === undefined) return [[column, indexOf(inner[source]), line, sourceColumn]];
    const found = segmentAt(maps[source].lines[line], sourceColumn);
    if (found === undefined || found.length === 1) return [[column]];
    return [[column, indexOf(maps[source].sources[found[1]]), found[2], found[3]]];
  }));
  return {
    version: 3,
    sources: [...sources.keys()].map((path) => relative(to, path)),
    names: [],
    mappings: encodeMappings(lines),
  };
}
