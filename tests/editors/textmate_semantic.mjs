// The grammar and the semantic tokens speak of one thing: where the daemon answers, a name keeps the colour that it had before.
// The table says which scopes a kind of token stands on; what only an analysis can know (which names are never assigned
// again, which are functions or variants) is allowed for where it is said.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "../lsp_client/editor.mjs";
import { tokenize } from "./textmate_grammar.mjs";

const name = ["variable.", "entity.name.function"];
const type = ["entity.name.type", "support.type", "support.class"];
/** By type, or type.modifier where that has a scope of its own. */
const scopes = {
  keyword: ["storage.", "keyword.other", "constant.language.method"],
  namespace: ["entity.name.namespace", "variable.other", "entity.name.section", "support.class", "entity.name.type"],
  "namespace.remote": ["entity.name.namespace", "variable.other", "entity.name.section"],
  component: ["support.class.component", "entity.name.type", "entity.name.function"],
  decorator: ["entity.name.function"],
  event: ["entity.other.attribute-name.event"],
  method: ["entity.name.function", "variable.other.property"],
  function: [...name, "keyword.operator.word", "keyword.control"],
  parameter: name,
  variable: [...name, "entity.other.attribute-name"],
  property: [...name, "entity.other.attribute-name", "string.", "entity.name.type"],
  enumMember: ["variable.other.enummember", "entity.name.type", "entity.name.function"],
  type, class: type, struct: type, interface: type, enum: type, typeParameter: type,
};

const capabilities = { textDocument: { semanticTokens: { requests: { full: true }, augmentsSyntaxTokens: true, tokenTypes: [], tokenModifiers: [], formats: ["relative"] } } };

/** The tokens of an answer, with their places and names. */
function* decoded(data, { tokenTypes, tokenModifiers }) {
  let line = 0;
  let start = 0;
  for (let i = 0; i < data.length; i += 5) {
    line += data[i];
    start = data[i] > 0 ? data[i + 1] : start + data[i + 1];
    const modifiers = tokenModifiers.filter((_, bit) => (data[i + 4] >> bit) & 1);
    yield { line, start, end: start + data[i + 2], type: tokenTypes[data[i + 3]], modifiers };
  }
}

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".tova") && !/(^|\/)(\.tova-out|node_modules|dist)\//.test(path))
    .map((path) => [path, readFileSync(join(folder, path), "utf8")]);
}

test("where the daemon answers, names keep the kind of colour that the grammar gave them", async (t) => {
  const examples = join(root, "examples");
  const differ = new Map();
  let count = 0;
  for (const { name: example } of readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const files = Object.fromEntries(sources(join(examples, example)));
    const editor = await startEditor(t, files, { capabilities });
    const { legend } = editor.initialized.capabilities.semanticTokensProvider;
    for (const [path, text] of Object.entries(files)) {
      await editor.open(path);
      const { data } = await editor.connection.sendRequest("textDocument/semanticTokens/full", { textDocument: { uri: editor.uri(path) } });
      const { tokens } = tokenize(text.split("\n"));
      for (const { line, start, end, type, modifiers } of decoded(data, legend)) {
        const scope = tokens[line].findLast(({ startIndex }) => startIndex <= start).scopes.at(-1);
        const allowed = modifiers.map((modifier) => scopes[`${type}.${modifier}`]).find(Boolean) ?? scopes[type];
        count += 1;
        if (!allowed?.some((prefix) => scope.startsWith(prefix))) {
          const kind = `${[type, ...modifiers].join(".")} on ${scope}`;
          const word = text.split("\n")[line].slice(start, end);
          differ.set(kind, [...(differ.get(kind) ?? []), `${relative(root, join(examples, example, path))}:${line + 1} ${word}`]);
        }
      }
    }
  }
  assert.ok(count > 3000, `${count} tokens`);
  assert.deepEqual([...differ].map(([kind, places]) => `${kind}: ${places.slice(0, 3).join(", ")}`), []);
});
