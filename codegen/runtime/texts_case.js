/**
 * Builtin functions that write the words of a text in another way. A word ends at anything that is
 * neither letter nor digit, and before a capital that follows a small letter or a digit.
 */

/** @returns {string[]} in lower case */
function wordsOf(text) {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}\d]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

const capital = (word) => {
  const [letter = ""] = word;
  return letter.toUpperCase() + word.slice(letter.length);
};

export const snakeCase = (text) => wordsOf(text).join("_");
export const kebabCase = (text) => wordsOf(text).join("-");
export const camelCase = (text) => wordsOf(text).map((word, index) => (index === 0 ? word : capital(word))).join("");

/** Spaces and the rest of each word stay as they are. */
export const titleCase = (text) => text.replace(/(^|\s)(\S)/gu, (_, space, letter) => space + letter.toUpperCase());

/** Marks on letters are dropped: é becomes e. */
export function slugify(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

export {
  camelCase as camel_case, kebabCase as kebab_case, snakeCase as snake_case, titleCase as title_case,
};
