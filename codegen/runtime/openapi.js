/**
 * GET /openapi.json: the routes and functions of a server and the types they name, as OpenAPI 3.1. It is
 * made once, from the schemas by which arguments are checked (validation.js), so it says what holds.
 * GET /docs shows the same to people (openapi_page.js).
 */
import { documentationPage } from "./openapi_page.js";

/** @typedef {any} Schema as in validation.js */

/**
 * @typedef {object} Endpoint
 * @property {string} [method] of a route
 * @property {string} [path] of a route, such as /users/:id
 * @property {string} [name] of its function
 * @property {string} [about] what the source says about the function
 * @property {Record<string, Schema>} [takes] its parameters
 * @property {Schema} [body] the whole body, where the route names its type
 * @property {Schema} [gives] its result
 * @property {string[]} [with] conditions, its groups' first
 * @property {boolean} [deprecated] as its group says
 */

/** Methods whose parameters come from the body, unless they stand in the path. */
const WITH_BODY = new Set(["POST", "PUT", "PATCH"]);

/** Conditions that ask who is there. */
const SECURING = new Set(["auth", "role"]);

/**
 * @typedef {object} Program
 * @property {string} title
 * @property {false} [docs] where something else stands at /docs
 * @property {Record<string, Schema>} [types]
 * @property {Endpoint[]} [routes]
 * @property {Endpoint[]} [functions]
 *
 * @param {Program} program
 * @returns {import("./http_features.js").Feature}
 */
export function openapi(program) {
  const description = documentOf(program);
  const text = JSON.stringify(description);
  const headers = { "Content-Type": "application/json;charset=utf-8", "X-Content-Type-Options": "nosniff" };
  return {
    name: "openapi",
    routes(add) {
      add("GET", "/openapi.json", () => new Response(text, { headers }));
      if (program.docs !== false) add("GET", "/docs", () => documentationPage(description));
    },
  };
}

/** @returns {object} the document */
export function documentOf({ title, types = {}, routes = [], functions = [] }) {
  const schemas = new Schemas(types);
  const ids = new Set();
  const paths = {};
  for (const route of routes) {
    const path = route.path.split("/").map((part) => (varies(part) ? `{${nameOf(part)}}` : part)).join("/") || "/";
    const operation = operationOf(route, schemas, unique(ids, route.name ?? `${route.method} ${route.path}`));
    (paths[path] ??= {})[route.method.toLowerCase()] = operation;
  }
  for (const each of functions) paths[`/rpc/${each.name}`] = { post: callOf(each, schemas, unique(ids, `rpc ${each.name}`)) };
  const components = { schemas: { ...schemas.all(), [schemas.errorName]: ERROR } };
  if ([...routes, ...functions].some(isSecured)) components.securitySchemes = { auth: { type: "http", scheme: "bearer" } };
  return { openapi: "3.1.0", info: { title, version: "1.0.0" }, paths, components };
}

const varies = (part) => part.startsWith(":") || part.startsWith("*");
const nameOf = (part) => part.slice(1) || "rest";
const isSecured = (route) => (route.with ?? []).some((condition) => SECURING.has(condition));

function unique(ids, wish) {
  const base = wish.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");
  let id = base;
  for (let count = 2; ids.has(id); count++) id = `${base}_${count}`;
  ids.add(id);
  return id;
}

// Operations.

function operationOf(route, schemas, operationId) {
  const inPath = route.path.split("/").filter(varies).map(nameOf);
  const takes = Object.entries(route.takes ?? {});
  const hasBody = WITH_BODY.has(route.method);
  const query = hasBody ? [] : takes.filter(([name]) => !inPath.includes(name));
  const parameters = [
    ...inPath.map((name) => ({ name, in: "path", required: true, schema: schemas.of(scalarOr(route.takes?.[name], "String")) })),
    ...query.map(([name, schema]) => ({ name, in: "query", required: isRequired(schema), schema: schemas.of(present(schema)) })),
  ];
  const fields = hasBody ? takes.filter(([name]) => !inPath.includes(name)) : [];
  const body = route.body ?? (fields.length > 0 ? { record: Object.fromEntries(fields) } : undefined);
  const operation = { operationId, ...summaryOf(route), responses: responsesOf(route, schemas, inPath, parameters.length > 0 || body !== undefined) };
  if (parameters.length > 0) operation.parameters = parameters;
  if (hasBody && body !== undefined) operation.requestBody = contentOf(route, schemas.of(body), isRequired(body));
  return Object.assign(operation, standingsOf(route));
}

/** What stands around it, by the names of the source: OpenAPI itself has a word only for who is asked who they are. */
function standingsOf(endpoint) {
  return {
    ...(isSecured(endpoint) && { security: [{ auth: [] }] }),
    ...(endpoint.with && { "x-with": endpoint.with }),
    ...(endpoint.deprecated && { deprecated: true }),
  };
}

/** What is uploaded comes as a form. */
function contentOf(route, schema, required) {
  if (!(route.with ?? []).includes("upload")) return jsonContent(schema, { required });
  return { required, content: { "multipart/form-data": { schema } } };
}

/** What a path holds is text or what text is read as. */
const scalarOr = (schema, otherwise) => (schema === undefined || schema === "Any" ? otherwise : present(schema));

/** A route of one path that nothing of its own may be missing from looks things up. */
function responsesOf(route, schemas, inPath, checked) {
  const responses = { 200: jsonContent(schemas.of(route.gives ?? "Any"), { description: "The result" }) };
  if (checked) responses[400] = schemas.error("The arguments do not fit");
  if (isSecured(route)) responses[401] = schemas.error("It is not known who asks");
  if (inPath.length > 0 && route.method === "GET") responses[404] = schemas.error("There is no such thing");
  return responses;
}

/** POST /rpc/name: arguments by their names, or as a list. */
function callOf(each, schemas, operationId) {
  const takes = Object.entries(each.takes ?? {});
  const list = takes.map(([, schema]) => schemas.of(schema));
  const required = takes.findLastIndex(([, schema]) => isRequired(schema)) + 1;
  const positional = {
    type: "object", required: ["__args"],
    properties: { __args: { type: "array", minItems: required, ...(list.length > 0 && { prefixItems: list }) } },
  };
  const named = schemas.of({ record: Object.fromEntries(takes) });
  const result = { type: "object", required: ["result"], properties: { result: schemas.of(each.gives ?? "Any") } };
  const operation = { operationId, ...summaryOf(each), tags: ["rpc"] };
  operation.requestBody = jsonContent({ anyOf: [named, positional] }, { required: required > 0 });
  operation.responses = { 200: jsonContent(result, { description: "The result" }), 400: schemas.error("The arguments do not fit") };
  if (isSecured(each)) operation.responses[401] = schemas.error("It is not known who asks");
  return Object.assign(operation, standingsOf(each));
}

const summaryOf = ({ about }) => (about ? { summary: about.split("\n")[0], description: about } : {});

const jsonContent = (schema, rest) => ({ ...rest, content: { "application/json": { schema } } });

// Schemas.

const ERROR = {
  type: "object", required: ["error"],
  properties: { error: { type: "string" }, details: { type: "array", items: { type: "string" } } },
};

const SCALARS = {
  __proto__: null,
  String: { type: "string" }, Int: { type: "integer" }, Float: { type: "number" }, Bool: { type: "boolean" },
  Date: { type: "string", format: "date-time" }, Nil: { type: "null" }, Any: {},
};

/** Types that are nothing but themselves in a union have no end. */
const MAX_NAMES = 16;

/** An alias, a condition or a part of a union may say it too. */
function takesNil(schema, depth = 0) {
  if (typeof schema === "string") return schema === "Any" || schema === "Nil";
  if (depth > MAX_NAMES) return false;
  if (typeof schema === "function") return takesNil(schema(), depth + 1);
  const parts = schema.union ?? (schema.refined ?? schema.ruled)?.slice(0, 1) ?? [];
  return mayLack(schema) || parts.some((part) => takesNil(part, depth + 1));
}

const mayLack = (schema) => typeof schema === "object" && ("option" in schema || "optional" in schema);
const isRequired = (schema) => !takesNil(schema);
const present = (schema) => (mayLack(schema) ? schema.option ?? schema.optional : schema);

/** Schemas of validation.js as JSON Schema; those of the program's types by reference. */
class Schemas {
  #types;
  #names;

  constructor(types) {
    this.#types = types;
    this.#names = new Map(Object.entries(types).filter(([, schema]) => typeof schema === "object").map(([name, schema]) => [schema, name]));
    this.errorName = "Error" in types ? "ErrorAnswer" : "Error";
  }

  all() {
    return Object.fromEntries(Object.entries(this.#types).map(([name, schema]) => [name, this.#inside(schema)]));
  }

  error(description) {
    return jsonContent({ $ref: `#/components/schemas/${this.errorName}` }, { description });
  }

  /** @param {Schema} schema */
  of(schema) {
    const value = typeof schema === "function" ? schema() : schema;
    const name = this.#names.get(value);
    return name === undefined ? this.#inside(value) : { $ref: `#/components/schemas/${name}` };
  }

  #inside(schema) {
    if (typeof schema === "string") return { ...SCALARS[schema] };
    const [kind] = Object.keys(schema);
    return this[kind](schema[kind]);
  }

  literals(texts) {
    return { type: "string", enum: texts };
  }

  list(item) {
    return { type: "array", items: this.of(item) };
  }

  /** As JSON has it: a list, in which nothing counts twice. */
  set(item) {
    return this.list(item);
  }

  /** nil, the value itself, or None and Some of the value as they cross. */
  option(inner) {
    const tagged = { type: "object", required: ["__tag"], properties: { __tag: { enum: ["Some", "None"] }, value: this.of(inner) } };
    return { anyOf: [this.of(inner), { type: "null" }, tagged] };
  }

  optional(inner) {
    return takesNil(inner) ? this.of(inner) : { anyOf: [this.of(inner), { type: "null" }] };
  }

  /** As JSON has it: keys are text, whatever their type is. */
  map([, values]) {
    return { type: "object", additionalProperties: this.of(values) };
  }

  tuple(items) {
    return { type: "array", prefixItems: items.map((item) => this.of(item)), minItems: items.length, maxItems: items.length };
  }

  record(fields) {
    const entries = Object.entries(fields);
    const required = entries.filter(([, schema]) => isRequired(schema)).map(([name]) => name);
    const properties = Object.fromEntries(entries.map(([name, schema]) => [name, this.of(schema)]));
    return { type: "object", properties, ...(required.length > 0 && { required }) };
  }

  variants(variants) {
    return { oneOf: Object.entries(variants).map(([tag, fields]) => this.#variant(tag, fields)) };
  }

  #variant(tag, fields) {
    const { properties, required = [] } = this.record(fields);
    return { type: "object", properties: { __tag: { const: tag }, ...properties }, required: ["__tag", ...required] };
  }

  union(schemas) {
    return { anyOf: schemas.map((schema) => this.of(schema)) };
  }

  refined([base]) {
    return this.of(base);
  }

  ruled([base, ...rules]) {
    const about = Object.assign({}, ...rules.map(([name, argument]) => RULES[name]?.(argument)));
    const schema = this.of(present(base));
    const whole = "$ref" in schema ? { allOf: [schema], ...about } : { ...schema, ...about };
    return mayLack(base) ? { anyOf: [whole, { type: "null" }] } : whole;
  }
}

/** Rules of fields that JSON Schema has words for. */
const RULES = {
  __proto__: null,
  required: () => ({ minLength: 1 }),
  email: () => ({ format: "email" }),
  min: (least) => ({ minimum: least }),
  max: (most) => ({ maximum: most }),
  minLength: (least) => ({ minLength: least }),
  maxLength: (most) => ({ maxLength: most }),
  pattern: (pattern) => ({ pattern: pattern instanceof RegExp ? pattern.source : pattern }),
  matches: (pattern) => ({ pattern: pattern instanceof RegExp ? pattern.source : pattern }),
  oneOf: (list) => ({ enum: list }),
};
