// Samples and what is told of them.

/** @param {number[]} sorted */
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** Median, p95, p99 and the largest of some values; undefined without any. */
export function figuresOf(values) {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99), most: sorted.at(-1) };
}

/** What one server did in one row: samples of the clock and of the processor, and why there are none. */
export class Result {
  /** @type {number[]} */
  wall = [];
  /** @type {number[]} milliseconds on a processor; as many as of the clock, or none */
  processor = [];
  wrong = 0;
  /** @type {string | undefined} */
  absent;

  get figures() {
    return figuresOf(this.wall);
  }

  get processorFigures() {
    return figuresOf(this.processor);
  }

  /** Do all targets hold: by the clock, by the processors' time alone, or not? */
  verdict({ targets, atLeast }) {
    if (this.absent) return this.absent;
    if (this.wrong > 0) return "WRONG";
    const isWithin = (value, bound) => (atLeast ? value >= bound : value <= bound);
    const holds = (figures) => figures && targets.every(([figure, bound]) => isWithin(figures[figure], bound));
    if (targets.length === 0) return "";
    return holds(this.figures) ? "yes" : holds(this.processorFigures) ? "but for waiting" : "NO";
  }
}
