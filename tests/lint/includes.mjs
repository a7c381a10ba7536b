// The include rule, for headers and sources alike.
import { test } from "../harness/test.mjs";
import { expectNone, files, isC, linesOf } from "./repository.mjs";
import { layerOf, layers, systemHeaders } from "./layers.mjs";

/** @typedef {{ path: string, line: number, quoted: boolean, target: string }} Include */

/** @returns {Include[]} */
function includesOf(path) {
  return linesOf(path).flatMap(({ line, text }) => {
    const match = /^\s*#\s*include\s+(["<])([^">]+)[">]/.exec(text);
    return match ? [{ path, line, quoted: match[1] === '"', target: match[2] }] : [];
  });
}

const sources = files.filter(isC);
const includes = sources.flatMap(includesOf);
const place = ({ path, line }) => `${path}:${line}`;
const isDefinitions = (target) => target.endsWith(".def");

test("every C file belongs to a layer", () => {
  expectNone(sources.filter((path) => !layerOf(path)));
});

test("a layer includes only itself and the layers that it may know", () => {
  expectNone(
    includes.flatMap((include) => {
      const { path, quoted, target } = include;
      const from = layerOf(path);
      const to = layerOf(target);
      if (!quoted || from === to || from === "parser/grammar") return [];
      const allowed = layers[from].layers;
      if (allowed.includes("*") || allowed.includes(to)) return [];
      return [`${place(include)}: ${from} may not include "${target}"${to ? ` of ${to}` : ""}`];
    }),
  );
});

test("a quoted include is the path of a file from the repository's root", () => {
  expectNone(
    includes
      .filter(({ path, quoted, target }) => quoted && layerOf(path) !== "parser/grammar" && !isBuilt(target))
      .filter(({ target }) => !files.includes(target))
      .map((include) => `${place(include)}: "${include.target}" is no file of the repository`),
  );
});

// Written by the build: embedded texts.
function isBuilt(target) {
  return /(_embedded|_generated)\.(h|inc)$/.test(target);
}

test("a library's header is included only where it is wrapped", () => {
  const owners = Object.values(layers).flatMap(({ foreign }) => Object.entries(foreign));
  expectNone(
    includes.flatMap((include) => {
      const { path, quoted, target } = include;
      if (quoted && (files.includes(target) || layerOf(path) !== "parser/grammar")) return [];
      if (systemHeaders.has(target)) return [];
      const mine = owners.filter(([header]) => header === target);
      if (mine.some(([, where]) => where.test(path)) || (quoted && mine.length === 0)) return [];
      return [`${place(include)}: <${target}> may not be included here`];
    }),
  );
});

test("a header that includes a library's header stays within its layer", () => {
  const leaking = new Map();
  for (const { path, target } of includes) {
    if (path.endsWith(".h") && target in (layers[layerOf(path)]?.foreign ?? {})) {
      leaking.set(path, target);
    }
  }
  expectNone(
    includes
      .filter(({ path, target }) => leaking.has(target) && layerOf(path) !== layerOf(target) && !isInsideTest(path, target))
      .map((include) => `${place(include)}: "${include.target}" brings in <${leaking.get(include.target)}>`),
  );
});

// A layer's unit tests also show what only the layer itself may see: tests/unit/syntax that of parser/syntax.
function isInsideTest(path, target) {
  const tested = /^tests\/unit\/(\w+)\//.exec(path)?.[1];
  return tested !== undefined && tested === layerOf(target).split("/").at(-1);
}

test("a source includes its own header first, then the project's, then the system's", () => {
  const broken = [];
  for (const path of sources.filter((name) => name.endsWith(".c") && layerOf(name) !== "parser/grammar")) {
    const own = path.replace(/\.c$/, ".h");
    const mine = includes.filter((include) => include.path === path && !isDefinitions(include.target));
    if (files.includes(own) && mine.length > 0 && mine[0].target !== own) {
      broken.push(`${place(mine[0])}: "${own}" comes first`);
    }
    const firstSystem = mine.findIndex(({ quoted }) => !quoted);
    const late = mine.find(({ quoted }, index) => quoted && firstSystem >= 0 && index > firstSystem);
    if (late && layerOf(path) !== "tests") {
      broken.push(`${place(late)}: "${late.target}" comes before the system's headers`);
    }
  }
  expectNone(broken);
});
