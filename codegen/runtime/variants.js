/**
 * The classes that a component's `variant` styles are written for.
 */

/**
 * @param {string} base the class of the element
 * @param {Record<string, any>} values what each variant is at present; nil chooses none
 * @returns {string} "btn--size-sm btn--tone-primary"
 */
export const variants = (base, values) => (
  Object.entries(values).filter(([, value]) => value != null).map(([name, value]) => `${base}--${name}-${value}`).join(" ")
);
