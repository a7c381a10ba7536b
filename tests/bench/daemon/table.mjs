// What a run found, as a table for a terminal or for the README.

const number = (value) => (value === undefined ? "" : value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0));

export const targetOf = ({ targets, unit = "ms", atLeast }) => {
  const sign = atLeast ? "≥" : "≤";
  if (targets.length === 0) return "";
  const parts = targets.map(([figure, most]) => (figure === "median" && targets.length === 1 ? `${sign} ${most}` : `${figure} ${sign} ${most}`));
  return `${parts.join(", ")} ${unit}`;
};

const headings = ["", "target", "median", "p95", "p99", "processor", "holds"];

/** @param {{ row: object, ours: import("./figures.mjs").Result, theirs?: import("./figures.mjs").Result }[]} results */
function cells({ row, ours, theirs }, withTheirs) {
  const figures = ours.figures;
  const several = ours.wall.length > 1;
  const line = [
    row.what,
    targetOf(row),
    number(figures?.median),
    several ? number(figures?.p95) : "",
    several ? number(figures?.p99) : "",
    number(ours.processorFigures?.median),
    ours.verdict(row),
  ];
  if (withTheirs) line.push(theirsOf(theirs), ratioOf(ours, theirs, "figures"), ratioOf(ours, theirs, "processorFigures"));
  return line;
}

function theirsOf(theirs) {
  if (theirs === undefined) return "";
  if (theirs.absent) return theirs.absent;
  return `${number(theirs.figures?.median)}${theirs.wrong > 0 ? " wrong" : ""}`;
}

/** @param {"figures" | "processorFigures"} which */
function ratioOf(ours, theirs, which) {
  if (!theirs?.[which] || !ours[which] || theirs.absent) return "";
  return `${number(theirs[which].median / ours[which].median)} ×`;
}

export function printTable(results, { markdown, vs }) {
  const heads = vs ? [...headings, "other: median", "other / ours", "by processor"] : headings;
  const lines = results.map((result) => cells(result, vs));
  if (markdown) {
    for (const line of [heads, heads.map(() => "---"), ...lines]) console.log(`| ${line.join(" | ")} |`);
    return;
  }
  const widths = heads.map((head, index) => Math.max(head.length, ...lines.map((line) => [...line[index]].length)));
  const pad = (text, index) => text + " ".repeat(widths[index] - [...text].length);
  for (const line of [heads, ...lines]) console.log(line.map(pad).join("  ").trimEnd());
}
