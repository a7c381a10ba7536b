/**
 * Builtin functions over dates. A date is a Date or a number of milliseconds since 1970-01-01 UTC;
 * results are Dates. Parts and formats are in the local time of the machine.
 */
import { Err, Ok } from "./result.js";
import { now } from "./values.js";

/** @param {Date | number | string} date */
const dateOf = (date) => (date instanceof Date ? date : new Date(date));

const two = (number) => String(number).padStart(2, "0");

export const nowIso = () => new Date().toISOString();

/** A text with a day only is that day's midnight in UTC, as ISO 8601 is read in JavaScript. */
export function dateParse(text) {
  const date = typeof text === "string" && text.trim() === "" ? new Date(NaN) : new Date(text);
  return Number.isNaN(date.getTime()) ? Err(`Invalid date: ${text}`) : Ok(date);
}

/** @param {{ year?: number, month?: number, day?: number, hour?: number, minute?: number, second?: number }} parts */
export function dateFrom({ year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 }) {
  const date = new Date(2000, month - 1, day, hour, minute, second);
  date.setFullYear(year, month - 1, day);
  return date;
}

const PRESETS = { date: "YYYY-MM-DD", time: "HH:mm:ss", datetime: "YYYY-MM-DD HH:mm:ss" };

const TOKENS = {
  YYYY: (date) => String(date.getFullYear()).padStart(4, "0"),
  MM: (date) => two(date.getMonth() + 1),
  DD: (date) => two(date.getDate()),
  HH: (date) => two(date.getHours()),
  mm: (date) => two(date.getMinutes()),
  ss: (date) => two(date.getSeconds()),
  SSS: (date) => String(date.getMilliseconds()).padStart(3, "0"),
  QQ: (date) => `Q${Math.floor(date.getMonth() / 3) + 1}`,
};

/** @param {string} [format] "iso", "date", "time", "datetime", or a pattern of tokens */
export function dateFormat(value, format = "iso") {
  const date = dateOf(value);
  if (Number.isNaN(date.getTime())) return "Invalid Date";
  if (format === "iso") return date.toISOString();
  return (PRESETS[format] ?? format).replace(/YYYY|MM|DD|HH|mm|SSS|ss|QQ/g, (token) => TOKENS[token](date));
}

const MILLISECONDS = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };

/** "days" and "day" are the same unit. */
function unitOf(unit, caller) {
  const name = unit.replace(/s$/, "");
  if (name in MILLISECONDS || ["day", "week", "month", "year"].includes(name)) return name;
  throw new RangeError(`${caller} knows no unit ${unit}`);
}

/** Days and longer units keep the time of day; a day that a month lacks becomes its last. */
export function dateAdd(value, amount, unit) {
  const date = new Date(dateOf(value));
  const name = unitOf(unit, "dateAdd");
  if (name in MILLISECONDS) return new Date(date.getTime() + amount * MILLISECONDS[name]);
  if (name === "day" || name === "week") date.setDate(date.getDate() + amount * (name === "week" ? 7 : 1));
  else addMonths(date, amount * (name === "year" ? 12 : 1));
  return date;
}

function addMonths(date, months) {
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() + months);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  date.setDate(Math.min(day, last));
}

/** Whole units from the first to the second, towards zero. */
export function dateDiff(from, to, unit) {
  const [start, end] = [dateOf(from), dateOf(to)];
  const name = unitOf(unit, "dateDiff");
  if (name in MILLISECONDS) return whole((end - start) / MILLISECONDS[name]);
  if (name === "day" || name === "week") return whole(days(start, end) / (name === "week" ? 7 : 1));
  return whole(months(start, end) / (name === "year" ? 12 : 1));
}

/** Towards zero, and never minus zero. */
const whole = (number) => Math.trunc(number) + 0;

/** A day has 24 hours except where the clocks change. */
const days = (start, end) =>
  (end - start - (end.getTimezoneOffset() - start.getTimezoneOffset()) * 60_000) / 86_400_000;

function months(start, end) {
  const [first, second] = start <= end ? [start, end] : [end, start];
  let count = (second.getFullYear() - first.getFullYear()) * 12 + second.getMonth() - first.getMonth();
  if (dateAdd(first, count, "month") > second) count--;
  return start <= end ? count : -count;
}

const PARTS = {
  year: (date) => date.getFullYear(),
  month: (date) => date.getMonth() + 1,
  day: (date) => date.getDate(),
  hour: (date) => date.getHours(),
  minute: (date) => date.getMinutes(),
  second: (date) => date.getSeconds(),
  weekday: (date) => date.getDay(),
};

/** nil where there is no such part. */
export const datePart = (value, part) => PARTS[part]?.(dateOf(value)) ?? null;

const AGES = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** A date to come counts as now. */
export function timeAgo(value) {
  const seconds = Math.max(0, Math.floor((now() - dateOf(value)) / 1000));
  const [unit, size] = AGES.find(([, least]) => seconds >= least) ?? AGES.at(-1);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

export {
  dateAdd as date_add, dateDiff as date_diff, dateFormat as date_format, dateFrom as date_from,
  dateParse as date_parse, datePart as date_part, nowIso as now_iso, timeAgo as time_ago,
};

export const dt = Object.freeze({
  now, nowIso, now_iso: nowIso, parse: dateParse, format: dateFormat, add: dateAdd, diff: dateDiff, from: dateFrom,
  part: datePart, timeAgo, time_ago: timeAgo,
});
