/**
 * Cron expressions: `minute hour day month weekday`, with seconds in front where there are six fields; `*`,
 * lists, ranges, steps, names of months and weekdays, 7 for Sunday, and @hourly and its like. Times are local.
 */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS = [
  { low: 0, high: 59, names: [] }, { low: 0, high: 59, names: [] }, { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] }, { low: 1, high: 12, names: MONTHS }, { low: 0, high: 7, names: DAYS },
];

const SHORT = {
  __proto__: null,
  "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
};

/** Times that come less often than this come never: the 30th of February. */
const MAX_YEARS = 9;

/**
 * @typedef {object} Cron
 * @property {Set<number>} seconds @property {Set<number>} minutes @property {Set<number>} hours
 * @property {(date: Date) => boolean} isDay
 * @property {Set<number>} months from 1
 */

/** @param {string} text @returns {Cron | null} null where it is none, or has no times */
export function parseCron(text) {
  const parts = (SHORT[text.trim().toLowerCase()] ?? text).trim().toLowerCase().split(/\s+/);
  if (parts.length === 5) parts.unshift("0");
  if (parts.length !== 6) return null;
  const sets = parts.map((part, index) => fieldOf(part, FIELDS[index]));
  if (sets.includes(null)) return null;
  const [seconds, minutes, hours, days, months, weekdays] = sets;
  if (weekdays.has(7)) weekdays.add(0);
  const cron = { seconds, minutes, hours, months, isDay: dayTest(parts, days, weekdays) };
  return Number.isNaN(nextTime(cron, Date.now())) ? null : cron;
}

/** Where both say something, a day of either will do. */
function dayTest(parts, days, weekdays) {
  const ofMonth = (date) => days.has(date.getDate());
  const ofWeek = (date) => weekdays.has(date.getDay());
  const either = !parts[3].startsWith("*") && !parts[5].startsWith("*");
  return either ? (date) => ofMonth(date) || ofWeek(date) : (date) => ofMonth(date) && ofWeek(date);
}

/** @returns {Set<number> | null} */
function fieldOf(text, field) {
  const numbers = new Set();
  for (const part of text.split(",")) {
    const range = rangeOf(part, field);
    if (range === null) return null;
    for (let n = range.from; n <= range.to; n += range.step) numbers.add(n);
  }
  return numbers;
}

function rangeOf(part, { low, high, names }) {
  const [, span, steps] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  if (span === undefined || steps === "0") return null;
  const [first, last, ...more] = span.split("-").map((word) => numberOf(word, names, low));
  const step = Number(steps ?? 1);
  if (span === "*") return { from: low, to: high === 7 ? 6 : high, step };
  const to = last ?? (steps === undefined ? first : high);
  return more.length === 0 && first >= low && to <= high && first <= to ? { from: first, to, step } : null;
}

function numberOf(word, names, low) {
  const index = names.indexOf(word);
  if (index >= 0) return index + low;
  return /^\d+$/.test(word) ? Number(word) : NaN;
}

/**
 * The first time of an expression behind another time. Fields are stepped from the largest to the
 * smallest, each with all smaller ones at their start; the calendar is that of Date, changes of the
 * clock included.
 * @param {Cron} cron
 * @param {number} after milliseconds
 * @returns {number} milliseconds; NaN where it never comes
 */
export function nextTime(cron, after) {
  const date = new Date(after);
  date.setMilliseconds(0);
  date.setSeconds(date.getSeconds() + 1);
  const end = date.getFullYear() + MAX_YEARS;
  while (date.getFullYear() < end) {
    if (!cron.months.has(date.getMonth() + 1)) startOf(date, date.getFullYear(), date.getMonth() + 1, 1);
    else if (!cron.isDay(date)) startOf(date, date.getFullYear(), date.getMonth(), date.getDate() + 1);
    else if (!cron.hours.has(date.getHours())) nextHour(date);
    else if (!cron.minutes.has(date.getMinutes())) date.setTime((Math.floor(date.getTime() / 60_000) + 1) * 60_000);
    else if (!cron.seconds.has(date.getSeconds())) date.setTime(date.getTime() + 1000);
    else return date.getTime();
  }
  return NaN;
}

function startOf(date, year, month, day) {
  date.setHours(0, 0, 0, 0);
  date.setFullYear(year, month, day);
}

/** In time that passes, not on the clock, which may show an hour twice. */
function nextHour(date) {
  date.setTime(date.getTime() + (60 - date.getMinutes()) * 60_000 - date.getSeconds() * 1000);
}
