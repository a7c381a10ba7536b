// Names that a module of JavaScript uses and declares nowhere. Scopes are not looked at: this finds imports that are
// missing and names that were made up and forgotten, not names out of their scope.

/** What JavaScript itself declares, and what browsers and Bun do beside it. */
const GLOBALS = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  "Bun", "document", "localStorage", "location", "undefined", "WebSocket", "window",
]);

/** Parts of a node that are words and no names. */
const WORDS = {
  MemberExpression: (node) => (node.computed ? [] : [node.property]),
  Property: (node) => (node.computed || node.shorthand ? [] : [node.key]),
  MethodDefinition: (node) => (node.computed ? [] : [node.key]),
  LabeledStatement: (node) => [node.label],
  BreakStatement: (node) => [node.label],
  ContinueStatement: (node) => [node.label],
  ImportSpecifier: (node) => [node.imported],
  ExportSpecifier: (node) => [node.exported],
  ExportNamedDeclaration: (node) => (node.source === null ? [] : node.specifiers), // names of another module
};

/** Parts of a node that declare what is in them. */
const DECLARED = {
  VariableDeclarator: (node) => [node.id],
  FunctionDeclaration: (node) => [node.id, ...node.params],
  FunctionExpression: (node) => [node.id, ...node.params],
  ArrowFunctionExpression: (node) => node.params,
  ClassDeclaration: (node) => [node.id],
  CatchClause: (node) => [node.param],
  ImportSpecifier: (node) => [node.local],
  ImportDefaultSpecifier: (node) => [node.local],
  ImportNamespaceSpecifier: (node) => [node.local],
};

/** The names that a pattern binds. */
function* boundBy(pattern) {
  if (pattern === null || pattern === undefined) return;
  if (pattern.type === "Identifier") yield pattern.name;
  else if (pattern.type === "AssignmentPattern") yield* boundBy(pattern.left);
  else if (pattern.type === "RestElement") yield* boundBy(pattern.argument);
  else if (pattern.type === "ArrayPattern") for (const element of pattern.elements) yield* boundBy(element);
  else if (pattern.type === "ObjectPattern") {
    for (const property of pattern.properties) yield* boundBy(property.value ?? property.argument);
  }
}

/** @param {any} module acorn's tree @returns {string[]} */
export function undeclaredNames(module) {
  const declared = new Set(GLOBALS);
  const used = new Set();
  const open = [module];
  while (open.length > 0) {
    const node = open.pop();
    if (node.type === "Identifier") used.add(node.name);
    for (const pattern of DECLARED[node.type]?.(node) ?? []) {
      for (const name of boundBy(pattern)) declared.add(name);
    }
    const words = WORDS[node.type]?.(node) ?? [];
    for (const part of Object.values(node).flat()) {
      if (typeof part?.type === "string" && !words.includes(part)) open.push(part);
    }
  }
  return [...used].filter((name) => !declared.has(name));
}
