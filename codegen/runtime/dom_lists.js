/**
 * Lists whose nodes stay with their items: an item whose key was there before keeps its nodes, its
 * effects and its state, and follows what has become of the item.
 */
import { Scope, untrack } from "./scopes.js";
import { Source, batch, watch } from "./signals.js";
import { Part, PartMaker, pieces } from "./dom_parts.js";

/** An item's nodes, and the owner of what belongs to them. */
class Row extends Scope {
  constructor(list, key, item, index) {
    super(list.scope);
    this.key = key;
    this.item = new Source(item);
    this.index = list.render.length > 1 ? new Source(index) : null;
    this.pass = 0; // the last update that this row was part of
    this.content = null;
  }

  fill(render) {
    const content = this.run(() => render(() => this.item.read(), this.index && (() => this.index.read())));
    this.content = content instanceof Element ? content : this.run(() => pieces([content]));
  }
}

class List extends Part {
  constructor(parent, read, key, render) {
    super(parent);
    this.key = key;
    this.render = render;
    this.rows = new Map();
    this.passes = 0;
    this.scope = new Scope();
    watch(() => {
      const items = read();
      untrack(() => batch(() => this.update(items)));
    });
  }

  /** Nothing of the document changes before every new row is made, so that an error leaves all as it was. */
  update(items) {
    const pass = ++this.passes;
    const made = [];
    const shown = [];
    try {
      if (this.render.length > 1 && !isNumbered(items)) {
        const pairs = items instanceof Map ? items : Object.entries(items ?? {});
        for (const [key, item] of pairs) shown.push(this.rowOf(item, key, pass, made));
      } else {
        let index = 0;
        for (const item of items) shown.push(this.rowOf(item, index++, pass, made));
      }
      for (const row of made) row.fill(this.render);
    } catch (error) {
      for (const row of made) this.drop(row);
      throw error;
    }
    if (shown.length < this.rows.size) this.dropAllBut(pass, shown.length);
    this.change(contents(shown));
  }

  dropAllBut(pass, count) {
    if (count > 0) {
      for (const row of this.rows.values()) if (row.pass !== pass) this.drop(row);
    } else {
      this.rows.clear();
      this.scope.clear();
    }
  }

  rowOf(item, index, pass, made) {
    const key = this.key(item, index);
    let row = this.rows.get(key);
    if (row === undefined) {
      row = new Row(this, key, item, index);
      this.rows.set(key, row);
      made.push(row);
    } else if (row.pass === pass) {
      throw new Error(`two items of a list have the key ${String(key)}`);
    } else {
      row.item.write(item);
      row.index?.write(index);
    }
    row.pass = pass;
    return row;
  }

  drop(row) {
    this.rows.delete(row.key);
    row.dispose();
  }
}

function contents(rows) {
  const result = [];
  for (const { content } of rows) {
    if (Array.isArray(content)) result.push(...content);
    else result.push(content);
  }
  return result;
}

/** Are places the index of its items? Those of a Map or record have keys, as in any loop with two names. */
function isNumbered(items) {
  return typeof items?.[Symbol.iterator] === "function" && !(items instanceof Map);
}

/**
 * @template T
 * @param {() => Iterable<T> | Record<string, T>} read the items; a record only for a render that takes the index
 * @param {(item: T, index: any) => any} key of an item, unique in the list
 * @param {(item: () => T, index: () => any) => any} render called once for each new key; the index is read where it is taken
 * @returns {PartMaker} a child for tova_el and insert
 */
export function keyed(read, key, render) {
  return new PartMaker((parent) => new List(parent, read, key, render));
}
