/**
 * `routes "/v1" version: "1" deprecated: true sunset: "2026-06-01"`: what answers say of the version
 * of an interface, and of its end.
 */
import { after, SetupError, withHeaders } from "./http_features.js";

/**
 * @param {{ version?: string, deprecated?: boolean | string, sunset?: string }} options deprecated: a
 *     date says since when; sunset: the day from which it will be gone
 * @returns {{ name: string, around: Function }}
 */
export function version({ version: number, deprecated = false, sunset }) {
  const lines = [];
  if (number !== undefined) lines.push(["API-Version", String(number)]);
  if (typeof deprecated === "string") lines.push(["Deprecation", `@${Math.floor(dateOf("deprecated", deprecated) / 1000)}`]);
  else if (deprecated) lines.push(["Deprecation", "true"]);
  if (sunset !== undefined) lines.push(["Sunset", dateOf("sunset", sunset).toUTCString()]);
  return {
    name: "version",
    around: (req, next) => after(next(), (response) => withHeaders(response, (headers) => {
      for (const [name, value] of lines) if (!headers.has(name)) headers.set(name, value);
    })),
  };
}

function dateOf(option, text) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new SetupError(`routes: \`${option}\` is no date: ${JSON.stringify(text)}`);
  return date;
}
