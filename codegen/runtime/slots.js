/**
 * Slots: what a component shows of what stands between its tags.
 */

/** What stands between the tags of what is no component: nothing. */
export const children = undefined;

/**
 * @param {any} content what the user gave for the slot: a function of children, or a value
 * @param {Record<string, any> | null} given what the slot hands to content that is a function of it
 * @param {() => any} [fallback] shown when nothing was given
 * @returns {any} children
 */
export function slot(content, given, fallback) {
  if (content === undefined || content === null) return fallback?.();
  const shown = typeof content === "function" && content.length === 0 ? content() : content;
  if (given === null) return shown;
  const children = Array.isArray(shown) ? shown : [shown];
  return children.map((child) => (typeof child === "function" && child.length > 0 ? child(given) : child));
}
