/**
 * `health "/path"`: an answer for those who watch the server. It is given before anything asks who
 * comes, and says no more than what works and what does not.
 */
import { totalmem } from "node:os";
import { logError } from "./http_errors.js";
import { STAGE } from "./http_features.js";
import { checksOf } from "./lifecycle.js";

/** More of the machine's memory, or of what the container may have, is too much. */
const MEMORY_SHARE = 0.9;
const CHECK_MILLISECONDS = 2000;

/**
 * @param {string} path
 * @param {object} [options]
 * @param {boolean} [options.check_memory]
 * @param {boolean} [options.check_db] asks every database that the server is connected to
 * @returns {import("./http_features.js").Feature}
 */
export function health(path, { check_memory = false, check_db = false } = {}) {
  const checks = [...(check_memory ? [["memory", memoryIsFree]] : []), ...(check_db ? [["db", databasesAnswer]] : [])];
  return {
    name: "health",
    stage: STAGE.SHARE,
    around(req, next) {
      const asked = req.path === path && (req.method === "GET" || req.method === "HEAD");
      return asked ? report(checks) : next();
    },
  };
}

async function report(checks) {
  const results = await Promise.all(checks.map(async ([name, check]) => [name, (await passes(name, check)) ? "ok" : "failing"]));
  const failing = results.some(([, result]) => result === "failing");
  const body = { status: failing ? "failing" : "ok", uptime: Math.floor(process.uptime()) };
  if (results.length > 0) body.checks = Object.fromEntries(results);
  return Response.json(body, { status: failing ? 503 : 200, headers: { "Cache-Control": "no-store" } });
}

async function passes(name, check) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_MILLISECONDS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    logError(`health: ${name}`, error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function memoryIsFree() {
  const limit = process.constrainedMemory?.() || totalmem();
  return process.memoryUsage.rss() < Math.min(limit, totalmem()) * MEMORY_SHARE;
}

async function databasesAnswer() {
  for (const check of checksOf("db")) await check();
  return true;
}
