/**
 * GET /docs: what GET /openapi.json says, as a page for people. It loads nothing and runs nothing.
 */

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-top: 1px solid #ccc; padding-top: 1rem }
code, pre { font-family: ui-monospace, monospace; font-size: .9rem }
pre { background: #f5f5f5; padding: .75rem; overflow-x: auto }
table { border-collapse: collapse } td, th { text-align: left; padding: .1rem 1rem .1rem 0; vertical-align: top }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } pre { background: #242424 } h2 { border-color: #444 } }
`;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** @param {any} document OpenAPI 3.1 @returns {Response} */
export function documentationPage(document) {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(document.info.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(document.info.title)}</h1>
<p>The same for programs: <a href="/openapi.json">openapi.json</a></p>
${operationsOf(document).map(section).join("\n")}
${typesOf(document)}
</body>
</html>
`;
  return new Response(html, {
    headers: { "Content-Type": "text/html;charset=utf-8", "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff" },
  });
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text) => String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);

const operationsOf = ({ paths }) => Object.entries(paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

function section({ path, method, operation }) {
  const lines = [`<h2 id="${escaped(operation.operationId)}"><span class="method">${method.toUpperCase()}</span> <code>${escaped(path)}</code></h2>`];
  if (operation.description) lines.push(`<p>${escaped(operation.description)}</p>`);
  if (operation.deprecated) lines.push("<p>Not to be used any more.</p>");
  if (operation["x-with"]) lines.push(`<p>With ${operation["x-with"].map((name) => `<code>${escaped(name)}</code>`).join(", ")}</p>`);
  if (operation.security) lines.push("<p>Only for who has shown who they are.</p>");
  if (operation.parameters) lines.push(parametersTable(operation.parameters));
  if (operation.requestBody) lines.push(`<p>Body</p>${shown(bodyOf(operation))}`);
  for (const [status, response] of Object.entries(operation.responses)) {
    lines.push(`<p>${escaped(status)}: ${escaped(response.description)}</p>`);
    if (status === "200") lines.push(shown(response.content["application/json"].schema));
  }
  return `<section>${lines.join("\n")}</section>`;
}

/** Of a function the arguments by their names; the list of them says the same. */
function bodyOf({ requestBody, tags }) {
  const [{ schema }] = Object.values(requestBody.content);
  return tags?.includes("rpc") ? schema.anyOf[0] : schema;
}

function parametersTable(parameters) {
  const rows = parameters.map(({ name, in: place, required, schema }) => (
    `<tr><td><code>${escaped(name)}</code></td><td>${place}</td><td>${required ? "required" : ""}</td><td><code>${escaped(brief(schema))}</code></td></tr>`
  ));
  return `<table>${rows.join("")}</table>`;
}

const TYPES = { __proto__: null, string: "String", integer: "Int", number: "Float", boolean: "Bool", null: "Nil" };

/** A schema as the source writes its type, where that is short; JSON of any other. */
function brief(schema) {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(brief).join(" | ");
  if (schema.items !== undefined) return `[${brief(schema.items)}]`;
  if (schema.prefixItems !== undefined) return `(${schema.prefixItems.map(brief).join(", ")})`;
  if (schema.format === "date-time") return "Date";
  return Object.keys(schema).length === 0 ? "Any" : TYPES[schema.type] ?? JSON.stringify(schema);
}

const shown = (schema) => `<pre>${escaped(JSON.stringify(schema, null, 2))}</pre>`;

function typesOf({ components }) {
  const types = Object.entries(components.schemas).map(([name, schema]) => `<h3>${escaped(name)}</h3>${shown(schema)}`);
  return `<section><h2>Types</h2>${types.join("\n")}</section>`;
}
