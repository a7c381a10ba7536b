// A program of a browser block alone, compiled and shown in Chromium. Its page is served under a policy that allows
// nothing but the page's own files: no inline style, no inline script, no other host.
import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join, normalize } from "node:path";
import { folder, run, tova } from "../harness/program.mjs";
import { openPage } from "./chromium.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'";

const DOCUMENT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>app</title></head>
<body><div id="app"></div><div id="aside"></div><script type="module" src="/app.client.js"></script></body></html>`;

/** Serves the compiled files of a folder, and the page for every other path, as an emitted server does. */
function serve(t, files) {
  const http = createServer(({ url }, response) => {
    const path = join(files, normalize(new URL(url, "http://x").pathname));
    const isFile = path.startsWith(files) && existsSync(path) && statSync(path).isFile();
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("content-type", isFile ? "text/javascript" : "text/html");
    response.end(isFile ? readFileSync(path) : DOCUMENT);
  });
  t.after(() => http.close());
  return new Promise((resolve) => http.listen(0, () => resolve(`http://localhost:${http.address().port}`)));
}

/**
 * Compiles a program and opens its page; the test fails when the page reports an error that `allowed` does not match.
 * @param {{ after(cleanup: () => unknown): void }} t
 * @param {string | Record<string, string>} source the text of app.tova, or several files
 * @param {{ allowed?: RegExp, path?: string, before?: (page: any) => unknown }} [options] `before` runs before the page loads
 */
export async function showProgram(t, context, source, { allowed, path = "/", before } = {}) {
  const cwd = folder(t, typeof source === "string" ? { "app.tova": source } : source);
  const { code, stdout, stderr } = await run(tova, ["build", join(cwd, "app.tova"), "-o", join(cwd, "out")]);
  assert.equal(code, 0, stdout + stderr);
  const origin = await serve(t, join(cwd, "out"));
  const page = await openPage(t, context, "about:blank", { allowed });
  await before?.(page);
  await page.goto(origin + path);
  return page;
}

/** A property of an element as the browser has computed it. */
export function computed(page, selector, property, pseudo = null) {
  return page.locator(selector).first().evaluate(
    (element, [name, part]) => getComputedStyle(element, part)[name],
    [property, pseudo],
  );
}
