/**
 * Data that is fetched, with what becomes of it meanwhile. Of several answers only the last one asked
 * for counts.
 */
import { reportRejection, untrack } from "./scopes.js";
import { createEffect, createSignal } from "./signals.js";

/**
 * @param {() => any} source when it changes the data is fetched anew; nothing is while it gives nil or false.
 *     May be left out.
 * @param {(value: any) => Promise<any>} [fetcher]
 * @returns {[() => any, { loading: () => boolean, error: () => any, refetch: () => Promise<void>, mutate: (value: any) => void }]}
 */
export function createResource(source, fetcher) {
  const hasSource = typeof fetcher === "function";
  const fetchData = hasSource ? fetcher : source;
  const [data, setData] = createSignal(undefined);
  const [loading, setLoading] = createSignal(false);
  const [error, setError] = createSignal(undefined);
  let asked = 0;
  async function load(value) {
    const own = ++asked;
    setLoading(true);
    setError(undefined);
    try {
      const result = await untrack(() => fetchData(value));
      if (own === asked) setData(result);
    } catch (problem) {
      if (own === asked) setError(problem);
    }
    if (own === asked) setLoading(false);
  }
  createEffect(() => {
    const value = hasSource ? source() : undefined;
    if (!hasSource || (value !== null && value !== undefined && value !== false)) reportRejection(load(value));
  });
  const refetch = () => load(hasSource ? untrack(source) : undefined);
  return [data, { loading, error, refetch, mutate: setData }];
}
