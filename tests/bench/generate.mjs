#!/usr/bin/env node
// Writes a tree of Tova modules for measuring `tova build` and `tova check`: 40 folders of 25 files with 200 lines each,
// which import from each other as programs do (never in a circle). The same numbers give the same bytes.
//
// usage: node generate.mjs FOLDER [FILES]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PER_FOLDER = 25;
const LINES = 200;

/** A small generator of pseudo-random numbers, so that runs compare. */
function random(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const place = (file) => ({ folder: `part${Math.floor(file / PER_FOLDER)}`, name: `module${file}` });

/** The import statements of a file: up to three files before it. */
function imports(file, next) {
  const lines = [];
  const seen = new Set();
  for (let i = 0; i < 3 && file > 0; i++) {
    const other = next(file);
    if (seen.has(other)) continue;
    seen.add(other);
    const { folder, name } = place(other);
    const path = folder === place(file).folder ? `./${name}` : `../${folder}/${name}`;
    lines.push(`import { total${other} as other${i}, Item${other} } from "${path}"`);
  }
  return lines;
}

/** One function of ten lines or so, by turns of another kind. */
function piece(file, number, next) {
  const name = `step${file}_${number}`;
  const kinds = [
    () => [
      `fn ${name}(items: [Int], limit: Int = ${next(100)}) -> Int {`,
      "  var sum = 0",
      "  for item in items {",
      "    if item > limit and item != 7 {",
      "      sum += item * 2",
      "    } elif item == 0 {",
      "      continue",
      "    } else {",
      "      sum += 1",
      "    }",
      "  }",
      "  sum",
      "}",
      "",
    ],
    () => [
      `/// Describes an item of module ${file}.`,
      `fn ${name}(item: Item${file}) -> String {`,
      "  label = match item.kind {",
      '    "small" => "a small one"',
      '    "large" => "a large one of {item.size}"',
      "    other => other |> upper()",
      "  }",
      '  "{item.name}: {label}"',
      "}",
      "",
    ],
    () => [
      `fn ${name}(names: [String]) -> [String] {`,
      "  names",
      "    |> filter(fn(name) len(name) > 2)",
      "    |> map(fn(name) trim(name))",
      `    |> map(fn(name) "{name}-${next(1000)}")`,
      "}",
      "",
    ],
    () => [
      `fn ${name}(a: Int, b: Int) {`,
      "  try {",
      `    result = { sum: a + b, product: a * b, list: [a, b, ${next(50)}] }`,
      "    result.sum + result.product",
      "  } catch problem {",
      '    print("failed: {problem}")',
      "    0",
      "  }",
      "}",
      "",
    ],
  ];
  return kinds[number % kinds.length]();
}

/** @param {number} file */
function moduleText(file) {
  const next = random(file + 1);
  const lines = [
    `// Module ${file}.`,
    ...imports(file, next),
    "",
    `pub type Item${file} {`,
    "  name: String",
    "  kind: String",
    "  size: Int",
    "}",
    "",
    `pub fn total${file}(items: [Item${file}]) -> Int {`,
    "  var sum = 0",
    "  for item in items {",
    "    sum += item.size",
    "  }",
    "  sum",
    "}",
    "",
  ];
  for (let number = 0; lines.length < LINES - 12; number++) lines.push(...piece(file, number, next));
  while (lines.length < LINES) lines.push(`value${lines.length} = ${next(1000)} + step${file}_0([1, 2, 3])`);
  return `${lines.slice(0, LINES).join("\n")}\n`;
}

/**
 * Writes the files and a tova.toml.
 * @param {string} root
 */
export function generate(root, files = 1000) {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "tova.toml"), "");
  for (let file = 0; file < files; file++) {
    const { folder, name } = place(file);
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, `${name}.tova`), moduleText(file));
  }
}

if (process.argv[1] === import.meta.filename) {
  const [folder, files] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("usage: node generate.mjs FOLDER [FILES]");
    process.exit(2);
  }
  generate(folder, files === undefined ? 1000 : Number(files));
}
