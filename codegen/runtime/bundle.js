/**
 * What `tova build --production` starts, as a program of its own: bundles the outputs of applications into one folder that runs
 * by itself. Servers and scripts keep their names; what pages load is named after its content, lies in assets/ and has
 * compressed copies beside it. The compiler has written the outputs, and puts the folder into its place afterwards.
 *
 * Arguments: the folder of the outputs, the folder to fill, "maps" or "no-maps"; then "application" before those of each one, and
 * its outputs as pairs of a kind ("server", "page", "script") and a name beneath the first folder. What it made goes to standard
 * output, one line a file; a mistake to standard error, status 1.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { throughMaps } from "./bundle_maps.js";

const ASSETS = "assets";
const PRODUCTION = { "process.env.NODE_ENV": '"production"' };
/** Modules that show the names of classes: these have to stay what they are. */
const SHOWS_NAMES = /\/runtime\/(derive|collection_types)\.js$/;

/** @typedef {{ servers: string[], pages: string[], scripts: string[] }} Application */

/** @returns {{ from: string, into: string, maps: boolean, applications: Application[] }} */
function readPlan([from, into, maps, ...words]) {
  const applications = [];
  for (let i = 0; i < words.length; ) {
    if (words[i] === "application") applications.push({ servers: [], pages: [], scripts: [] });
    else applications.at(-1)[`${words[i]}s`].push(words[++i]);
    i++;
  }
  return { from, into, maps: maps === "maps", applications };
}

const plan = readPlan(process.argv.slice(2));

function write(name, bytes, shown = true) {
  const path = join(plan.into, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (shown) console.log(`${name}\t${Buffer.byteLength(bytes)}\t${gzipSync(bytes, { level: 9 }).length}`);
}

async function bundle(options) {
  const result = await Bun.build({ format: "esm", root: plan.from, define: PRODUCTION, sourcemap: "external", throw: false, ...options });
  if (result.success) return result.outputs;
  for (const message of result.logs) console.error(String(message));
  return process.exit(1);
}

/** The map that belongs to a bundle, leading to the sources and compressed; nothing that a client could ask for names it. */
async function writeMap(outputs, output, name) {
  if (!plan.maps) return;
  const map = await outputs.find(({ path }) => path === `${output.path}.map`).json();
  const through = throughMaps(map, plan.from, dirname(join(plan.into, name)));
  write(`${name}.map.gz`, gzipSync(JSON.stringify(through), { level: 9 }), false);
}

/** Without the bundler's mark for debuggers, which would differ from build to build. */
const textOf = async (output) => `${(await output.text()).replace(/\n*\/\/# debugId=\S+\s*$/, "")}\n`;

const nameOf = (output) => normalize(output.path);

// ---- pages

async function bundlePages(pages) {
  const options = {
    entrypoints: pages.map((name) => join(plan.from, name)),
    target: "browser",
    splitting: pages.length > 1,
    naming: { entry: `${ASSETS}/[name]-[hash].[ext]`, chunk: `${ASSETS}/part-[hash].[ext]` },
  };
  const outputs = await bundle({ ...options, minify: true });
  const maps = await Promise.all(outputs.filter(({ kind }) => kind === "sourcemap").map((output) => output.json()));
  if (!maps.some(({ sources }) => sources.some((source) => SHOWS_NAMES.test(source)))) return outputs;
  return bundle({ ...options, minify: { whitespace: true, syntax: true, identifiers: true, keepNames: true } });
}

/** @returns {Promise<{ scripts: Record<string, string>, files: string[] }>} what page.js asks for */
async function makePages(pages) {
  const built = { scripts: {}, files: [] };
  if (pages.length === 0) return built;
  const outputs = await bundlePages(pages);
  for (const output of outputs.filter(({ kind }) => kind !== "sourcemap")) {
    const name = nameOf(output);
    const text = await textOf(output);
    write(name, text);
    write(`${name}.gz`, gzipSync(text, { level: 9 }), false);
    write(`${name}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }), false);
    await writeMap(outputs, output, name);
    built.files.push(name);
    if (output.kind === "entry-point") built.scripts[pageOf(pages, name)] = name;
  }
  return built;
}

/** The page that an entry was made of: names are the output's with the hash behind it. */
function pageOf(pages, name) {
  const own = basename(name).replace(/-[^-]*\.js$/, "");
  return pages.find((page) => basename(page, ".js") === own);
}

// ---- servers and scripts

/** Tells the server's page.js what its pages were built to. */
function tellPages(built) {
  return {
    name: "tova-pages",
    setup(build) {
      build.onLoad({ filter: /\/runtime\/page_built\.js$/ }, () => ({
        contents: `export const built = ${JSON.stringify(built)};\n`,
        loader: "js",
      }));
    },
  };
}

async function makeProgram(name, built) {
  const outputs = await bundle({
    entrypoints: [join(plan.from, name)],
    target: "bun",
    minify: { whitespace: true, syntax: true, identifiers: false },
    plugins: [tellPages(built)],
    naming: { entry: "[dir]/[name].[ext]", chunk: `${ASSETS}/[name]-[hash].[ext]` },
  });
  for (const output of outputs.filter(({ kind }) => kind !== "sourcemap")) {
    const path = nameOf(output);
    write(path, output.kind === "asset" ? await output.bytes() : await textOf(output));
    if (output.sourcemap) await writeMap(outputs, output, path);
  }
}

for (const { servers, scripts, pages } of plan.applications) {
  const built = await makePages(pages);
  for (const name of servers) await makeProgram(name, built);
  for (const name of scripts) await makeProgram(name, null);
}
