/**
 * What the declaration of a type asks for beyond its fields: `derive [Show, JSON]` and `where`.
 * A type is a class, or for one with variants the object that all its values inherit from.
 * Equality is not here but beside the operators that use it.
 */
import { to_string } from "./values.js";

function define(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

/** The object that values of a type inherit from. */
const prototypeOf = (type) => (typeof type === "function" ? type.prototype : type);

/** `derive [Show]`: a value shows as it is made, `Point(1, 2)`. */
export function showable(type) {
  const show = (value) => {
    const { __tag: tag, ...fields } = value;
    const inside = to_string(Object.values(fields)).slice(1, -1);
    return `${tag ?? value.constructor.name}${tag === undefined || inside ? `(${inside})` : ""}`;
  };
  define(prototypeOf(type), "toString", function () {
    return show(this);
  });
  define(type, "__show", show);
}

/** `derive [JSON]`: `value.to_json()`, `Type.toJSON(value)` and `Type.from_json(text)`, also as fromJSON. */
export function serializable(type) {
  const prototype = prototypeOf(type);
  const fromJSON = (text) => Object.assign(Object.create(prototype), typeof text === "string" ? JSON.parse(text) : text);
  define(prototype, "to_json", function () {
    return JSON.stringify(this);
  });
  /* JSON.stringify asks values that inherit from `type` by this name for what to write. */
  define(type, "toJSON", function (value) {
    return this === type ? JSON.stringify(value) : { ...this };
  });
  define(type, "from_json", fromJSON);
  define(type, "fromJSON", fromJSON);
}

/**
 * `type Name = Base where { … }`: a function that lets the values of the type through and throws at others.
 * @param {string} name
 * @param {(it: any) => boolean} holds
 */
export function refined(name, holds) {
  const check = (value) => {
    if (holds(value)) return value;
    throw new TypeError(`${to_string([value]).slice(1, -1)} is no ${name}`);
  };
  return Object.assign(check, { holds: (value) => Boolean(holds(value)) });
}
