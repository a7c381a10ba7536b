/**
 * Runs of effects that wait. What a run awaits reaches it only while it is the last one, so that an
 * answer that comes late never overwrites a newer one: a run that was followed by another, or whose
 * effect has ended, stays where it waits.
 */
import { now, untrack } from "./scopes.js";

/** The present run of the observer. */
class Run {
  constructor() {
    this.effect = now.observer;
    this.turn = this.effect.turn;
  }

  isLast() {
    return this.effect.turn === this.turn && !this.effect.disposed;
  }

  /** What the promise gives, or nothing at all. */
  latest(promise) {
    return new Promise((resolve, reject) => {
      Promise.resolve(promise).then(
        (value) => this.isLast() && resolve(value),
        (error) => this.isLast() && reject(error),
      );
    });
  }

  /** Calls read so that what it reads counts as read by this run. A promise is given on by latest. */
  track(read) {
    const result = typeof read !== "function" ? read : this.isLast() ? this.effect.observe(read) : untrack(read);
    return typeof result?.then === "function" ? this.latest(result) : result;
  }
}

/**
 * What an effect calls before it waits for it; outside of effects the promise itself.
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export const ofThisRun = (promise) => (now.observer === null ? promise : new Run().latest(promise));

/**
 * The body of an effect that reads or waits again after it has waited.
 * @param {(track: <T>(read: (() => T) | T) => T) => Promise<any>} fn track calls a function so that its
 *     reads count, and makes of a promise one that is settled only while the run is the last one
 * @returns {() => Promise<any>} for createEffect
 */
export const inRuns = (fn) => () => {
  const run = new Run();
  return fn((read) => run.track(read));
};
