/**
 * Files that are sent in forms: `upload { }` says what may be sent, `with upload("field")` reads it. What
 * a client says of a file is not believed: its name is reduced to a plain one, its type is that of its ending
 * and has to fit what it begins with, and its size is counted while it arrives.
 */
import { HttpError } from "./http_errors.js";
import { SetupError } from "./http_features.js";

const MEBIBYTE = 1 << 20;

/** What the other fields of a form may have in all. */
const FIELDS_BYTES = MEBIBYTE;

const MAX_NAME_BYTES = 200;

const limits = { maxSize: 10 * MEBIBYTE, maxFiles: 10, maxTotal: 32 * MEBIBYTE, allowed: null };

/**
 * @param {object} [options]
 * @param {number} [options.max_size] bytes of one file, 10 MiB
 * @param {number} [options.max_files] of one request, 10
 * @param {number} [options.max_total] bytes of one request, 32 MiB
 * @param {string[]} [options.allowed_types] such as "image/png" or "image/*"; all without it
 * @returns {import("./http_features.js").Feature}
 */
export function upload({ max_size, max_files, max_total, allowed_types } = {}) {
  limits.maxSize = size("max_size", max_size, limits.maxSize);
  limits.maxFiles = size("max_files", max_files, limits.maxFiles);
  limits.maxTotal = size("max_total", max_total, Math.max(limits.maxTotal, limits.maxSize + FIELDS_BYTES));
  limits.allowed = allowed_types ?? null;
  return { name: "upload", settings: { maxRequest: limits.maxTotal } };
}

function size(name, value, otherwise) {
  if (value === undefined || value === null) return otherwise;
  if (!Number.isSafeInteger(value) || value < 1) throw new SetupError(`upload: ${name} must be a number above 0, not ${JSON.stringify(value)}`);
  return value;
}

/**
 * `with upload("field")`: the handler finds the file in req.file, several in req.files, what else the form
 * says in req.fields; by name it gets the file and the fields as arguments.
 * @param {string} field
 * @returns {{ around: Function }}
 */
export function uploadGuard(field) {
  return {
    name: "upload",
    async around(req, next) {
      const form = await formOf(req);
      const files = await Promise.all(form.getAll(field).filter(isFile).map(checkedFile));
      const fields = fieldsOf(form);
      req.files = files;
      req.file = files[0] ?? null;
      req.fields = fields;
      req.useBody({ ...fields, [field]: req.file });
      return next();
    },
  };
}

const isFile = (value) => typeof value !== "string";

function fieldsOf(form) {
  const fields = { __proto__: null };
  for (const [name, value] of form) if (!isFile(value) && name !== "__proto__") fields[name] = value;
  return fields;
}

/** @returns {Promise<FormData>} @throws {HttpError} 400, 408, 413, 415 */
async function formOf(req) {
  const type = req.raw.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) throw new HttpError(415, "Unsupported media type: send a form, as multipart/form-data");
  const bytes = await readAll(req);
  let form;
  try {
    form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
  } catch {
    throw new HttpError(400, "Invalid form", ["the body is not multipart/form-data"]);
  }
  const entries = [...form.values()];
  const files = entries.filter(isFile);
  if (files.length > limits.maxFiles) throw new HttpError(413, "Payload too large", [`at most ${limits.maxFiles} files`]);
  const text = entries.filter((value) => !isFile(value)).reduce((sum, value) => sum + value.length, 0);
  if (text > FIELDS_BYTES) throw new HttpError(413);
  return form;
}

/** The declared length is only good for an early answer; what arrives is counted. */
async function readAll(req) {
  if (Number(req.raw.headers.get("content-length")) > limits.maxTotal) throw new HttpError(413);
  const parts = [];
  for await (const part of req.parts(limits.maxTotal)) parts.push(part);
  return new Blob(parts);
}

async function checkedFile(file) {
  const name = cleanName(file.name);
  const type = typeOf(name);
  if (file.size > limits.maxSize) throw new HttpError(413, "Payload too large", [`${name} has more than ${limits.maxSize} bytes`]);
  if (limits.allowed !== null && !limits.allowed.some((allowed) => covers(allowed, type))) {
    throw new HttpError(415, "Unsupported media type", [`${name} is ${type}; allowed: ${limits.allowed.join(", ")}`]);
  }
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  if (BEGINNINGS[type]?.some((begins) => begins(head)) === false) {
    throw new HttpError(415, "Unsupported media type", [`${name} is not ${type}`]);
  }
  const clean = new File([file], name, { type });
  return Object.defineProperty(clean, "type", { value: type }); // Bun says "text/plain;charset=utf-8"
}

/** By the ending, as whoever serves the file later will take it; what the client says it is counts for nothing. */
const typeOf = (name) => Bun.file(name).type.split(";")[0];

/** "image/*" covers each kind of image. */
function covers(allowed, type) {
  const wanted = allowed.toLowerCase();
  return wanted === type || wanted === "*/*" || (wanted.endsWith("/*") && type.startsWith(wanted.slice(0, -1)));
}

const bytes = (at, ...expected) => (head) => expected.every((byte, index) => head[at + index] === byte);
const ascii = (at, text) => bytes(at, ...new TextEncoder().encode(text));
const both = (first, second) => (head) => first(head) && second(head);

/** What files of a type begin with. */
const BEGINNINGS = {
  __proto__: null,
  "image/png": [bytes(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  "image/jpeg": [bytes(0, 0xff, 0xd8, 0xff)],
  "image/gif": [ascii(0, "GIF87a"), ascii(0, "GIF89a")],
  "image/webp": [both(ascii(0, "RIFF"), ascii(8, "WEBP"))],
  "application/pdf": [ascii(0, "%PDF-")],
  "application/zip": [ascii(0, "PK")],
  "application/gzip": [bytes(0, 0x1f, 0x8b)],
};

const encoder = new TextEncoder();

/**
 * A name that is safe as that of a file: no folders, no leading dots, no control characters or those that
 * mean something to a shell or a file system, not longer than file systems take.
 * @param {string} given
 */
export function cleanName(given) {
  const last = String(given ?? "").split(/[/\\]/).at(-1).normalize("NFC");
  const name = last.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*`$&;!'()]/g, "_").replace(/^[.\s-]+|[.\s]+$/g, "");
  if (name === "" || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)) return `file${name === "" ? "" : `_${name}`}`;
  return shortened(name);
}

/** The ending stays. */
function shortened(name) {
  if (encoder.encode(name).length <= MAX_NAME_BYTES) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "";
  let stem = [...name.slice(0, name.length - ending.length)].slice(0, MAX_NAME_BYTES);
  while (encoder.encode(stem.join("") + ending).length > MAX_NAME_BYTES) stem = stem.slice(0, -1);
  return stem.join("") + ending;
}
