#!/usr/bin/env node
// Measures the language server, through the protocol on the real process, and the commands against the project's budgets.
// `./bench` builds and starts this. Every answer is looked at: a fast wrong one is told as WRONG, and the status is then 1.
import { tova } from "../harness/program.mjs";
import { loadAverage } from "./daemon/clock.mjs";
import { Contender } from "./daemon/scene.mjs";
import { documentScene } from "./daemon/scene_document.mjs";
import { filesScene } from "./daemon/scene_files.mjs";
import { parseScene } from "./daemon/scene_parse.mjs";
import { startScene } from "./daemon/scene_start.mjs";
import { printTable, targetOf } from "./daemon/table.mjs";

const usage = `usage: ./bench [--quick] [--only NAME]... [--vs "COMMAND"] [--markdown] [--list]
  --quick         a fifth of the samples
  --only NAME     only the rows whose names hold NAME; --list prints their names
  --vs "COMMAND"  another language server, over standard input and output, which takes turns with ours
  --markdown      prints the table as Markdown
`;

const scenes = [startScene, ...[100, 1000, 10_000, 50_000].map(documentScene), filesScene, parseScene];

function options(words) {
  const found = { only: [], quick: false, markdown: false, list: false, vs: undefined };
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--only" || word === "--vs") {
      if (words.length === 0) return undefined;
      if (word === "--only") found.only.push(words.shift());
      else found.vs = words.shift().split(" ").filter(Boolean);
    } else if (["--quick", "--markdown", "--list"].includes(word)) found[word.slice(2)] = true;
    else return undefined;
  }
  return found;
}

const chosen = options(process.argv.slice(2));
if (!chosen) {
  process.stderr.write(usage);
  process.exit(2);
}
const isWanted = (row) => chosen.only.length === 0 || chosen.only.some((name) => row.name.includes(name));

if (chosen.list) {
  for (const row of scenes.flatMap(({ rows }) => rows)) console.log(`${row.name.padEnd(22)} ${row.what} (${targetOf(row)})`);
  process.exit(0);
}

const ours = new Contender("tova", [tova, "lsp"]);
const theirs = chosen.vs && new Contender("the other server", chosen.vs);
const results = [];
const before = loadAverage();
for (const scene of scenes) {
  const rows = scene.rows.filter(isWanted);
  if (rows.length === 0) continue;
  process.stderr.write(`${scene.name}\n`);
  await scene.run(theirs ? [ours, theirs] : [ours], rows, chosen);
  results.push(...rows.map((row) => ({ row, ours: ours.result(row), theirs: row.ours ? undefined : theirs?.result(row) })));
}
printTable(results, { markdown: chosen.markdown, vs: theirs !== undefined });
if (!chosen.markdown) {
  console.log(`\nmilliseconds unless said; processes that wanted a processor before and after: ${before}, ${loadAverage()}`);
  console.log(`"processor" is what the server needed itself; "but for waiting": that holds the target, the clock does not, and
the wait is the machine's, whose floor (\`--only round-trip\`) is in no answer's power`);
}
if (results.some(({ ours: { wrong } }) => wrong > 0)) process.exitCode = 1;
