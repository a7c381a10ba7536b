// How fast whole files are read, on one core: bench_parse says it.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../harness/program.mjs";

const parseRow = {
  name: "parse", what: "full parse, one core", unit: "MB/s", targets: [["median", 10]], atLeast: true, ours: true,
};

export const parseScene = {
  name: "parse",
  rows: [parseRow],
  run: async ([ours], rows, { quick }) => {
    for (let run = 0; run < (quick ? 1 : 3); run++) {
      const text = execFileSync(join(root, "build/tests/bench/bench_parse"), ["--whole"], { encoding: "utf8" });
      const { speed } = /^spaced, to read.*\n.* = (?<speed>[\d.]+) MB\/s/m.exec(text).groups;
      ours.result(parseRow).wall.push(Number(speed));
    }
  },
};
