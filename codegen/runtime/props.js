/**
 * Props of a component that are handed on to what it shows.
 */

/** The props of a component without some of them, still read when they are used. */
export function otherProps(props, names) {
  const rest = {};
  for (const key of Object.keys(props)) {
    if (!names.includes(key)) Object.defineProperty(rest, key, { get: () => props[key], enumerable: true });
  }
  return rest;
}
