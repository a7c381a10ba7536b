/**
 * Builtin functions that answer yes or no about one value: is it empty, does it count as true, does
 * a text have a certain form. Anything that is no text has none of the forms.
 */

/** Does a text, list, record, map or set hold nothing? nil holds nothing; numbers and booleans are never empty. */
export function isEmpty(value) {
  if (value == null) return true;
  if (typeof value === "string" || Array.isArray(value) || ArrayBuffer.isView(value)) return value.length === 0;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  if (typeof value !== "object" || value instanceof Date) return false;
  if (typeof value[Symbol.iterator] === "function") return [...value].length === 0;
  return Object.keys(value).length === 0;
}

const FALSE_TEXTS = ["", "0", "false"];

/** As JavaScript tells true from false, but "0" and "false" are false. */
export function toBool(value) {
  return typeof value === "string" ? !FALSE_TEXTS.includes(value) : Boolean(value);
}

/** @param {RegExp} form @returns {(text: any) => boolean} */
const hasForm = (form) => (text) => typeof text === "string" && form.test(text);

export const isEmail = hasForm(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/);
export const isNumeric = hasForm(/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i);
export const isAlpha = hasForm(/^[a-z]+$/i);
export const isAlphanumeric = hasForm(/^[a-z\d]+$/i);
export const isUuid = hasForm(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i);
export const isHex = hasForm(/^[\da-f]+$/i);

/** An address needs a protocol and, where the protocol has one, a host. */
export function isUrl(text) {
  return typeof text === "string" && /^[a-z][a-z\d+.-]*:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

export {
  isAlpha as is_alpha, isAlphanumeric as is_alphanumeric, isEmail as is_email, isEmpty as is_empty,
  isHex as is_hex, isNumeric as is_numeric, isUrl as is_url, isUuid as is_uuid, toBool as to_bool,
};
