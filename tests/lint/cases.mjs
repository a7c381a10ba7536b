// Files of cases that meson has to be told of: each stands in the list of its suite, so that none is written and never run.
import { relative } from "node:path";
import { test } from "../harness/test.mjs";
import { expectNone, files, read } from "./repository.mjs";

/** meson.build, and where the names in it begin and what they leave out. */
const lists = [
  { build: "tests/markers/meson.build", below: "tests/markers/", name: (path) => path.replace(/^analysis\//, "").replace(/\.txt$/, "") },
  { build: "tests/unit/syntax/meson.build", below: "tests/unit/syntax/errors/", name: (path) => `errors/${path}` },
];

test("meson runs every file of cases", () => {
  expectNone(
    lists.flatMap(({ build, below, name }) => {
      const listed = new Set([...read(build).matchAll(/'([^']+)'/g)].map(([, word]) => word));
      return files
        .filter((path) => path.startsWith(below) && path.endsWith(".txt"))
        .filter((path) => !listed.has(name(relative(below, path))))
        .map((path) => `${path} stands in no list of ${build}`);
    }),
  );
});
