// The TextMate grammar of editors/vscode in the engine that Visual Studio Code has.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../harness/program.mjs";

const require = createRequire(import.meta.url);
export const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const embedded = (name) => require.resolve(`tm-grammars/grammars/${name}.json`);
const files = new Map([
  ["source.tova", join(root, "editors/vscode/syntaxes/tova.tmLanguage.json")],
  ["source.css", embedded("css")],
  ["source.sql", embedded("sql")],
]);

async function load() {
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      files.has(scope) ? parseRawGrammar(readFileSync(files.get(scope), "utf8"), files.get(scope)) : null,
  });
  return registry.loadGrammar("source.tova");
}

export const grammar = await load();

/** Tokens of each line, and what is still open behind the last one. */
export function tokenize(lines) {
  let state = INITIAL;
  const tokens = lines.map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens;
  });
  return { tokens, state };
}
