/**
 * State that knows its readers: signals, computed values and effects. A write marks what depends on
 * it; computed values are evaluated when read, effects run in the order of their creation once the
 * outermost batch ends. What was read is kept from run to run, so that reading it again allocates
 * nothing, and neither marking nor evaluating goes deeper into the stack than a fixed limit. It
 * knows nothing of the document.
 */
import { Scope, TooDeep, now, raise } from "./scopes.js";

const CLEAN = 0; // the value is up to date
const CHECK = 1; // something further up changed, perhaps without effect on this
const DIRTY = 2; // a direct source changed

/** More runs than this in one flush means that effects keep triggering each other. */
const MAX_RUNS_IN_FLUSH = 100_000;

/** Computed values that evaluate each other; more of them are evaluated from the far end. */
const MAX_DEPTH = 64;

let batchDepth = 0;
let flushing = false;
let queue = [];
let inOrder = true; // the effects of the queue
let created = 0;
let turns = 0;

/** That a computation reads a source: an entry of both lists. */
class Link {
  constructor(source, reader, before, after) {
    this.source = source;
    this.reader = reader;
    this.turn = reader.turn;
    this.nextSource = after;
    this.previousReader = source.lastReader;
    this.nextReader = null;
    if (before === null) reader.firstSource = this;
    else before.nextSource = this;
    if (source.lastReader === null) source.firstReader = this;
    else source.lastReader.nextReader = this;
    source.lastReader = this;
  }

  /** Takes it off the source's list. */
  cut() {
    const { source, previousReader, nextReader } = this;
    if (previousReader === null) source.firstReader = nextReader;
    else previousReader.nextReader = nextReader;
    if (nextReader === null) source.lastReader = previousReader;
    else nextReader.previousReader = previousReader;
    if (source.firstReader === null) source.unread();
  }
}

/** What can be read: it has a list of readers. */
export class Source {
  constructor(value) {
    this.value = value;
    this.firstReader = null;
    this.lastReader = null;
    this.seen = 0; // the number of the run that read it last
  }

  read() {
    if (now.observer !== null) follow(this);
    return this.value;
  }

  write(value) {
    if (Object.is(this.value, value)) return value;
    this.value = value;
    if (this.firstReader !== null) {
      notify(this);
      if (batchDepth === 0) flush();
    }
    return value;
  }

  /** A signal is never behind. */
  refresh() {}

  /** The last reader is gone. */
  unread() {}
}

/** Records that the observer reads a source; what the run before read at this point is found again. */
export function follow(source) {
  const reader = now.observer;
  if (source.seen === reader.turn) return;
  source.seen = reader.turn;
  const { lastSource } = reader;
  const next = lastSource === null ? reader.firstSource : lastSource.nextSource;
  if (next === null || next.source !== source) {
    reader.lastSource = new Link(source, reader, lastSource, next);
  } else {
    next.turn = reader.turn;
    reader.lastSource = next;
  }
}

/** Marks all that depends on a source that changed. */
export function notify(source) {
  let link = source.firstReader;
  let state = DIRTY;
  let further = null; // computed values whose readers have to be marked
  for (;;) {
    for (; link !== null; link = link.nextReader) {
      const { reader } = link;
      // A link of the last run counts only when this run, which is under way, read the source too.
      if (link.turn === reader.turn && reader.mark(state)) (further ??= []).push(reader);
    }
    if (further === null || further.length === 0) return;
    link = further.pop().firstReader;
    state = CHECK;
  }
}

/** A function whose reads are recorded: the base of computed values and effects. */
export class Computation extends Scope {
  constructor(fn, parent) {
    super(parent);
    this.fn = fn;
    this.state = DIRTY;
    this.turn = 0; // the number of the last run
    this.firstSource = null;
    this.lastSource = null; // the last one that the present run has read
  }

  /** Runs fn anew; whatever the last run owned is ended first. */
  evaluate() {
    if (this.lastChild !== null || this.cleanups !== null) this.clear();
    const { observer, owner } = now;
    now.observer = this;
    now.owner = this;
    this.state = CLEAN;
    this.turn = ++turns;
    this.lastSource = null;
    try {
      return this.call();
    } finally {
      now.observer = observer;
      now.owner = owner;
      this.forget(this.disposed ? null : this.lastSource);
    }
  }

  call() {
    return this.fn();
  }

  /** Calls read as if it were part of the last run. */
  observe(read) {
    const { observer, owner } = now;
    now.observer = this;
    now.owner = this;
    try {
      return read();
    } finally {
      now.observer = observer;
      now.owner = owner;
    }
  }

  /** Reads no more what stands behind `last` in its list. */
  forget(last) {
    let link = last === null ? this.firstSource : last.nextSource;
    if (last === null) this.firstSource = null;
    else last.nextSource = null;
    this.lastSource = last;
    for (; link !== null; link = link.nextSource) link.cut();
  }

  /** Brings the state to CLEAN or DIRTY: asks the sources whether they really changed. */
  settle() {
    for (let link = this.firstSource; link !== null && this.state === CHECK; link = link.nextSource) link.source.refresh();
    if (this.state === CHECK) this.state = CLEAN;
  }

  end() {
    if (this.disposed) return;
    super.end();
    this.forget(null);
  }
}

let depth = 0; // computed values that are being evaluated
let tooDeep = null; // what has been thrown, until it is caught

class Computed extends Computation {
  constructor(fn) {
    super(fn);
    this.value = undefined;
    this.failure = null; // what the last evaluation threw, in a box
    this.firstReader = null;
    this.lastReader = null;
    this.seen = 0;
    this.running = false;
  }

  /** @returns {boolean} whether its readers have to be marked */
  mark(state) {
    const wasClean = this.state === CLEAN;
    if (this.state < state) this.state = state;
    return wasClean;
  }

  read() {
    if (this.running) throw new Error("a computed value depends on itself");
    this.refresh();
    if (now.observer !== null) follow(this);
    if (this.failure !== null) throw this.failure.error;
    return this.value;
  }

  refresh() {
    if (this.state === CLEAN) return;
    if (depth === 0) this.refreshFromFarEnd();
    else if (depth < MAX_DEPTH) this.renew();
    else throw (tooDeep = new TooDeep(this));
  }

  refreshFromFarEnd() {
    const waiting = [this];
    while (waiting.length > 0) {
      try {
        waiting.at(-1).renew();
        waiting.pop();
      } catch (error) {
        if (error !== tooDeep) throw error;
        tooDeep = null;
        waiting.push(error.computed);
      }
    }
  }

  renew() {
    depth++;
    try {
      if (this.state === CHECK) this.settle();
      if (this.state === DIRTY) this.update();
    } finally {
      depth--;
    }
  }

  /** An error is kept like a value: readers see it, and see when it is gone. */
  update() {
    let value;
    let failure = null;
    this.running = true;
    try {
      value = this.evaluate();
    } catch (error) {
      failure = { error };
    }
    this.running = false;
    if (this.disposed || tooDeep !== null) this.state = DIRTY;
    if (tooDeep !== null) throw tooDeep;
    if (failure === null && this.failure === null && Object.is(value, this.value)) return;
    this.value = value;
    this.failure = failure;
    if (this.firstReader !== null) notify(this);
  }

  unread() {}

  /** What outlives its owner is evaluated each time that it is read. */
  end() {
    super.end();
    this.state = DIRTY;
  }
}

export class Effect extends Computation {
  constructor(fn, parent) {
    super(fn, parent);
    this.order = ++created;
    this.queued = false;
  }

  mark(state) {
    if (this.state < state) this.state = state;
    if (this.queued || this.disposed) return false;
    this.queued = true;
    if (queue.length > 0 && queue[queue.length - 1].order > this.order) inOrder = false;
    queue.push(this);
    return false;
  }

  /** Runs where a source changed; what goes wrong goes to the owner and stops nobody else. */
  renew() {
    if (this.state === CLEAN && !this.queued) return;
    const outer = depth;
    depth = 0;
    batchDepth++;
    try {
      if (!this.disposed && this.state === CHECK) this.settle();
      this.queued = false;
      if (!this.disposed && this.state === DIRTY) this.evaluate();
    } catch (error) {
      raise(error, this.parent);
    } finally {
      this.queued = false;
      batchDepth--;
      depth = outer;
    }
  }

  call() {
    const result = this.fn();
    if (typeof result?.then !== "function") return;
    const { turn } = this;
    result.then(undefined, (error) => this.disposed || this.turn !== turn || raise(error, this.parent));
  }
}

function flush() {
  if (flushing) return;
  flushing = true;
  let count = 0;
  try {
    while (queue.length > 0) {
      const effects = inOrder ? queue : queue.sort((a, b) => a.order - b.order);
      queue = [];
      inOrder = true;
      for (const effect of effects) effect.renew();
      count += effects.length;
      if (count > MAX_RUNS_IN_FLUSH) stopCircle();
    }
  } finally {
    flushing = false;
  }
}

function stopCircle() {
  const [{ parent }] = queue.length > 0 ? queue : [{ parent: null }];
  for (const effect of queue.splice(0)) effect.queued = false;
  raise(new Error("effects keep triggering each other"), parent);
}

/**
 * @template T
 * @param {T} value
 * @returns {[() => T, (value: T) => T]} a reader and a setter; the setter takes the value as it is,
 *     functions too, and tells nobody when Object.is says that it is the same
 */
export function createSignal(value) {
  const signal = new Source(value);
  return [() => signal.read(), (next) => signal.write(next)];
}

/**
 * @template T
 * @param {() => T} fn evaluated when first read, and again when read after a change
 * @returns {() => T}
 */
export function createComputed(fn) {
  const computed = new Computed(fn);
  return () => computed.read();
}

/**
 * Runs fn at once and again after each change of what it read. Of an async fn, the reads before
 * its first await count, and those that runs.js tracks; its rejection goes where its errors go.
 * @param {() => any} fn
 * @returns {() => void} ends the effect
 */
export function createEffect(fn) {
  const effect = watch(fn);
  return () => effect.dispose();
}

/** The same for those who end effects by their owner. */
export function watch(fn) {
  const effect = new Effect(fn);
  effect.renew();
  if (batchDepth === 0 && queue.length > 0) flush();
  return effect;
}

/** Runs fn; effects wait for its end. @template T @param {() => T} fn @returns {T} */
export function batch(fn) {
  batchDepth++;
  try {
    return fn();
  } finally {
    batchDepth--;
    if (batchDepth === 0) flush();
  }
}
