/**
 * CSV as RFC 4180 describes it, to tables and back; and JSON Lines. Where files lie is none of its business.
 */

const DELIMITERS = [",", "\t", ";", "|"];

/** The one that occurs most often in the first line, outside of quotes. */
export function delimiterOf(text) {
  const [line = ""] = text.replace(/"(?:[^"]|"")*"/g, "").split(/\r\n|\n|\r/, 1);
  const count = (delimiter) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** @param {string} text @param {string} delimiter @returns {{ text: string, quoted: boolean }[][]} */
function recordsOf(text, delimiter) {
  const records = [];
  let record = [];
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter);
    record.push(field);
    at = field.end;
    if (text[at] === delimiter) {
      at++;
      if (at === text.length) record.push({ text: "", quoted: false });
      continue;
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
}

function plainField(text, start, delimiter) {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end++;
  return { text: text.slice(start, end), quoted: false, end };
}

/** A quote that is never closed reaches to the end. */
function quotedField(text, start) {
  let end = start + 1;
  let value = "";
  for (;;) {
    const quote = text.indexOf('"', end);
    if (quote < 0) return { text: value + text.slice(end), quoted: true, end: text.length };
    value += text.slice(end, quote);
    if (text[quote + 1] !== '"') return { text: value, quoted: true, end: quote + 1 };
    value += '"';
    end = quote + 2;
  }
}

/** What these words mean where they stand without quotes. */
const WORDS = new Map([["true", true], ["false", false], ["null", null], ["nil", null]]);

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;

/** Numbers, true, false and nil are what they say unless quoted, nothing is nil, anything else is text. */
function valueOf({ text, quoted }) {
  if (quoted) return text;
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (WORDS.has(trimmed)) return WORDS.get(trimmed);
  const number = NUMBER.test(trimmed) ? Number(trimmed) : NaN;
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : text;
}

/**
 * @param {string} text
 * @param {{ delimiter?: string, header?: boolean }} [options] found out unless given; without a header the
 *   columns are col_0, col_1 …
 * @returns {{ rows: Record<string, any>[], columns: string[] }}
 */
export function parseCsv(text, { delimiter, header = true } = {}) {
  const plain = text.replace(/^\uFEFF/, "");
  const records = recordsOf(plain, delimiter ?? delimiterOf(plain)).filter((record) => record.length > 1 || record[0].text !== "");
  if (records.length === 0) return { rows: [], columns: [] };
  const columns = header ? records[0].map((field) => field.text.trim()) : records[0].map((_, index) => `col_${index}`);
  const rowOf = (record) => Object.fromEntries(columns.map((name, index) => [name, index < record.length ? valueOf(record[index]) : null]));
  return { rows: records.slice(header ? 1 : 0).map(rowOf), columns };
}

function fieldOf(value, delimiter) {
  if (value == null) return "";
  const text = typeof value === "object" && !(value instanceof Date) ? JSON.stringify(value) : textOf(value);
  const mustQuote = text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) || (typeof value === "string" && (NUMBER.test(text) || WORDS.has(text)));
  return mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
}

const textOf = (value) => (value instanceof Date ? value.toISOString() : String(value));

/** @param {Record<string, any>[]} rows @param {string[]} columns @param {{ delimiter?: string, header?: boolean }} [options] */
export function formatCsv(rows, columns, { delimiter = ",", header = true } = {}) {
  const line = (values) => values.map((value) => fieldOf(value, delimiter)).join(delimiter);
  const lines = rows.map((row) => line(columns.map((name) => row[name])));
  return [...(header ? [line(columns)] : []), ...lines].map((text) => `${text}\n`).join("");
}

/** @param {string} text @returns {any[]} @throws {SyntaxError} that names the line */
export function parseJsonLines(text) {
  return text.split(/\r\n|\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line)];
    } catch (error) {
      throw new SyntaxError(`line ${index + 1}: ${error.message}`);
    }
  });
}

export const formatJsonLines = (values) => values.map((value) => `${JSON.stringify(value)}\n`).join("");
