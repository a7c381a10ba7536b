/**
 * Builtin functions for JSON. What JSON cannot say (functions, nil where a value must be) is null;
 * Result and Option keep their tags.
 */
import { parse_json } from "./values.js";

export const jsonParse = parse_json;
export const jsonStringify = (value) => JSON.stringify(value) ?? "null";
export const jsonPretty = (value) => JSON.stringify(value, null, 2) ?? "null";

export { jsonParse as json_parse, jsonPretty as json_pretty, jsonStringify as json_stringify };

export const json = Object.freeze({ parse: jsonParse, stringify: jsonStringify, pretty: jsonPretty });
