/**
 * What came as JSON as values of the types that the source names: records become objects of their
 * classes, with their functions and the defaults of absent fields, and variants what their makers
 * make. What stands for an Option is Some or None: a value without a tag is there, and nil is not. A
 * schema is as in validation.js; one with `make` says how. Nothing is checked here.
 */
import { None, Some } from "./result.js";
import { checkType, fromText, isSome } from "./validation.js";

const SHAPERS = {
  __proto__: null,
  literals: (value) => value,
  list: (value, item) => (Array.isArray(value) ? value.map((inner) => shaped(inner, item)) : value),
  set: (value, item) => (Array.isArray(value) ? new Set(value.map((inner) => shaped(inner, item))) : value),
  tuple: (value, items) => (Array.isArray(value) ? value.map((inner, index) => shaped(inner, items[index] ?? "Any")) : value),
  option: shapedOption,
  optional: shaped,
  map: shapedMap,
  record: (value, fields, make) => made(shapedFields(value, fields), make),
  variants: shapedVariant,
  union: shapedUnion,
  refined: (value, [base]) => shaped(value, base),
  ruled: (value, [base]) => shaped(value, base),
};

/** The kinds in which nil may be an Option that is None. */
const MAY_BE_OPTION = new Set(["option", "union", "refined", "ruled"]);

const isNil = (value) => value === null || value === undefined;

/**
 * @param {any} value plain data, which is changed in place where it stays what it is
 * @param {any} schema
 * @returns {any}
 */
export function shaped(value, schema) {
  if (typeof schema === "function") schema = schema();
  if (typeof schema === "string") return schema === "Date" && typeof value === "string" ? new Date(value) : value;
  const [kind] = Object.keys(schema);
  if (isNil(value) && !MAY_BE_OPTION.has(kind)) return value;
  return SHAPERS[kind](value, schema[kind], schema.make);
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isPlain = (value) => Object.getPrototypeOf(value) === Object.prototype;

function shapedOption(value, inner) {
  if (isNil(value) || value.__tag === "None") return None;
  return Some(shaped(isSome(value) ? value.value : value, inner));
}

function shapedMap(value, [keys, values]) {
  if (!isObject(value) || !isPlain(value)) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [fromText(key, keys), shaped(inner, values)]));
}

function shapedFields(value, fields) {
  if (!isObject(value)) return value;
  for (const name of Object.keys(fields)) {
    const before = Object.hasOwn(value, name) ? value[name] : undefined;
    const after = shaped(before, fields[name]);
    if (after !== before) value[name] = after;
  }
  return value;
}

/** What the type does not know comes along, unless it would hide something of the type's own. */
function made(value, make) {
  if (make === undefined || !isObject(value) || !isPlain(value)) return value;
  const whole = make(value);
  for (const key of Object.keys(value)) {
    if (!(key in whole)) whole[key] = value[key];
  }
  return whole;
}

function shapedVariant(value, variants, make) {
  const tag = isObject(value) ? value.__tag : undefined;
  if (typeof tag !== "string" || !Object.hasOwn(variants, tag)) return value;
  shapedFields(value, variants[tag]);
  return make === undefined || !isPlain(value) ? value : make[tag](value);
}

function shapedUnion(value, schemas) {
  const fits = (schema) => {
    const errors = [];
    checkType(errors, "", value, schema);
    return errors.length === 0;
  };
  return shaped(value, schemas.find(fits) ?? "Any");
}

/**
 * What the results of calls become: variants by their tags wherever they are, and all of what a
 * function says that it returns.
 * @param {Record<string, (value: any) => any>} variants makers by tag
 * @param {Record<string, any>} [results] schemas by function
 * @returns {(functionName: string, result: any) => any}
 */
export function reviver(variants, results = {}) {
  return (functionName, result) => {
    const revived = withVariants(result, variants);
    return Object.hasOwn(results, functionName) ? shaped(revived, results[functionName]) : revived;
  };
}

function withVariants(value, variants) {
  if (value === null || typeof value !== "object") return value;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    const after = withVariants(inner, variants);
    if (after !== inner) value[key] = after;
  }
  const known = typeof value.__tag === "string" && isPlain(value) && Object.hasOwn(variants, value.__tag);
  return known ? variants[value.__tag](value) : value;
}
