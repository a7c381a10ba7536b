/**
 * Builtin functions for text that stands in HTML: the five characters that mean something there.
 * Whole documents are not handled here.
 */

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const CHARACTERS = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'", "#x27": "'" };

export const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]);

/** Once: `&amp;lt;` becomes `&lt;`. */
export function unescapeHtml(text) {
  return String(text).replace(/&(amp|lt|gt|quot|apos|#39|#x27);/gi, (_, name) => CHARACTERS[name.toLowerCase()]);
}

export { escapeHtml as escape_html, unescapeHtml as unescape_html };
