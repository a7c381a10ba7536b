/**
 * Places for elements: `ref={field}` puts the element into `field.current`. Nothing follows a ref.
 */

/** @param {any} [value] @returns {{ current: any }} */
export const createRef = (value = null) => ({ current: value });
