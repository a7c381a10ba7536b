/**
 * `schedule "5m" fn() {}`: a function that runs again and again: every so often, or at the times of a
 * cron expression. It never runs twice at a time; what it throws goes to the log, and it runs again.
 */
import { nextTime, parseCron } from "./cron.js";
import { logError } from "./http_errors.js";
import { SetupError } from "./http_features.js";

const UNITS = { __proto__: null, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Timers cannot wait longer than this at a time. */
const MAX_WAIT = 1 << 30;

/** How long the end of the server waits for a run. */
const STOP_MILLISECONDS = 5000;

/**
 * @param {string} when "30s", "5m", "2h", "1d", or "minute hour day month weekday" with or without seconds in front
 * @param {() => any} f
 * @returns {import("./http_features.js").Feature}
 */
export function schedule(when, f) {
  const next = timesOf(when);
  const place = `schedule ${JSON.stringify(when)}${f.name ? ` ${f.name}` : ""}`;
  let timer;
  let running = null;
  const run = async () => {
    try {
      await f();
    } catch (error) {
      logError(place, error);
    }
    running = null;
  };
  const wait = (at) => {
    const left = at - Date.now();
    timer = setTimeout(() => {
      if (left > MAX_WAIT) return wait(at);
      running ??= run();
      wait(next(at));
    }, Math.max(0, Math.min(left, MAX_WAIT)));
  };
  return {
    name: "schedule",
    start: () => wait(next(Date.now())),
    async stop() {
      clearTimeout(timer);
      if (running !== null) await Promise.race([running, Bun.sleep(STOP_MILLISECONDS)]);
    },
  };
}

/**
 * @param {string} when
 * @returns {(after: number) => number} the next time behind one, in milliseconds; times that went by are left out
 */
export function timesOf(when) {
  const [, amount, unit] = /^(\d+)\s*(ms|s|m|h|d)$/.exec(when) ?? [];
  if (amount !== undefined && Number(amount) > 0) {
    const step = Number(amount) * UNITS[unit];
    return (after) => Math.max(after + step, Date.now());
  }
  const fields = parseCron(when);
  if (fields === null) {
    throw new SetupError(`schedule: ${JSON.stringify(when)} is neither a time such as "5m" nor a cron expression such as "0 9 * * 1-5"`);
  }
  return (after) => nextTime(fields, Math.max(after, Date.now()));
}
