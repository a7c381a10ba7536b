/**
 * `log`: messages with levels. debug and info go to the standard output, warn and error to the
 * standard error. Level and format are the same for all logs of a process; fields are a log's own.
 */
import { to_string } from "./values.js";

const LEVELS = ["debug", "info", "warn", "error"];
const LABELS = { debug: "DBG", info: "INF", warn: "WRN", error: "ERR" };
const FORMATS = { pretty, json: asJson };

const settings = { level: "debug", format: "pretty" };

const two = (number) => String(number).padStart(2, "0");

function pretty(level, message, fields, time) {
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":");
  const extra = Object.entries(fields).map(([name, value]) => ` ${name}=${to_string(value)}`).join("");
  return `${clock} ${LABELS[level]} ${message}${extra}`;
}

function asJson(level, message, fields, time) {
  return JSON.stringify({ level, msg: message, ...fields, timestamp: time.toISOString() });
}

/** @param {string} name @param {string[]} known @param {string} what */
function known(name, names, what) {
  if (!names.includes(name)) throw new RangeError(`log knows no ${what} ${name}: ${names.join(", ")}`);
  return name;
}

/** @param {Record<string, any>} fields that every message carries */
function logWith(fields) {
  const write = (level) => (...values) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(settings.level)) return;
    const message = values.map(to_string).join(" ");
    const line = FORMATS[settings.format](level, message, fields, new Date());
    (level === "debug" || level === "info" ? console.log : console.error)(line);
  };
  return Object.freeze({
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    level: (name) => void (settings.level = known(name, LEVELS, "level")),
    format: (name) => void (settings.format = known(name, Object.keys(FORMATS), "format")),
    with: (more) => logWith({ ...fields, ...more }),
  });
}

export const log = logWith({});
