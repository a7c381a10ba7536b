/**
 * Builtin functions that write text or bytes in other alphabets: Base64, hexadecimal, percent signs.
 * Text is UTF-8 in between. What cannot be decoded as text becomes U+FFFD.
 */

/** @param {string | ArrayBuffer | ArrayBufferView | number[]} data @returns {Uint8Array} */
export function bytesOf(data) {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

const textOf = (bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array} bytes @returns {string} two digits a byte */
export const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} text @returns {Uint8Array} */
export const base64Bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** @param {Uint8Array} bytes */
export function base64Of(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export const base64Encode = (text) => base64Of(bytesOf(text));

/** The alphabet for addresses (- and _) is understood too. */
export const base64Decode = (text) => textOf(base64Bytes(text.replaceAll("-", "+").replaceAll("_", "/")));

export const hexEncode = (text) => hexOf(bytesOf(text));

/** @throws {RangeError} where the text is no row of pairs of hexadecimal digits */
export function hexDecode(text) {
  if (!/^([\da-f]{2})*$/i.test(text)) throw new RangeError("hexDecode needs pairs of hexadecimal digits");
  return textOf(Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
}

export const urlEncode = (text) => encodeURIComponent(text);

/** A text with broken percent signs stays as it is. */
export function urlDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export {
  base64Decode as base64_decode, base64Encode as base64_encode, hexDecode as hex_decode, hexEncode as hex_encode,
  urlDecode as url_decode, urlEncode as url_encode,
};
