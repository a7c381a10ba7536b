/**
 * Builtin functions over functions: putting them together, remembering, limiting, filling in
 * arguments.
 */

/** @param {...Function} functions the last is applied first */
export const compose = (...functions) => pipeFn(...functions.reverse());

/** The first function may take several arguments. */
export function pipeFn(...functions) {
  return (...values) => functions.reduce((args, f) => [f(...args)], values)[0];
}

export const identity = (value) => value;
export const negate = (f) => (...values) => !f(...values);

/** Arguments are the same as in a Map: by identity, numbers and texts by value. */
export function memoize(f) {
  const root = { next: new Map() };
  return (...values) => {
    let node = root;
    for (const value of values) {
      if (!node.next.has(value)) node.next.set(value, { next: new Map() });
      node = node.next.get(value);
    }
    if (!("result" in node)) node.result = f(...values);
    return node.result;
  };
}

export function once(f) {
  let done = false;
  let result;
  return (...values) => {
    if (!done) {
      done = true;
      result = f(...values);
    }
    return result;
  };
}

/** f is called with the arguments of the last call. */
export function debounce(f, ms) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(f, ms, ...values);
  };
}

/** The first call goes through at once; calls before the time is over are dropped. */
export function throttle(f, ms) {
  let last = -Infinity;
  return (...values) => {
    const time = performance.now();
    if (time - last < ms) return null;
    last = time;
    return f(...values);
  };
}

export const partial = (f, ...first) => (...rest) => f(...first, ...rest);

/** @param {number} [count] of the arguments to wait for; as many as f declares */
export function curry(f, count) {
  const wanted = count ?? f.length;
  const collect = (given) => (...values) => {
    const all = [...given, ...values];
    return all.length >= wanted ? f(...all) : collect(all);
  };
  return collect([]);
}

export const flip = (f) => (a, b, ...rest) => f(b, a, ...rest);

export { pipeFn as pipe_fn };
