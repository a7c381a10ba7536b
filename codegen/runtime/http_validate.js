/**
 * `with validate({ name: "String", age: "Int?" })`: what the body of a request, or the query of one
 * without a body, must hold before anything behind it runs; and `body: T` of a route.
 */
import { errorResponse } from "./http_errors.js";
import { SetupError } from "./http_features.js";
import { checkType } from "./validation.js";

const BODIES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const TYPES = new Set(["String", "Int", "Float", "Bool", "Any"]);

/**
 * @param {Record<string, any>} fields types as text ("String", "[Int]", "Int?" for what may be left
 *     out), or objects of fields
 * @returns {{ name: string, around: Function }}
 */
export function validate(fields) {
  const checks = Object.entries(fields).map(([name, type]) => [name, schemaOf(type, name)]);
  return {
    name: "validate",
    async around(req, next) {
      const given = BODIES.has(req.method) ? argumentsOf(await req.json(), checks) : req.query;
      const errors = [];
      for (const [name, schema] of checks) checkType(errors, name, Object.hasOwn(given, name) ? given[name] : undefined, schema);
      return errors.length === 0 ? next() : errorResponse(400, "Validation failed", errors);
    },
  };
}

/**
 * `route POST "/items" body: Item`: the body as a whole.
 * @param {any} schema
 * @param {(body: any, schema: any) => any} [shape] makes it what the handler is to get, where the type is more than data
 * @returns {{ name: string, around: Function }}
 */
export const bodyOf = (schema, shape) => ({
  name: "body",
  async around(req, next) {
    const errors = [];
    const given = await req.json();
    checkType(errors, "body", given, schema);
    if (errors.length > 0) return errorResponse(400, "Validation failed", errors);
    if (shape !== undefined) {
      req.body = shape(given, schema);
      req.useBody(req.body);
    }
    return next();
  },
});

/** An endpoint's body may be a list of arguments: they are those of the fields, in their order, or one object that has them. */
function argumentsOf(body, checks) {
  const list = body.__args;
  if (list === undefined) return body;
  const [only] = list;
  if (list.length === 1 && only !== null && typeof only === "object" && !Array.isArray(only)) return only;
  return Object.fromEntries(checks.map(([name], index) => [name, list[index]]));
}

function schemaOf(type, place) {
  if (type !== null && typeof type === "object" && !Array.isArray(type)) {
    return { record: Object.fromEntries(Object.entries(type).map(([name, inner]) => [name, schemaOf(inner, `${place}.${name}`)])) };
  }
  if (Array.isArray(type) && type.length === 1) return { list: schemaOf(type[0], place) };
  const text = String(type).trim();
  if (text.endsWith("?")) return { optional: schemaOf(text.slice(0, -1), place) };
  if (text.startsWith("[") && text.endsWith("]")) return { list: schemaOf(text.slice(1, -1), place) };
  if (TYPES.has(text)) return text;
  throw new SetupError(`validate: ${place} is of no type that can be checked: ${JSON.stringify(type)}`);
}
