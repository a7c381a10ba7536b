// What every tracked file keeps: its size, and what it may not say.
import { dirname, join, normalize } from "node:path";
import { existsSync } from "node:fs";
import { test } from "../harness/test.mjs";
import { root } from "../harness/program.mjs";
import { expectNone, files, isC, isGenerated, linesOf, read } from "./repository.mjs";

const MOST_LINES = 800;
const MOST_FUNCTION_LINES = 80;

const isCode = (path) => /\.(c|h|def|js|mjs|ts|lua|scm|sh|tova)$/.test(path) && !isGenerated(path);
const isText = (path) => !isGenerated(path) && !/\.(png|gif|svg|webp|ico|woff2?)$/.test(path);

test(`no source has more than ${MOST_LINES} lines`, () => {
  expectNone(
    files
      .filter(isCode)
      .map((path) => ({ path, count: read(path).split("\n").length - 1 }))
      .filter(({ count }) => count > MOST_LINES)
      .map(({ path, count }) => `${path}: ${count} lines`),
  );
});

test(`no C function has more than ${MOST_FUNCTION_LINES} lines`, () => {
  expectNone(files.filter((path) => isC(path) && path.endsWith(".c")).flatMap(longFunctions));
});

// A function ends at a `}` without indentation, and began at the last line without indentation that
// has a parenthesis: bodies are indented, and the ends of tables and types are `};`.
function longFunctions(path) {
  const long = [];
  let start;
  for (const { line, text } of linesOf(path)) {
    if (/^[a-z_].*\(/.test(text)) {
      start = { line, text };
    } else if (text === "}" && start) {
      const length = line - start.line + 1;
      if (length > MOST_FUNCTION_LINES) long.push(`${path}:${start.line}: ${length} lines: ${start.text}`);
      start = undefined;
    }
  }
  return long;
}

// Each row: what may not stand in a tracked file, its pattern, and the one file where it is no harm. Continuous
// integration looks for a script that stands beside the repository, and does without where there is none.
const forbidden = [
  ["a host of a package registry", /\bregistry\.[a-z]+\.[a-z]+|\bdeb\.[a-z]+\.org\b|\bpypi\.[a-z]+\b/],
  ["a download address in a lock file", /"resolved":/],
  ["a path of one machine", /(^|[\s"'`(=:])\/(work|root)\//],
  ["a folder beside the repository other than the seed documents", /\.\.\/shared\/(?!seeds)[a-z]/, ".ci/run"],
  ["an unfinished place", /\b(T[O]DO|F[I]XME|X[X]X)\b/],
  ["a mark of a merge", /^(<{7}|>{7}|={7})( |$)/],
];

for (const [what, pattern, harmless] of forbidden) {
  test(`no file holds ${what}`, () => {
    expectNone(
      files
        .filter((path) => isText(path) && path !== "tests/lint/files.mjs" && path !== harmless)
        .flatMap((path) =>
          linesOf(path)
            .filter(({ text }) => pattern.test(text))
            .map(({ line, text }) => `${path}:${line}: ${text.trim().slice(0, 120)}`),
        ),
    );
  });
}

test("a text file ends with one newline, has no tab or space at a line's end and no carriage return", () => {
  const exempt = /^tests\/.*\/(golden|cases)\/|^tests\/(golden|markers|corpus|fuzz)\/|\/corpus\/|\.md$/;
  const broken = [];
  for (const path of files.filter((name) => isText(name) && !exempt.test(name))) {
    const text = read(path);
    if (text !== "" && !/[^\n]\n$/.test(text)) broken.push(`${path}: does not end with one newline`);
    for (const { line, text: content } of linesOf(path)) {
      if (/[ \t\r]$/.test(content)) broken.push(`${path}:${line}: white space at the end`);
    }
  }
  expectNone(broken);
});

test("the links of the documents lead to files", () => {
  const broken = [];
  for (const path of files.filter((name) => name.endsWith(".md"))) {
    for (const { line, text } of linesOf(path)) {
      for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        if (!existsSync(join(root, normalize(join(dirname(path), target))))) {
          broken.push(`${path}:${line}: ${target} is not there`);
        }
      }
    }
  }
  expectNone(broken);
});
