/**
 * Who owns what: a scope ends everything that was made while it was the owner, runs its cleanups,
 * and takes the errors of what it owns. Effects, computed values, rows and components have scopes.
 * It knows neither signals nor the document.
 */

/** What runs at present: the computation whose reads are recorded, and the scope that owns what is made. */
export const now = { observer: null, owner: null };

/** Shows an error the way an uncaught one is shown, without stopping anything. */
export function report(error) {
  if (typeof window !== "undefined" && typeof window.reportError === "function") window.reportError(error);
  else console.error(error);
}

/** Reports the rejection of what a callback returned, if that is a promise. */
export function reportRejection(result) {
  if (typeof result?.then === "function") result.then(undefined, report);
}

/** Owns others: disposing of it disposes of them, last made first, and runs the cleanups. */
export class Scope {
  constructor(parent = now.owner) {
    this.parent = parent;
    this.context = parent === null ? null : parent.context;
    this.lastChild = null;
    this.previous = null; // the sibling made before this one
    this.next = null;
    this.cleanups = null;
    this.disposed = false;
    if (parent !== null) parent.adopt(this);
  }

  adopt(child) {
    const { lastChild } = this;
    child.previous = lastChild;
    if (lastChild !== null) lastChild.next = child;
    this.lastChild = child;
  }

  /** Ends what belongs to this scope, but not the scope. */
  clear() {
    const { lastChild, cleanups } = this;
    this.lastChild = null;
    this.cleanups = null;
    for (let child = lastChild; child !== null;) {
      const before = child.previous;
      child.previous = null;
      child.next = null;
      child.end();
      child = before;
    }
    if (cleanups !== null) for (const cleanup of cleanups.reverse()) guarded(this.parent, cleanup);
  }

  /** Ends it without telling the parent. */
  end() {
    if (this.disposed) return;
    this.disposed = true;
    if (this.lastChild !== null || this.cleanups !== null) this.clear();
  }

  dispose() {
    if (this.disposed) return;
    const { parent, previous, next } = this;
    if (previous !== null) previous.next = next;
    if (next !== null) next.previous = previous;
    else if (parent !== null && parent.lastChild === this) parent.lastChild = previous;
    this.previous = null;
    this.next = null;
    this.end();
  }

  /** Runs fn as the owner of what it makes, without recording its reads. */
  run(fn) {
    const { observer, owner } = now;
    now.observer = null;
    now.owner = this;
    try {
      return fn();
    } finally {
      now.observer = observer;
      now.owner = owner;
    }
  }
}

/** Hands an error to the nearest scope above that catches errors; reports it where there is none. */
export function raise(error, scope) {
  let problem = error;
  for (let at = scope; at !== null; at = at.parent) {
    if (at.handler === undefined || at.disposed) continue;
    try {
      at.parent === null ? untrack(() => at.handler(problem)) : at.parent.run(() => at.handler(problem));
      return;
    } catch (next) {
      problem = next;
    }
  }
  report(problem);
}

function guarded(scope, fn) {
  try {
    untrack(fn);
  } catch (error) {
    raise(error, scope);
  }
}

/** Thrown by a computed value to be left, and evaluated from its far end; nobody else's business. */
export class TooDeep {
  constructor(computed) {
    this.computed = computed;
  }
}

/**
 * Runs fn; an error of it, and later of the effects that it makes, goes to the handler.
 * @template T
 * @param {() => T} fn
 * @param {(error: any) => void} handler what it throws goes to the next handler above
 * @returns {T | undefined}
 */
export function catchError(fn, handler) {
  const scope = new Scope();
  scope.handler = handler;
  try {
    return scope.run(fn);
  } catch (error) {
    if (error instanceof TooDeep) throw error;
    raise(error, scope);
    return undefined;
  }
}

/**
 * Runs fn as the owner of whatever it creates, outside of every other owner.
 * @template T
 * @param {(dispose: () => void) => T} fn
 * @returns {T}
 */
export function createRoot(fn) {
  const scope = new Scope(null);
  return scope.run(() => fn(() => scope.dispose()));
}

/** The scope that owns what is made at present, to be given to runWithOwner later. */
export const getOwner = () => now.owner;

/** @template T @param {Scope | null} owner @param {() => T} fn @returns {T} */
export function runWithOwner(owner, fn) {
  return Scope.prototype.run.call(owner, fn);
}

/** Runs fn without recording its reads. @template T @param {() => T} fn @returns {T} */
export function untrack(fn) {
  const { observer } = now;
  now.observer = null;
  try {
    return fn();
  } finally {
    now.observer = observer;
  }
}

/** @param {() => void} fn called before the owner runs again, and when it ends */
export function onCleanup(fn) {
  if (now.owner === null) console.warn("onCleanup outside of an effect or component is never called");
  else (now.owner.cleanups ??= []).push(fn);
}

/**
 * @param {() => any} fn called once, after the current work, unless the owner has ended by then; a
 *     function that it gives is called when the owner ends
 */
export function onMount(fn) {
  const scope = now.owner;
  queueMicrotask(() => {
    if (scope?.disposed) return;
    guarded(scope, () => {
      const given = fn();
      if (typeof given === "function" && scope !== null) (scope.cleanups ??= []).push(given);
      else reportRejection(given);
    });
  });
}
