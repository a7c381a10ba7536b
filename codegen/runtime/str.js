/**
 * `str`: the builtin functions of texts under one name. The functions live where they are imported
 * from; this file only collects them.
 */
import { escapeHtml, unescapeHtml } from "./html_texts.js";
import { index_of } from "./lists.js";
import {
  capitalize, chars, ends_with, join, lines, lower, pad_end, pad_start, repeat, replace, split, starts_with, trim,
  trim_end, trim_start, upper,
} from "./texts.js";
import { camelCase, kebabCase, slugify, snakeCase, titleCase } from "./texts_case.js";
import { center } from "./texts_layout.js";
import { lastIndexOf, words } from "./texts_parts.js";
import { includes } from "./collections.js";

const BOTH_SPELLINGS = {
  camelCase, kebabCase, snakeCase, titleCase, escapeHtml, unescapeHtml, lastIndexOf, indexOf: index_of,
  endsWith: ends_with, startsWith: starts_with, padEnd: pad_end, padStart: pad_start, trimEnd: trim_end,
  trimStart: trim_start,
};

const older = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const str = Object.freeze({
  capitalize, center, chars, contains: includes, join, lines, lower, repeat, replace, slugify, split, trim, upper, words,
  ...BOTH_SPELLINGS,
  ...Object.fromEntries(Object.entries(BOTH_SPELLINGS).map(([name, f]) => [older(name), f])),
});
