/**
 * What `tova routes --openapi` runs: descriptions of servers to one OpenAPI document, on standard output. They are the data that
 * GET /openapi.json is made of (openapi.js), so both say the same. Nothing of the program runs: where a description names
 * something of it, as a rule of a field may, it finds nothing.
 *
 * Usage: describe.js TITLE (NAME PORT FILE)...
 */
import { readFileSync } from "node:fs";
import { documentOf } from "./openapi.js";

/** @typedef {{ name: string, port: string, document: any }} Described */

/** The value that a file's text returns, as the body of a function for which every unknown name is undefined. */
function dataOf(file) {
  const names = new Proxy({}, { has: (_, name) => !(name in globalThis), get: () => undefined });
  return new Function("names", `with (names) {\n${readFileSync(file, "utf8")}\n}`)(names);
}

const serverOf = ({ name, port }) => ({ url: `http://localhost:${port}`, ...(name !== "" && { description: name }) });

/** Renames what two servers call the same and mean differently. */
function apart({ name, document }, taken) {
  let text = JSON.stringify(document);
  for (const [schema, value] of Object.entries(document.components.schemas)) {
    if (schema in taken && JSON.stringify(taken[schema]) !== JSON.stringify(value)) {
      const other = `${schema}_${name.replace(/\W/g, "_")}`;
      text = text.replaceAll(`"#/components/schemas/${schema}"`, `"#/components/schemas/${other}"`);
      text = text.replace(`"${schema}":${JSON.stringify(value)}`, () => `"${other}":${JSON.stringify(value)}`);
    }
  }
  return JSON.parse(text);
}

/** @param {string} title @param {Described[]} described */
export function merged(title, described) {
  if (described.length === 1) return { ...described[0].document, servers: [serverOf(described[0])] };
  const all = { openapi: "3.1.0", info: { title, version: "1.0.0" }, paths: {}, components: { schemas: {} } };
  const ids = new Set();
  for (const server of described) {
    const { paths, components } = apart(server, all.components.schemas);
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const item = (all.paths[path] ??= {});
        if (method in item) throw new Error(`${method.toUpperCase()} ${path} is answered by two servers: choose one with --server.`);
        if (ids.has(operation.operationId)) operation.operationId += `_${server.name.replace(/\W/g, "_")}`;
        ids.add(operation.operationId);
        item[method] = { ...operation, servers: [serverOf(server)] };
      }
    }
    Object.assign(all.components.schemas, components.schemas);
    if (components.securitySchemes) all.components.securitySchemes = components.securitySchemes;
  }
  return all;
}

if (import.meta.main) {
  const [title, ...words] = process.argv.slice(2);
  const described = [];
  for (let i = 0; i + 2 < words.length; i += 3) {
    described.push({ name: words[i], port: words[i + 1], document: documentOf(dataOf(words[i + 2])) });
  }
  try {
    console.log(JSON.stringify(merged(title, described), null, 2));
  } catch (error) {
    console.error(`tova routes: ${error.message}`);
    process.exitCode = 1;
  }
}
