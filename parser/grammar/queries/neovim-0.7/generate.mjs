// Writes highlights.scm of this folder from ../highlights.scm: the same patterns with the capture names that Neovim 0.7
// to 0.9 know, which have no fallback from `a.b` to `a`.
//
//   node parser/grammar/queries/neovim-0.7/generate.mjs           writes it
//   node parser/grammar/queries/neovim-0.7/generate.mjs --check   exit status 1 when what is there differs
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

const header = `; Highlights for Neovim 0.7 to 0.9, written by generate.mjs from ../highlights.scm: the same patterns with the capture
; names of their time, which have no fallback: @parameter, @field, @method, @conditional, @repeat, @include, @exception.
`;

/** Names that are called otherwise; a name that is not here is the same in both. */
const olderNames = {
  "@comment.documentation": "@comment",
  "@function.call": "@function",
  "@function.method": "@method",
  "@function.method.call": "@method",
  "@keyword.conditional": "@conditional",
  "@keyword.coroutine": "@keyword",
  "@keyword.directive": "@preproc",
  "@keyword.exception": "@exception",
  "@keyword.import": "@include",
  "@keyword.modifier": "@keyword",
  "@keyword.repeat": "@repeat",
  "@keyword.type": "@keyword",
  "@string.regexp": "@string.regex",
  "@string.special.path": "@string.special",
  "@variable.member": "@field",
  "@variable.parameter": "@parameter",
};

/** The comment that a query begins with is about its own names. */
const withoutHeader = (query) => query.replace(/^(;.*\n)+/, "");

const older = header + withoutHeader(readFileSync(join(here, "../highlights.scm"), "utf8"))
  .replace(/@[a-z_.]+/g, (name) => olderNames[name] ?? name);

const target = join(here, "highlights.scm");
if (!process.argv.includes("--check")) {
  writeFileSync(target, older);
} else if (readFileSync(target, "utf8") !== older) {
  console.error("neovim-0.7/highlights.scm is not what ../highlights.scm gives: run generate.mjs");
  process.exit(1);
}
