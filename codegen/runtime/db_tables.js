/**
 * The tables of models: made where they are not, given the columns that they have not, with their
 * unique indexes and references. Nothing is ever dropped or changed; a column of another type than
 * the model says is an error that tells which.
 */

/**
 * @typedef {object} Shape of a model's table
 * @property {string} name of the model
 * @property {string} table
 * @property {import("./db_columns.js").Column[]} columns id first
 * @property {string[][]} unique the columns that are unique together
 * @property {{ column: string, table: string }[]} references
 */

/** A plan (db.js). @param {{ shape: () => Shape }[]} models @param {object} dialect */
export function* tablesPlan(models, dialect) {
  const { lock, turn } = dialect;
  if (lock !== undefined) yield lock;
  if (turn !== undefined) yield turn.take;
  try {
    const shapes = models.map((model) => model.shape());
    const added = [];
    for (const shape of shapes) added.push(yield* makeTable(shape, dialect));
    for (const [index, shape] of shapes.entries()) {
      if (dialect.namesReferences) yield* addReferences(shape, added[index], dialect);
      yield* addIndexes(shape, dialect);
    }
  } finally {
    if (turn !== undefined) yield turn.give;
  }
}

/** @returns the names of the columns that are new */
function* makeTable(shape, dialect) {
  const { rows } = yield dialect.columnsOf(shape.table);
  if (rows.length > 0) return yield* addColumns(shape, rows, dialect);
  const definitions = shape.columns.map((column) => (
    column.name === "id" ? `${dialect.quote("id")} ${dialect.key}`
      : `${definitionOf(shape, column, dialect)}${column.required ? " NOT NULL" : ""}${referenceOf(shape, column, dialect)}`
  ));
  yield run(`CREATE TABLE IF NOT EXISTS ${dialect.quote(shape.table)} (${definitions.join(", ")})${yield* endOfTable(dialect)}`);
  return shape.columns.map(({ name }) => name);
}

function* endOfTable({ tableEnd, collations }) {
  if (collations === undefined) return tableEnd;
  const { rows } = yield {
    sql: `SELECT collation_name AS name FROM information_schema.collations WHERE collation_name IN (${collations.map(() => "?").join(", ")})`,
    values: collations,
  };
  return rows.length === 0 ? tableEnd : `${tableEnd} COLLATE ${rows[0].name}`;
}

const run = (sql, values = []) => ({ sql, values });

function definitionOf(shape, { name, kind }, dialect) {
  const indexed = shape.unique.some((columns) => columns.includes(name));
  const type = (indexed ? dialect.indexedTypes?.[kind] : undefined) ?? dialect.types[kind];
  return `${dialect.quote(name)} ${type}`;
}

function referenceOf(shape, { name }, dialect) {
  const found = dialect.namesReferences ? undefined : shape.references.find(({ column }) => column === name);
  return found === undefined ? "" : ` REFERENCES ${dialect.quote(found.table)} (${dialect.quote("id")})`;
}

function* addColumns(shape, rows, dialect) {
  const present = new Map(rows.map(({ name, type }) => [name, type]));
  refuseOtherTypes(shape, present, dialect);
  const table = dialect.quote(shape.table);
  const added = shape.columns.filter(({ name }) => !present.has(name));
  for (const column of added) {
    yield run(`ALTER TABLE ${table} ADD COLUMN ${definitionOf(shape, column, dialect)}${referenceOf(shape, column, dialect)}`);
    yield* fillColumn(shape, column, dialect, true);
  }
  const nullable = new Set(rows.filter((row) => Number(row.nullable) === 1).map(({ name }) => name));
  for (const column of shape.columns) {
    if (column.required && nullable.has(column.name)) yield* fillColumn(shape, column, dialect, false);
  }
  return added.map(({ name }) => name);
}

/**
 * Rows that were there before a column get its default; without one they have nothing in it. A default may come later than
 * its column: then nothing is what no field of this type can be, and such rows get it too. Where it is another value each time,
 * each row has its own.
 */
function* fillColumn({ table, unique }, { name, default: make, store }, { quote }, isNew) {
  if (make === undefined) return;
  const empty = `${quote(name)} IS NULL`;
  const update = (where, values) => run(`UPDATE ${quote(table)} SET ${quote(name)} = ? WHERE ${where}`, values);
  const { rows } = yield run(`SELECT 1 AS found FROM ${quote(table)} WHERE ${empty} LIMIT 1`);
  if (rows.length === 0) return;
  const value = store(make());
  if (value !== store(make())) {
    const id = quote("id");
    const { rows: all } = yield run(`SELECT ${id} AS id FROM ${quote(table)} WHERE ${empty} ORDER BY ${id}`);
    for (const row of all) yield update(`${id} = ?`, [store(make()), row.id]);
  } else if (isNew || !unique.some((columns) => columns.length === 1 && columns[0] === name)) {
    yield update(empty, [value]);
  }
}

function refuseOtherTypes({ name: model, table, columns }, present, { fits, types, label }) {
  if (!present.has("id")) throw new Error(`The model ${model} needs a column id, which the table "${table}" has not.`);
  const wrong = columns.filter(({ name, kind }) => present.get(name) && !fits[kind].test(present.get(name)));
  if (wrong.length === 0) return;
  const texts = wrong.map(({ name, kind }) => (
    `The column "${name}" of the table "${table}" is ${present.get(name).toUpperCase()}; `
    + `the model ${model} says ${kind}, which is ${types[kind].split(" COLLATE")[0]} in ${label}.`
  ));
  throw new Error(`${texts.join(" ")} Nothing was changed: change the model, or the table by a migration.`);
}

function* addReferences({ table, references }, added, { quote }) {
  for (const reference of references.filter(({ column }) => added.includes(column))) {
    const name = quote(shortName(`${table}_${reference.column}_reference`));
    yield run(
      `ALTER TABLE ${quote(table)} ADD CONSTRAINT ${name} FOREIGN KEY (${quote(reference.column)}) `
      + `REFERENCES ${quote(reference.table)} (${quote("id")})`,
    );
  }
}

function* addIndexes({ table, unique }, { quote, indexesOf, problemOf }) {
  if (unique.length === 0) return;
  const { rows } = yield indexesOf(table);
  for (const columns of unique) {
    const name = uniqueName(table, columns);
    if (rows.some((row) => row.name === name)) continue;
    try {
      yield run(`CREATE UNIQUE INDEX ${quote(name)} ON ${quote(table)} (${columns.map(quote).join(", ")})`);
    } catch (error) {
      if (problemOf(error)?.kind !== "unique") throw error;
      throw new Error(`The table "${table}" has several rows with the same ${columns.join(" and ")}, so that it cannot be unique.`);
    }
  }
}

/** @param {string} table @param {string[]} columns @returns {string} the name of their index */
export const uniqueName = (table, columns) => shortName(`${table}_${columns.join("_")}_unique`);

/** Databases keep 63 bytes of a name. */
function shortName(name) {
  if (Buffer.byteLength(name) <= 60) return name;
  return `tova_${Bun.hash(name).toString(36)}`;
}
