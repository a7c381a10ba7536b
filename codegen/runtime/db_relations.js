/**
 * Relations between models: belongs_to is a column with the id of the other's record, has_many and
 * has_one are the other's records that have this one's. They are found in a query for all records
 * at once, never one for each.
 */
import { optionOf } from "./db_columns.js";
import { refuse, wordOf } from "./db_conditions.js";

/** So many ids go into one question. */
const CHUNK = 1000;

/** @param {string} name of a model @returns {string} BlogPost: blog_post */
export const wordsOf = (name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();

/**
 * @typedef {object} Relation
 * @property {"belongs_to" | "has_many" | "has_one"} kind
 * @property {string} name of the method, and of the member that `with` adds
 * @property {string} model
 * @property {string} column with the id: of this model's table for belongs_to, else of the other's
 * @property {string} type of the column: Int, Int? or Option<Int>
 */

/**
 * @param {string} owner name of the model
 * @param {{ belongs_to?: string[], has_many?: string[], has_one?: string[] }} settings names of models; Option<name> or name? where there may be none
 * @returns {Relation[]}
 */
export function relationsOf(owner, settings) {
  const one = (kind, text) => {
    const model = optionOf(text) ?? text;
    const own = kind === "belongs_to";
    return {
      kind, model,
      name: kind === "has_many" ? `${wordsOf(model)}s` : wordsOf(model),
      column: `${wordsOf(own ? model : owner)}_id`,
      type: own ? text.replace(model, "Int") : "Int",
    };
  };
  return ["belongs_to", "has_many", "has_one"].flatMap((kind) => (settings[kind] ?? []).map((text) => one(kind, text)));
}

/** A plan that gives records what they are related to, as members. */
export function* relate(records, relation, other) {
  const keyOf = (record) => plain(relation.kind === "belongs_to" ? record[relation.column] : record.id);
  const keys = [...new Set(records.map(keyOf).filter((key) => key !== null))];
  const column = relation.kind === "belongs_to" ? "id" : relation.column;
  const found = new Map();
  for (let start = 0; start < keys.length; start += CHUNK) {
    for (const record of yield* other.rowsPlan({ [column]: keys.slice(start, start + CHUNK) })) {
      const key = plain(record[column]);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(record);
    }
  }
  for (const record of records) {
    const list = found.get(keyOf(record)) ?? [];
    record[relation.name] = relation.kind === "has_many" ? list : list[0] ?? null;
  }
}

/** An Option's value, or null. */
const plain = (value) => (value?.__tag === undefined ? value ?? null : value.value ?? null);

/** @param {Relation[]} relations @param {string | string[] | undefined} wanted @returns {Relation[]} */
export function chosen(relations, wanted) {
  const names = wanted === undefined || wanted === null ? [] : Array.isArray(wanted) ? wanted : [wanted];
  refuse(names.filter((name) => !relations.some((relation) => relation.name === name)).map((name) => `with: ${wordOf(name)} is not a relation`));
  return relations.filter(({ name }) => names.includes(name));
}
