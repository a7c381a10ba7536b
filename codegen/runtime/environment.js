/**
 * `env NAME: Type = default`: a variable of the environment as a value of its type. A server that
 * misses one does not start.
 */
const EXIT_BAD_CONFIGURATION = 78;

const READERS = {
  String: (text) => text,
  Int: (text) => (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
  Float: (text) => (Number.isFinite(Number(text)) ? Number(text) : undefined),
  Bool: (text) => ({ true: true, 1: true, yes: true, on: true, false: false, 0: false, no: false, off: false })[text.toLowerCase()],
};

const EXAMPLES = { String: "a text", Int: "a whole number", Float: "a number", Bool: "true or false" };

/**
 * @param {string} name
 * @param {"String" | "Int" | "Float" | "Bool"} type
 * @param {any} [fallback] where the variable is not set, or is empty
 * @returns {any}
 */
export function variable(name, type, fallback) {
  const text = (process.env[name] ?? "").trim();
  if (text === "" && fallback !== undefined) return fallback;
  if (text === "") return fail(`${name} is not set: the server needs it (\`env ${name}: ${type}\`).`);
  const value = READERS[type](text);
  return value !== undefined ? value : fail(`${name} must be ${EXAMPLES[type]}, not ${JSON.stringify(text)} (\`env ${name}: ${type}\`).`);
}

function fail(line) {
  console.error(line);
  process.exit(EXIT_BAD_CONFIGURATION);
}
