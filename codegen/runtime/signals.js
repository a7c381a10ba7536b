/**
 * State that knows its readers: signals, computed values and effects, with ownership and cleanup.
 * A write marks what depends on it; computed values are evaluated when read, effects run in the
 * order of their creation once the outermost batch ends. It knows nothing of the document.
 */

const CLEAN = 0; // the value is up to date
const CHECK = 1; // something further up changed, perhaps without effect on this
const DIRTY = 2; // a direct source changed

/** More runs than this in one flush means that effects keep triggering each other. */
const MAX_RUNS_IN_FLUSH = 100_000;

let observer = null; // the computation whose reads are recorded
let owner = null; // the computation or root that what is created belongs to
let batchDepth = 0;
let flushing = false;
let queue = [];
let created = 0;

/** Shows an error the way an uncaught one is shown, without stopping anything. */
export function report(error) {
  if (typeof window !== "undefined" && typeof window.reportError === "function") window.reportError(error);
  else console.error(error);
}

/** Reports the rejection of what a callback returned, if that is a promise. */
export function reportRejection(result) {
  if (typeof result?.then === "function") result.then(undefined, report);
}

/** What owns others: disposing of it disposes of them and runs the cleanups. */
class Scope {
  constructor() {
    this.parent = owner;
    this.children = null;
    this.cleanups = null;
    this.disposed = false;
    if (owner !== null) (owner.children ??= new Set()).add(this);
  }

  /** Ends what belongs to this scope, but not the scope. */
  clear() {
    const { children, cleanups } = this;
    this.children = null;
    this.cleanups = null;
    if (children !== null) for (const child of children) child.dispose();
    if (cleanups !== null) for (const cleanup of cleanups.reverse()) guarded(cleanup);
  }

  dispose() {
    if (this.disposed) return;
    this.disposed = true;
    this.parent?.children?.delete(this);
    this.clear();
  }
}

function guarded(f) {
  try {
    untrack(f);
  } catch (error) {
    report(error);
  }
}

class Signal {
  constructor(value) {
    this.value = value;
    this.readers = new Set();
  }

  read() {
    if (observer !== null) link(this);
    return this.value;
  }

  write(value) {
    if (Object.is(this.value, value)) return value;
    this.value = value;
    for (const reader of this.readers) reader.mark(DIRTY);
    if (batchDepth === 0) flush();
    return value;
  }

  /** A signal is never behind. */
  refresh() {}
}

function link(source) {
  source.readers.add(observer);
  observer.sources.add(source);
}

/** A function whose reads are recorded: the base of computed values and effects. */
class Computation extends Scope {
  constructor(fn) {
    super();
    this.fn = fn;
    this.sources = new Set();
    this.state = DIRTY;
  }

  /** Runs fn anew; whatever the last run owned or read is forgotten first. */
  evaluate() {
    this.clear();
    this.unlink();
    const [previousObserver, previousOwner] = [observer, owner];
    observer = this;
    owner = this;
    this.state = CLEAN;
    try {
      return this.fn();
    } finally {
      observer = previousObserver;
      owner = previousOwner;
    }
  }

  unlink() {
    for (const source of this.sources) source.readers.delete(this);
    this.sources.clear();
  }

  /** Brings the state to CLEAN or DIRTY: asks the sources whether they really changed. */
  settle() {
    if (this.state !== CHECK) return;
    for (const source of this.sources) {
      source.refresh();
      if (this.state === DIRTY) return;
    }
    this.state = CLEAN;
  }

  dispose() {
    if (this.disposed) return;
    super.dispose();
    this.unlink();
  }
}

class Computed extends Computation {
  constructor(fn) {
    super(fn);
    this.value = undefined;
    this.failure = null; // what the last evaluation threw, in a box
    this.readers = new Set();
    this.running = false;
  }

  mark(state) {
    if (this.state >= state) return;
    const wasClean = this.state === CLEAN;
    this.state = state;
    if (wasClean) for (const reader of this.readers) reader.mark(CHECK);
  }

  read() {
    if (this.running) throw new Error("a computed value depends on itself");
    this.refresh();
    if (observer !== null) link(this);
    if (this.failure !== null) throw this.failure.error;
    return this.value;
  }

  refresh() {
    this.settle();
    if (this.state === DIRTY) this.update();
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
    } finally {
      this.running = false;
    }
    if (failure === null && this.failure === null && Object.is(value, this.value)) return;
    this.value = value;
    this.failure = failure;
    for (const reader of this.readers) reader.mark(DIRTY);
  }
}

class Effect extends Computation {
  constructor(fn) {
    super(fn);
    this.order = created++;
    this.queued = false;
  }

  mark(state) {
    if (this.state < state) this.state = state;
    if (this.queued || this.disposed) return;
    this.queued = true;
    queue.push(this);
  }

  /** Runs where a source changed; what goes wrong is reported and stops nobody else. */
  run() {
    if (!this.disposed) this.settle();
    this.queued = false;
    if (this.disposed || this.state !== DIRTY) return;
    try {
      batch(() => reportRejection(this.evaluate()));
    } catch (error) {
      report(error);
    }
  }
}

function flush() {
  if (flushing) return;
  flushing = true;
  let runs = 0;
  try {
    while (queue.length > 0) {
      const effects = queue.sort((a, b) => a.order - b.order);
      queue = [];
      for (const effect of effects) effect.run();
      runs += effects.length;
      if (runs > MAX_RUNS_IN_FLUSH) {
        for (const effect of queue.splice(0)) effect.queued = false;
        throw new Error("effects keep triggering each other");
      }
    }
  } catch (error) {
    report(error);
  } finally {
    flushing = false;
  }
}

/**
 * @template T
 * @param {T} value
 * @returns {[() => T, (value: T) => T]} a reader and a setter; the setter takes the value as it is,
 *     functions too, and tells nobody when Object.is says that it is the same
 */
export function createSignal(value) {
  const signal = new Signal(value);
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
 * its first await count; its rejection is reported.
 * @param {() => any} fn
 * @returns {() => void} ends the effect
 */
export function createEffect(fn) {
  const effect = new Effect(fn);
  effect.run();
  if (batchDepth === 0) flush();
  return () => effect.dispose();
}

/**
 * Runs fn as the owner of whatever it creates, outside of every other owner.
 * @template T
 * @param {(dispose: () => void) => T} fn
 * @returns {T}
 */
export function createRoot(fn) {
  const previous = owner;
  owner = null;
  const scope = new Scope();
  owner = scope;
  try {
    return untrack(() => fn(() => scope.dispose()));
  } finally {
    owner = previous;
  }
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

/** Runs fn without recording its reads. @template T @param {() => T} fn @returns {T} */
export function untrack(fn) {
  const previous = observer;
  observer = null;
  try {
    return fn();
  } finally {
    observer = previous;
  }
}

/** @param {() => void} fn called before the owner runs again, and when it ends */
export function onCleanup(fn) {
  if (owner === null) console.warn("onCleanup outside of an effect or component is never called");
  else (owner.cleanups ??= []).push(fn);
}

/** @param {() => any} fn called once, after the current work, unless the owner has ended by then */
export function onMount(fn) {
  const scope = owner;
  queueMicrotask(() => {
    if (!scope?.disposed) guarded(() => reportRejection(fn()));
  });
}
