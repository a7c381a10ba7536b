/**
 * Names and values of headers: what may stand in one, and a response with more of them. A line end in
 * a value would start a header of the caller's own, so nothing with one gets through.
 */

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** @param {string} name @returns {boolean} whether it may name a header or a cookie */
export const isToken = (name) => TOKEN.test(name);

/** @param {unknown} name @returns {string} @throws {TypeError} where it names no header */
export function headerName(name) {
  const key = String(name);
  if (!isToken(key)) throw new TypeError(`not the name of a header: ${JSON.stringify(name)}`);
  return key;
}

/** @param {string} name @param {unknown} value @returns {string} @throws {TypeError} for control characters */
export function headerValue(name, value) {
  const text = String(value);
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(text)) {
    throw new TypeError(`not a value for the header ${name}: ${JSON.stringify(text)}`);
  }
  return text;
}

/**
 * @param {Record<string, unknown> | null | undefined} headers a list gives one line an item, nil none
 * @returns {[string, string[]][]} name and values, checked
 */
export function headerLines(headers) {
  return Object.entries(headers ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [headerName(name), (Array.isArray(value) ? value : [value]).map((item) => headerValue(name, item))]);
}

/**
 * The same response where its headers can be changed, as they can unless it came from elsewhere.
 * @param {Response} response
 * @param {Iterable<[string, string[]]>} lines a header that is there is replaced, Set-Cookie is added
 * @returns {Response}
 */
export function withHeaders(response, lines) {
  const all = [...lines];
  try {
    addHeaders(response.headers, all);
    return response;
  } catch {
    const headers = new Headers(response.headers);
    addHeaders(headers, all);
    return new Response(response.body, { status: response.status, headers });
  }
}

function addHeaders(headers, lines) {
  for (const [name, values] of lines) {
    if (name.toLowerCase() !== "set-cookie") headers.delete(name);
    for (const value of values) headers.append(name, value);
  }
}
