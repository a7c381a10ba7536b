/**
 * read and write: files of data by the ending of their name. A table comes from .csv, .tsv, .jsonl and from
 * a list of records in .json; anything else is JSON or text. An address is fetched, a database asked.
 */
import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { formatCsv, formatJsonLines, parseCsv, parseJsonLines } from "./csv.js";
import { Table } from "./tables.js";
import { columnsOf } from "./text_tables.js";

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isTableList = (value) => Array.isArray(value) && value.length > 0 && value.every(isRecord);

const csv = (text, options) => {
  const { rows, columns } = parseCsv(text, options);
  return Table(rows, columns);
};

const READERS = {
  csv,
  tsv: (text, options) => csv(text, { delimiter: "\t", ...options }),
  txt: (text, options) => (options?.delimiter === undefined ? text : csv(text, options)),
  json(text) {
    const value = JSON.parse(text);
    return isTableList(value) ? Table(value) : value;
  },
  jsonl: (text) => Table(parseJsonLines(text)),
  ndjson: (text) => Table(parseJsonLines(text)),
};

const FOREIGN = { xlsx: "Excel", xls: "Excel", parquet: "Parquet" };

/** @param {string} path @returns {string} the ending in lower case, without its dot */
function endingOf(path) {
  const ending = /\.([a-z\d]+)$/i.exec(path.replace(/[?#].*$/, ""))?.[1].toLowerCase() ?? "";
  if (ending in FOREIGN) throw new Error(`${FOREIGN[ending]} files need a library that is no part of Tova: ${path}`);
  return ending;
}

const TYPES = { "text/csv": "csv", "application/json": "json", "text/tab-separated-values": "tsv", "application/x-ndjson": "jsonl" };

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const type = (response.headers.get("content-type") ?? "").split(";")[0].trim();
  return { text: await response.text(), ending: endingOf(new URL(address).pathname) || TYPES[type] || "" };
}

/**
 * @param {string | { query(sql: string, values?: any[]): any }} source a path, an address, or a database
 * @param {any} [options] delimiter and header of CSV; of a database the query
 * @param {any[]} [values] of the query
 */
export async function read(source, options, values) {
  if (typeof source !== "string") return source.query(options, values);
  const { text, ending } = /^https?:\/\//i.test(source)
    ? await fetched(source)
    : { ending: endingOf(source), text: await readFile(source, "utf8") };
  return Object.hasOwn(READERS, ending) ? READERS[ending](text, options) : text;
}

const rowsOf = (value) => (value?.isTable === true || value?.isLazyTable === true || Array.isArray(value) ? [...value] : [value]);
const columnsFor = (value, rows) => (value?.isTable === true ? value.columns : columnsOf(rows));

function csvText(value, options) {
  const rows = rowsOf(value);
  return formatCsv(rows, columnsFor(value, rows), options);
}

const WRITERS = {
  csv: csvText,
  tsv: (value, options) => csvText(value, { delimiter: "\t", ...options }),
  json: (value) => `${JSON.stringify(value, null, 2)}\n`,
  jsonl: (value) => formatJsonLines(rowsOf(value)),
  ndjson: (value) => formatJsonLines(rowsOf(value)),
};

/** Lines of names are not repeated in a file that has one. */
async function isEmptyFile(path) {
  return stat(path).then(({ size }) => size === 0, () => true);
}

/**
 * @param {any} value a table, a list of records, or whatever the ending takes
 * @param {string | { writeTable(table: any, name: string, options?: any): void }} target a path, or a database
 * @param {any} [options] append, delimiter, header; of a database the name of the table
 * @param {any} [more] options of a database: append
 */
export async function write(value, target, options, more) {
  if (typeof target !== "string") return target.writeTable(value, options, more);
  const ending = endingOf(target);
  const append = options?.append === true;
  if (append && ending === "json") throw new Error(`${target}: a JSON file cannot be appended to; .jsonl can`);
  const header = options?.header ?? (!append || (await isEmptyFile(target)));
  const format = WRITERS[ending] ?? String;
  await (append ? appendFile : writeFile)(target, format(value, { ...options, header }));
  return null;
}
