/**
 * Builtin functions over regular expressions, and a builder for them. A pattern is a text or a
 * RegExp, whose own flags count too; its state is never touched.
 */
import { callable } from "./callable.js";
import { Err, Ok } from "./result.js";

/** @param {string | RegExp} pattern @param {string} flags @returns {RegExp} a new one */
function regexOf(pattern, flags) {
  if (!(pattern instanceof RegExp)) return new RegExp(pattern, flags);
  return new RegExp(pattern.source, [...new Set(pattern.flags + flags)].join(""));
}

const withFlag = (flags = "", flag) => (flags.includes(flag) ? flags : flags + flag);
const withoutFlags = (flags = "") => flags.replace(/[gy]/g, "");

/** @param {RegExpExecArray} found a group that took no part is nil */
const matchOf = (found) => ({
  match: found[0],
  index: found.index,
  groups: found.slice(1).map((group) => group ?? null),
});

export const regexTest = (text, pattern, flags) => regexOf(pattern, withoutFlags(flags)).test(text);

export function regexMatch(text, pattern, flags) {
  const found = text.match(firstOf(pattern, flags));
  return found === null ? Err("No match") : Ok(matchOf(found));
}

/** Without the flags that would search for more than the first match. */
function firstOf(pattern, flags) {
  const source = pattern instanceof RegExp ? new RegExp(pattern.source, withoutFlags(pattern.flags)) : pattern;
  return regexOf(source, withoutFlags(flags));
}

export const regexFindAll = (text, pattern, flags) => [...text.matchAll(regexOf(pattern, withFlag(flags, "g")))].map(matchOf);

/** @param {string} [flags] all matches unless flags without g are given */
export const regexReplace = (text, pattern, replacement, flags = "g") => text.replace(regexOf(pattern, flags), replacement);

export const regexSplit = (text, pattern, flags) => text.split(regexOf(pattern, withoutFlags(flags)));

export function regexCapture(text, pattern, flags) {
  const found = text.match(firstOf(pattern, flags));
  if (found === null) return Err("No match");
  if (found.groups === undefined) return Err("No named groups");
  return Ok(Object.fromEntries(Object.entries(found.groups).map(([name, group]) => [name, group ?? null])));
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

class RegexBuilderValue {
  #source = "";
  #flags = "";

  #add(source) {
    this.#source += source;
    return this;
  }

  /** The text itself, whatever its characters mean elsewhere. */
  literal(text) {
    return this.#add(escaped(text));
  }

  /** @param {number} [n] exactly so many; one or more unless given */
  digits(n) {
    return this.#add(n == null ? "\\d+" : `\\d{${n}}`);
  }

  word() {
    return this.#add("\\w+");
  }

  space() {
    return this.#add("\\s+");
  }

  any() {
    return this.#add(".");
  }

  group(name) {
    return this.#add(name == null ? "(" : `(?<${name}>`);
  }

  endGroup() {
    return this.#add(")");
  }

  /** @param {string} characters one of which matches; ranges such as a-z are understood */
  oneOf(characters) {
    return this.#add(`[${characters.replace(/[\]\\^]/g, "\\$&")}]`);
  }

  optional() {
    return this.#add("?");
  }

  oneOrMore() {
    return this.#add("+");
  }

  zeroOrMore() {
    return this.#add("*");
  }

  startOfLine() {
    return this.#add("^");
  }

  endOfLine() {
    return this.#add("$");
  }

  flags(flags) {
    this.#flags = flags;
    return this;
  }

  build() {
    return new RegExp(this.#source, this.#flags);
  }

  test(text) {
    return regexTest(text, this.build());
  }

  match(text) {
    return regexMatch(text, this.build());
  }
}

Object.defineProperty(RegexBuilderValue, "name", { value: "RegexBuilder" });

export const RegexBuilder = callable(RegexBuilderValue);
export const regexBuilder = () => new RegexBuilderValue();

export {
  regexBuilder as regex_builder, regexCapture as regex_capture, regexFindAll as regex_find_all,
  regexMatch as regex_match, regexReplace as regex_replace, regexSplit as regex_split, regexTest as regex_test,
};

export const re = Object.freeze({
  test: regexTest, match: regexMatch, findAll: regexFindAll, find_all: regexFindAll, replace: regexReplace,
  split: regexSplit, capture: regexCapture,
});
