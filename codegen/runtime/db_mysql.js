/**
 * MySQL and MariaDB: their SQL, and what their errors mean. Connections are those of db_clients.js.
 * Text is compared by its characters, as the other databases do it; a statement that changes tables
 * ends a transaction, as MySQL does it.
 */
import { handleOf } from "./db.js";
import { Client } from "./db_clients.js";

/** @param {import("./db_clients.js").ClientOptions} [options] */
export const connect = (options = {}) => handleOf(new Client("mysql", dialect, options));

const quote = (name) => `\`${name.replaceAll("`", "``")}\``;

/** An index takes no more of a text than this. */
const INDEXED_TEXT = "VARCHAR(700)";

const dialect = {
  label: "MySQL",
  quote,
  place: () => "?",
  written: (sql) => sql,
  types: { Int: "BIGINT", Float: "DOUBLE", String: "LONGTEXT", Bool: "BOOLEAN", Date: "DATETIME(3)", Json: "LONGTEXT" },
  indexedTypes: { String: INDEXED_TEXT, Json: INDEXED_TEXT },
  fits: {
    Int: /int$/i, Float: /^(double|float|decimal)$/i, String: /(text|char)$/i, Bool: /^(tinyint|bit|boolean)$/i,
    Date: /^(datetime|timestamp|date)$/i, Json: /(text|char|json)$/i,
  },
  store: {},
  key: "BIGINT AUTO_INCREMENT PRIMARY KEY",
  tableEnd: " CHARACTER SET utf8mb4",
  /** MariaDB's and MySQL's name of the order in which "a" and "a " differ. */
  collations: ["utf8mb4_nopad_bin", "utf8mb4_0900_bin"],
  noValues: "() VALUES ()",
  returns: false,
  namesReferences: true,
  turn: {
    take: { sql: "SELECT GET_LOCK('tova tables', 30)", values: [] },
    give: { sql: "SELECT RELEASE_LOCK('tova tables')", values: [] },
  },
  order: (name, down) => (down ? `${name} DESC` : name),
  columnsOf: (table) => ({
    sql: "SELECT column_name AS name, data_type AS type, CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS nullable "
      + "FROM information_schema.columns "
      + "WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
    values: [table],
  }),
  indexesOf: (table) => ({
    sql: "SELECT DISTINCT index_name AS name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ?",
    values: [table],
  }),
  problemOf,
};

const PROBLEMS = {
  __proto__: null,
  1062: "unique", 1048: "required", 1364: "required", 1452: "reference", 1216: "reference", 1451: "referenced",
  1217: "referenced", 1406: "long", 1264: "long",
};

/** What an error is about: the column, but for a unique index its name. */
function problemOf({ errno, message }) {
  const kind = PROBLEMS[errno];
  if (kind === undefined) return null;
  if (kind === "unique") return { kind, columns: [], index: / for key '(?:[^']*\.)?([^'.]*)'$/s.exec(message)?.[1] };
  const name = kind === "reference" ? /FOREIGN KEY \(`(.*?)`\) REFERENCES/s.exec(message)?.[1] : /(?:Column|Field|column) '(.*?)'/s.exec(message)?.[1];
  return { kind, columns: name === undefined ? [] : [name] };
}
