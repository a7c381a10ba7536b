/**
 * A circuit breaker: after so many failures in a row nothing is tried for a while, then one attempt
 * shows whether to go on. It knows nothing of what is attempted; time is given to it.
 */

/** @typedef {"CLOSED" | "OPEN" | "HALF_OPEN"} BreakerState */

export class CircuitBreaker {
  #threshold;
  #resetTimeout;
  #now;
  #onChange;
  #state = "CLOSED";
  #failures = 0;
  #openedAt = 0;
  #probing = false;
  #era = 0; // results of attempts from before the last change say nothing about the present

  /**
   * @param {object} options
   * @param {number} options.threshold failures in a row that open it
   * @param {number} options.resetTimeout milliseconds until the attempt that may close it
   * @param {() => number} [options.now] milliseconds
   * @param {(state: BreakerState) => void} [options.onChange]
   */
  constructor({ threshold, resetTimeout, now = () => performance.now(), onChange = () => {} }) {
    this.#threshold = threshold;
    this.#resetTimeout = resetTimeout;
    this.#now = now;
    this.#onChange = onChange;
  }

  /** @returns {BreakerState} */
  get state() {
    return this.#state;
  }

  /**
   * Asks to make an attempt.
   * @returns {((alive: boolean) => void) | null} to be told how it went; null where there is to be none
   */
  enter() {
    const waited = this.#state === "OPEN" && this.#now() - this.#openedAt >= this.#resetTimeout;
    if (waited) this.#become("HALF_OPEN");
    if (this.#state === "OPEN" || this.#probing) return null;
    this.#probing = this.#state === "HALF_OPEN";
    const era = this.#era;
    return (alive) => {
      if (era === this.#era) this.#settle(alive);
    };
  }

  #settle(alive) {
    if (alive && this.#state === "CLOSED") this.#failures = 0;
    else if (alive) this.#become("CLOSED");
    else if (this.#state === "HALF_OPEN" || ++this.#failures >= this.#threshold) this.#become("OPEN");
  }

  #become(state) {
    this.#state = state;
    this.#era++;
    this.#failures = 0;
    this.#probing = false;
    this.#openedAt = this.#now();
    this.#onChange(state);
  }
}
