/**
 * `negotiate`: one value in the form that the client likes best: JSON, or one of those that the program
 * knows how to make.
 */
import { respond, with_headers } from "./http_answers.js";
import { HttpError } from "./http_errors.js";

const TYPES = {
  __proto__: null,
  json: "application/json", html: "text/html", xml: "application/xml", text: "text/plain", csv: "text/csv",
};

/**
 * @param {import("./http_request.js").ServerRequest} req
 * @param {any} value
 * @param {Record<string, (value: any) => any>} forms by json, html, xml, text, csv, or a type such as "image/svg+xml"
 * @returns {any} what the form that fits best gives; the value as JSON where the client takes anything
 * @throws {HttpError} 406 where nothing fits
 */
export async function negotiate(req, value, forms = {}) {
  const offered = new Map([[TYPES.json, (given) => given]]);
  for (const [name, form] of Object.entries(forms)) offered.set(TYPES[name] ?? name, form);
  const best = bestOf([...offered.keys()], req.raw.headers.get("accept"));
  if (best === null) throw new HttpError(406, undefined, [`offered: ${[...offered.keys()].join(", ")}`]);
  const response = responseOf(await offered.get(best)(value), best);
  const typed = response.headers.get("content-type")?.startsWith(best);
  return with_headers(response, { Vary: "Accept", "Content-Type": typed ? undefined : `${best};charset=utf-8` });
}

function responseOf(answer, type) {
  if (answer instanceof Response) return answer;
  return type === TYPES.json ? respond(200, answer) : new Response(String(answer ?? ""));
}

/** The offered type of the highest quality; of equals the first (RFC 9110, 12.5.1). */
function bestOf(types, header) {
  if (header === null) return types[0];
  const ranges = header.split(",").map(rangeOf);
  const scored = types.map((type) => ({ type, quality: qualityOf(type, ranges) })).filter(({ quality }) => quality > 0);
  return scored.reduce((best, each) => (best === null || each.quality > best.quality ? each : best), null)?.type ?? null;
}

function rangeOf(text) {
  const [type, ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = Number(parameters.find((part) => part.startsWith("q="))?.slice(2) ?? 1);
  return { type, quality: Number.isNaN(quality) ? 0 : Math.min(1, Math.max(0, quality)) };
}

/** That of the range that says most about the type. */
function qualityOf(type, ranges) {
  const of = (wanted) => ranges.find((range) => range.type === wanted)?.quality;
  return of(type) ?? of(`${type.split("/")[0]}/*`) ?? of("*/*") ?? 0;
}
