/**
 * `static "/u" => "dir"`: the files of a folder, and nothing else: no path leads out of it, by dots, by
 * escapes or by links, names that begin with a dot are none (but for .well-known), and folders are not
 * listed. Conditional requests and ranges are RFC 9110's.
 */
import { realpath, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { errorResponse } from "./http_errors.js";
import { SetupError } from "./http_features.js";
import { hasTag } from "./http_fresh.js";

/**
 * @param {string} prefix of the paths, such as /assets
 * @param {string} directory from where the process was started
 * @param {string} [fallback] the file beneath it for paths that lead to none
 * @returns {import("./http_features.js").Feature}
 */
export function serveFolder(prefix, directory, fallback) {
  if (!prefix.startsWith("/")) throw new SetupError(`static: the path ${JSON.stringify(prefix)} must begin with a slash`);
  const base = prefix.replace(/\/+$/, "");
  const root = resolve(directory);
  const inside = (path) => path === base || path.startsWith(`${base}/`);

  async function answer(req) {
    const names = namesOf(req.path.slice(base.length));
    if (names === null) return null;
    const found = await find(root, names);
    if (found === "folder") return redirectToFolder(req);
    const file = found ?? (fallback === undefined ? null : await find(root, fallback.split("/")));
    return file === null || file === "folder" ? null : fileResponse(file, req.raw);
  }

  return {
    name: "static",
    files(req) {
      if (!inside(req.path)) return null;
      if (req.method === "GET" || req.method === "HEAD") return answer(req);
      return errorResponse(405, undefined, undefined, { Allow: "GET, HEAD" });
    },
  };
}

/** The decoded names of a path; null where one of them is none that is served. */
function namesOf(path) {
  let names;
  try {
    names = path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
  const folder = names.at(-1) === "";
  if (names.at(-1) === "") names.pop();
  if (!names.every(isServed)) return null;
  return folder ? [...names, ""] : names;
}

const isServed = (name, index) => (
  name !== "" && !/[/\\\0]/.test(name) && (!name.startsWith(".") || (index === 0 && name === ".well-known"))
);

/**
 * @param {string} root
 * @param {string[]} names the last one "" for the index of a folder
 * @returns {Promise<{ path: string, size: number, mtimeMs: number } | "folder" | null>} null where there is no file;
 *     "folder" for one that is asked for without its slash
 */
async function find(root, names) {
  const index = names.at(-1) === "";
  const wanted = join(root, ...names, index ? "index.html" : "");
  try {
    const [path, top] = [await realpath(wanted), await realpath(root)];
    if (!path.startsWith(top === sep ? sep : top + sep) && path !== top) return null; // a link that leads out
    const { size, mtimeMs, isFile, isFolder } = await look(path);
    if (isFolder && !index) return (await find(root, [...names, ""])) === null ? null : "folder";
    return isFile ? { path, size, mtimeMs } : null;
  } catch (error) {
    if (ABSENT.has(error.code)) return null;
    throw error;
  }
}

const ABSENT = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES"]);

async function look(path) {
  const found = await stat(path);
  return { size: found.size, mtimeMs: Math.trunc(found.mtimeMs), isFile: found.isFile(), isFolder: found.isDirectory() };
}

/** Links of its pages count from the folder. The path is one that was found, so it leads nowhere else. */
function redirectToFolder(req) {
  const mark = req.url.indexOf("?");
  const location = `/${req.path.replace(/^\/+/, "")}/${mark < 0 ? "" : req.url.slice(mark)}`;
  return new Response(null, { status: 301, headers: { Location: location } });
}

/**
 * @param {{ path: string, size: number, mtimeMs: number }} found
 * @param {Request} raw a GET or HEAD
 */
export function fileResponse({ path, size, mtimeMs }, raw) {
  const file = Bun.file(path);
  const tag = `"${size.toString(36)}-${mtimeMs.toString(36)}"`;
  const headers = {
    ETag: tag, "Last-Modified": new Date(mtimeMs).toUTCString(), "Cache-Control": "no-cache",
    "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff",
  };
  const status = conditionOf(raw.headers, tag, mtimeMs);
  if (status !== 200) return new Response(null, { status, headers });
  headers["Content-Type"] = file.type || "application/octet-stream";
  const range = rangeOf(raw.headers, size, tag, mtimeMs);
  if (range === null) return send(raw, file, 200, { ...headers, "Content-Length": String(size) });
  if (range === undefined) return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${size}` } });
  const [start, end] = range;
  const part = { ...headers, "Content-Range": `bytes ${start}-${end}/${size}`, "Content-Length": String(end - start + 1) };
  return send(raw, file.slice(start, end + 1), 206, part);
}

const send = (raw, body, status, headers) => new Response(raw.method === "HEAD" ? null : body, { status, headers });

/** 304 where the client has it, 412 where it wants another one, else 200 (RFC 9110, 13.2.2). */
function conditionOf(headers, tag, mtimeMs) {
  const [match, unmodified] = [headers.get("if-match"), headers.get("if-unmodified-since")];
  if (match !== null ? !hasTag(match, tag, false) : isBefore(unmodified, mtimeMs)) return 412;
  const [none, since] = [headers.get("if-none-match"), headers.get("if-modified-since")];
  if (none !== null) return hasTag(none, tag, true) ? 304 : 200;
  return since !== null && !Number.isNaN(Date.parse(since)) && !isBefore(since, mtimeMs) ? 304 : 200;
}

const seconds = (milliseconds) => Math.floor(milliseconds / 1000);

/** Is a date of a header, to the second, before the file's? No date is before none. */
const isBefore = (date, mtimeMs) => date !== null && seconds(Date.parse(date)) < seconds(mtimeMs);

/** @returns {[number, number] | null | undefined} first and last byte; null: all; undefined: there are no such bytes */
function rangeOf(headers, size, tag, mtimeMs) {
  const condition = headers.get("if-range");
  if (condition !== null && condition !== tag && seconds(Date.parse(condition)) !== seconds(mtimeMs)) return null;
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range")?.replaceAll(" ", "") ?? "") ?? [];
  if (first === undefined || (first === "" && last === "")) return null; // several ranges are answered by the whole
  if (first === "") return Number(last) === 0 || size === 0 ? undefined : [Math.max(0, size - Number(last)), size - 1];
  if (last !== "" && Number(last) < Number(first)) return null;
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return Number(first) < size ? [Number(first), end] : undefined;
}
