/**
 * Checks of what came from outside against the types that the source names, as data: a schema is
 * "String" | "Int" | "Float" | "Bool" | "Date" | "Nil" | "Any" | { literals: [texts] } | { list } | { set } | { option } | { optional } | { tuple } |
 * { map: [keys, values] } | { record } | { variants } | { union } | { refined: [S, type] } | { refined: [S, type, shaped] } | { ruled: [S, ...rules] } | a function that gives one (for types that contain themselves).
 * `option` is Option<T>: Some of a value or None, and as data also the value itself, nil or nothing;
 * `optional` is T? and what has a default: the value itself, nil or nothing.
 * Nothing is converted here but text from paths and queries.
 */

/** More errors than this help nobody. */
const MAX_ERRORS = 50;

/** Deeper values than this are refused; a type that contains itself would allow any depth. */
const MAX_DEPTH = 100;

function isNil(value) {
  return value === undefined || value === null;
}

const ISO_DATE = /^(?:\d{4}|[+-]\d{6})-\d\d-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** @param {string} text @returns {boolean} whether it is the text of a day that there is: not of 30 February, which `Date` takes for one of March */
function isDateText(text) {
  const parts = ISO_DATE.exec(text);
  const day = parts && new Date(`${text.slice(0, text.indexOf("-", 1) + 3)}-${parts[1]}T00:00Z`);
  return parts !== null && day.getUTCDate() === Number(parts[1]) && !Number.isNaN(Date.parse(text));
}

/** @param {any} value @returns {boolean} whether it is a date, or the text that JSON has for one */
export function isDate(value) {
  return value instanceof Date ? !Number.isNaN(value.getTime()) : typeof value === "string" && isDateText(value);
}

const SCALARS = {
  __proto__: null,
  String: { is: (value) => typeof value === "string", name: "a string" },
  Int: { is: (value) => Number.isSafeInteger(value), name: "an integer" },
  Float: { is: (value) => typeof value === "number" && Number.isFinite(value), name: "a number" },
  Bool: { is: (value) => typeof value === "boolean", name: "a boolean" },
  Date: { is: isDate, name: "a date" },
  Nil: { is: isNil, name: "nil" },
};

const KINDS = {
  __proto__: null,
  literals: checkLiterals, list: checkList, set: checkSet, map: checkMap, tuple: checkTuple, record: checkRecord, variants: checkVariants, union: checkUnion,
  option: checkOption, optional: checkOptional, refined: checkRefined, ruled: checkRules,
};

/** The kinds that say themselves whether there has to be a value. */
const MAY_LACK = new Set(["option", "optional", "union", "refined", "ruled"]);

/**
 * @param {string[]} errors gets a line for each thing that is wrong
 * @param {string} place the value's name in those lines, such as user.tags[2]
 * @param {any} value
 * @param {any} schema
 * @param {number} [depth]
 */
export function checkType(errors, place, value, schema, depth = 0) {
  if (errors.length >= MAX_ERRORS) return;
  schema = itself(schema);
  if (schema === "Any") return;
  const kind = typeof schema === "string" ? undefined : kindOf(schema);
  if (isNil(value) && !MAY_LACK.has(kind) && schema !== "Nil") errors.push(`${place} is required`);
  else if (kind === undefined) checkScalar(errors, place, value, SCALARS[schema]);
  else if (depth > MAX_DEPTH) errors.push(`${place} is nested too deeply`);
  else KINDS[kind](errors, place, value, schema[kind], depth);
}

/** What a function gives, or one that gives another, as a type does that is another's name. */
function itself(schema) {
  for (let steps = 0; typeof schema === "function"; steps++) schema = steps < MAX_DEPTH ? schema() : "Any";
  return schema;
}

/** The name that comes first in a schema: a list of all of them would be made for each value. */
function kindOf(schema) {
  for (const kind in schema) return kind;
}

function checkScalar(errors, place, value, scalar) {
  if (!scalar.is(value)) errors.push(`${place} must be ${scalar.name}`);
}

function checkLiterals(errors, place, value, texts) {
  if (!texts.includes(value)) errors.push(`${place} must be ${shownTexts(texts)}`);
}

const shownTexts = (texts) => texts.map((text) => JSON.stringify(text)).join(" or ");

/** Asked first of what a value holds: where nothing is wrong, nobody needs the text of its place. */
const isScalar = (value, schema) => typeof schema === "string" && SCALARS[schema]?.is(value) === true;

function checkList(errors, place, value, item, depth) {
  if (!Array.isArray(value)) errors.push(`${place} must be a list`);
  else {
    value.forEach((inner, index) => {
      if (!isScalar(inner, item)) checkType(errors, `${place}[${index}]`, inner, item, depth + 1);
    });
  }
}

/** A list, as JSON has it, or the program's own Set. */
function checkSet(errors, place, value, item, depth) {
  checkList(errors, place, value instanceof Set ? [...value] : value, item, depth);
}

/** @param {any} value of an Option @returns {boolean} whether it is a Some, rather than the value itself */
export const isSome = (value) => value.__tag === "Some" && Object.hasOwn(value, "value");

function checkOption(errors, place, value, inner, depth) {
  if (isNil(value) || value.__tag === "None") return;
  checkType(errors, place, isSome(value) ? value.value : value, inner, depth + 1);
}

function checkOptional(errors, place, value, inner, depth) {
  if (!isNil(value)) checkType(errors, place, value, inner, depth + 1);
}

function checkTuple(errors, place, value, items, depth) {
  if (!Array.isArray(value) || value.length !== items.length) {
    errors.push(`${place} must be a list of ${items.length} items`);
    return;
  }
  items.forEach((item, index) => checkType(errors, `${place}[${index}]`, value[index], item, depth + 1));
}

const isRecord = (value) => typeof value === "object" && !Array.isArray(value);
const own = (value, name) => (Object.hasOwn(value, name) ? value[name] : undefined);

function checkRecord(errors, place, value, fields, depth) {
  if (!isRecord(value)) {
    errors.push(`${place} must be an object`);
    return;
  }
  for (const name of Object.keys(fields)) {
    const inner = own(value, name);
    if (!isScalar(inner, fields[name])) checkType(errors, `${place}.${name}`, inner, fields[name], depth + 1);
  }
}

const MAX_KEY = 40;

/** A key is whatever was sent: each message says as much of it as tells it from others. */
const shownKey = (key) => (key.length <= MAX_KEY ? key : `${key.slice(0, MAX_KEY)}…`);

/**
 * A Map as JSON has it: an object, whose keys are text that the type of the keys reads; or the program's own. Tagged data has
 * become a value with methods (result.js), and is none.
 */
function checkMap(errors, place, value, types, depth) {
  if (value instanceof Map) {
    checkEntries(errors, place, Array.from(value, ([key, inner]) => [String(key), key, inner]), types, depth);
    return;
  }
  if (!isRecord(value) || Object.getPrototypeOf(value) !== Object.prototype) {
    errors.push(`${place} must be an object`);
    return;
  }
  checkEntries(errors, place, Object.entries(value).map(([text, inner]) => [text, fromText(text, types[0]), inner]), types, depth);
}

/** @param {[text: string, key: any, value: any][]} entries */
function checkEntries(errors, place, entries, [keys, values], depth) {
  const read = new Set();
  for (const [text, key, value] of entries) {
    const shown = shownKey(text);
    checkType(errors, `the key ${shown} of ${place}`, key, keys, depth + 1);
    if (read.has(key)) errors.push(`the key ${shown} of ${place} stands there twice`);
    read.add(key);
    if (!isScalar(value, values)) checkType(errors, `${place}.${shown}`, value, values, depth + 1);
    if (errors.length >= MAX_ERRORS) return;
  }
}

function checkVariants(errors, place, value, variants, depth) {
  const tag = isRecord(value) ? own(value, "__tag") : undefined;
  if (typeof tag === "string" && Object.hasOwn(variants, tag)) {
    checkRecord(errors, place, value, variants[tag], depth);
  } else errors.push(`${place} must be one of ${Object.keys(variants).join(", ")}`);
}

/**
 * What is wrong inside of a value that is certainly meant as one of the types is said of that; where none or several could be
 * meant, all of them are.
 */
function checkUnion(errors, place, value, schemas, depth) {
  const found = [];
  for (const schema of schemas) {
    found.push(trialOf(errors, place, value, schema, depth + 1));
    if (found.at(-1).length === 0) return;
  }
  const meant = found.filter((lines) => !lines.some((line) => line.startsWith(`${place} `)));
  if (meant.length === 1) errors.push(...meant[0]);
  else errors.push(isNil(value) ? `${place} is required` : `${place} must be ${namesOf(schemas)}`);
}

/** Of several records, by what each has to have. */
function namesOf(schemas) {
  const parts = partsOf(schemas);
  const names = parts.map((schema) => nameOf(schema));
  const several = names.filter((name) => name === "an object").length > 1;
  return names.map((name, index) => (several && name === "an object" ? objectOf(parts[index]) : name)).join(" or ");
}

/** What a schema says of the same value: what a union of them has, and a type with a condition. */
const WITHIN = {
  __proto__: null,
  union: (schemas) => schemas, option: (inner) => [inner], optional: (inner) => [inner], refined: ([base]) => [base], ruled: ([base]) => [base],
};

/** The types that unions, also those within them, are of: each once, in their order. */
function partsOf(schemas) {
  const seen = new Set();
  const enter = (schema) => {
    const one = itself(schema);
    if (seen.has(one)) return [];
    seen.add(one);
    const kind = typeof one === "string" ? undefined : kindOf(one);
    return kind in WITHIN ? WITHIN[kind](one[kind]).flatMap(enter) : [one];
  };
  return schemas.flatMap(enter);
}

function objectOf({ record }) {
  return record === undefined ? "an object" : `an object with ${Object.keys(record).join(", ")}`;
}

/**
 * What trials have said within one check, by value and schema, and of which place: unions of types that hold the same union
 * would ask again and again otherwise, twice as often with each level.
 * @type {WeakMap<string[], Map<any, Map<object, { place: string, lines: string[] }>>>}
 */
const trials = new WeakMap();

/** @returns {string[]} what is wrong with a value as one of several types */
function trialOf(errors, place, value, schema, depth) {
  const lines = [];
  schema = itself(schema);
  if (typeof schema === "string") {
    checkType(lines, place, value, schema, depth);
    return lines;
  }
  const known = trials.get(errors) ?? new Map();
  const ofValue = known.get(value) ?? new Map();
  const before = ofValue.get(schema);
  if (before?.place === place) return before.lines;
  trials.set(errors, known).set(lines, known);
  known.set(value, ofValue);
  ofValue.set(schema, { place, lines: [`${place} is nested too deeply`] });
  checkType(lines, place, value, schema, depth);
  ofValue.set(schema, { place, lines });
  return lines;
}

/**
 * A type with a condition: what its base lets through has to pass that too, as the value that the program sees. `shape` makes
 * one (shapes.js), of a copy, because others may take the value for another type.
 */
function checkRefined(errors, place, value, [base, type, shape], depth) {
  const before = errors.length;
  checkType(errors, place, value, base, depth + 1);
  if (errors.length > before) return;
  const seen = shape === undefined ? value : shape(structuredClone(value), base);
  if (!type.holds(seen)) errors.push(`${place} is not valid`);
}

const sizeOf = (value) => value?.length ?? 0;

/** A field's own rules: what holds, and what is said where it does not. */
const RULES = {
  __proto__: null,
  required: { holds: (value) => String(value).trim() !== "", says: () => "is required" },
  email: { holds: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), says: () => "must be an e-mail address" },
  min: { holds: (value, least) => value >= least, says: (least) => `must be at least ${least}` },
  max: { holds: (value, most) => value <= most, says: (most) => `must be at most ${most}` },
  minLength: { holds: (value, least) => sizeOf(value) >= least, says: (least) => `must have at least ${least} characters` },
  maxLength: { holds: (value, most) => sizeOf(value) <= most, says: (most) => `must have at most ${most} characters` },
  pattern: { holds: (value, pattern) => new RegExp(pattern).test(value), says: () => "has the wrong form" },
  oneOf: { holds: (value, list) => list.includes(value), says: (list) => `must be one of ${list.join(", ")}` },
};
RULES.matches = RULES.pattern;

/** Each rule is [name, argument, message] or [name, message]. */
function checkRules(errors, place, value, [base, ...rules], depth) {
  const before = errors.length;
  checkType(errors, place, value, base, depth + 1);
  if (errors.length > before || isNil(value) || value.__tag === "None") return;
  if (isSome(value)) value = value.value;
  for (const [name, ...rest] of rules) {
    const rule = RULES[name];
    const [argument, message] = rule.holds.length > 1 ? rest : [undefined, rest[0]];
    if (!rule.holds(value, argument)) errors.push(message ?? `${place} ${rule.says(argument)}`);
  }
}

/** @param {any} schema one of partsOf() */
function nameOf(schema) {
  if (typeof schema === "string") return SCALARS[schema]?.name ?? "any value";
  if ("literals" in schema) return shownTexts(schema.literals);
  if ("variants" in schema) return Object.keys(schema.variants).join(" or ");
  return "record" in schema || "map" in schema ? "an object" : "a list";
}

/**
 * The argument of a function with one parameter, which may be the body as a whole.
 * @param {Record<string, any>} body
 * @param {string} name of the parameter
 */
export function soleArgument(body, name) {
  if (Object.hasOwn(body, name)) return body[name];
  return Object.keys(body).length === 0 ? undefined : body;
}

/**
 * @param {any} given for a rest parameter, by its name: nothing, a value, or a list of them
 * @returns {any[]}
 */
export function several(given) {
  return isNil(given) ? [] : Array.isArray(given) ? given : [given];
}

/** @param {any} text from a path or query @returns {any} the integer that it reads as, or itself */
export function toInt(text) {
  return typeof text === "string" && /^[+-]?\d+$/.test(text) ? Number(text) : text;
}

/** @param {any} text from a path or query @returns {any} the number that it reads as, or itself */
export function toFloat(text) {
  return typeof text === "string" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** Lists of lists are nothing that a query can say. */
const MAX_TEXT_DEPTH = 4;

/**
 * What a path or query says as a value of a type; where it says no such thing, the text, which checkType
 * refuses.
 * @param {string | string[] | undefined} text a list where a name stands in a query more than once
 * @param {any} schema
 * @returns {any}
 */
export function fromText(text, schema, depth = 0) {
  if (typeof schema === "function") schema = schema();
  if (text === undefined || depth > MAX_TEXT_DEPTH) return text;
  if (typeof schema === "string") return READERS[schema]?.(text) ?? text;
  const item = schema.list ?? schema.set;
  if (item !== undefined) return [text].flat().map((each) => fromText(each, item, depth + 1));
  if ("option" in schema || "optional" in schema) return fromText(text, schema.option ?? schema.optional, depth + 1);
  if ("union" in schema) return oneFromText(text, schema.union, depth + 1);
  const [base] = schema.refined ?? schema.ruled ?? [];
  return base === undefined ? text : fromText(text, base, depth + 1);
}

/** The first of several types that the text fits. */
function oneFromText(text, schemas, depth) {
  for (const schema of schemas) {
    const value = fromText(text, schema, depth);
    const errors = [];
    checkType(errors, "", value, schema);
    if (errors.length === 0) return value;
  }
  return text;
}

const READERS = { __proto__: null, Int: toInt, Float: toFloat, Bool: toBool };

const BOOLEANS = { __proto__: null, true: true, false: false, 1: true, 0: false };

/** @param {any} text from a path or query @returns {any} the boolean that it reads as, or itself */
export function toBool(text) {
  return typeof text === "string" ? BOOLEANS[text.toLowerCase()] ?? text : text;
}
