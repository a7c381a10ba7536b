/**
 * `on_start`, `on_stop` and `on_error`: the program's own functions at the turns of a server's life.
 */

/** @param {() => any} run once the port is known, before the first request is answered */
export const onStart = (run) => ({ name: "on_start", start: () => run() });

/** @param {() => any} run when the last request has been answered */
export const onStop = (run) => ({ name: "on_stop", stop: () => run() });

/**
 * @param {(error: unknown, req: any) => any} answer to what a handler has thrown: a Response, or
 *     `{ status, body }`, or a value, which becomes the JSON of a 500; nil leaves the usual answer
 * @returns {import("./http_features.js").Feature}
 */
export const onError = (answer) => ({
  name: "on_error",
  onError: async (error, req) => responseOf(await answer(error, req)),
});

function responseOf(value) {
  if (value === undefined || value === null || value instanceof Response) return value;
  const { status, body } = Object(value);
  if (!Number.isInteger(status) || status < 200 || status > 599) return Response.json(value, { status: 500 });
  return typeof body === "string" ? new Response(body, { status }) : Response.json(body ?? null, { status });
}
