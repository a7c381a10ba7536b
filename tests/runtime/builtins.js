// The table of builtins as the tests read it: analysis/builtins.def and the files that it includes.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dir, "../../analysis");
export const runtime = join(import.meta.dir, "../../codegen/runtime");

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const STRINGS = `${STRING}(?:\\s*${STRING})*`;
const ROW = new RegExp(`^(TWIN_|WAITING_)?(FUNCTION|PAIR|WAITING|VALUE|ABSENT|BUILTIN)\\((\\w+), ((?:(?:${STRINGS}|\\w+)(?:,\\s*)?)+)\\)`, "gm");

const MEMBER = /^(SAME|MEMBER)\((\w+), "(\w+)"/gm;
const METHOD = /^(METHODS?)\((\w+), (TEXTS|LISTS|BOTH), (YES|NO)\)/gm;

const unquoted = (text) => [...text.matchAll(new RegExp(STRING, "g"))].map(([part]) => JSON.parse(part)).join("");

/** A row's arguments behind its identifier: texts, and words as they are. */
const argumentsOf = (text) => [...text.matchAll(new RegExp(`${STRINGS}|\\w+`, "g"))]
  .map(([part]) => (part.startsWith('"') ? unquoted(part) : part));

function rowOf([, prefix, kind, id, text]) {
  const values = argumentsOf(text);
  if (kind === "ABSENT") return { id, name: values[0], spellings: [values[0]], module: null, absent: values[3] };
  const spellings = kind === "PAIR" ? values.slice(0, 2) : values.slice(0, 1);
  const [module, side] = values.slice(spellings.length);
  const twin = prefix === "TWIN_" ? values[spellings.length + 2] : null;
  return { id, name: spellings[0], spellings, module: module || null, side, twin };
}

const text = readFileSync(join(folder, "builtins.def"), "utf8");
const files = [...text.matchAll(/^#include "analysis\/(.+)"$/gm)].map(([, file]) => file);

/** One entry a row: its spellings, the preferred one first, and the module that has them; null where it is absent, or made by the compiler. */
export const rows = files.flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(ROW)].map(rowOf));

/** What stands in another file of the folder builtins/. */
const entries = (file, pattern) => [...readFileSync(join(folder, "builtins", file), "utf8").matchAll(pattern)];

/** The members of namespaces: { space, name } with the namespace's own name. */
export const members = entries("members.def", MEMBER)
  .map(([, , id, name]) => ({ space: rows.find((row) => row.id === id).name, name }));

const spellingsOf = (id) => rows.find((row) => row.id === id || row.id === id.replace(/_CAMEL$/, ""));

/** Builtins that are methods: { name, receiver }. */
export const methods = entries("methods.def", METHOD).flatMap(([, both, id, receiver]) => {
  const { spellings } = spellingsOf(id);
  if (both === "METHODS") return spellings.map((name) => ({ name, receiver }));
  return [{ name: id.endsWith("_CAMEL") ? spellings[0] : spellings.at(-1), receiver }];
});

/** What the runtime exports under the name of a builtin. */
export async function implementation(name) {
  const row = rows.find(({ spellings }) => spellings.includes(name));
  if (row === undefined) throw new Error(`there is no builtin ${name}`);
  return (await import(join(runtime, row.module)))[name];
}
