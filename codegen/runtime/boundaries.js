/**
 * Errors of a part of the page, caught where the page says, with something else to show for it.
 */
import { catchError } from "./scopes.js";
import { createSignal } from "./signals.js";

/**
 * @param {{ onError?: (info: { error: any, componentStack: string[] }) => void, onReset?: () => void }} [options]
 * @returns {{ error: any, run: (fn: () => any) => any, reset: () => void }} `error` is nil while all is well
 */
export function createErrorBoundary({ onError, onReset } = {}) {
  const [error, setError] = createSignal(null);
  const fail = (problem) => {
    setError(problem);
    onError?.({ error: problem, componentStack: [] });
  };
  return {
    get error() { return error(); },
    run(fn) {
      const result = catchError(fn, fail);
      return typeof result?.then === "function" ? result.then(undefined, fail) : result;
    },
    reset() {
      setError(null);
      onReset?.();
    },
  };
}

/**
 * Shows its children, or its fallback once one of them has failed.
 * @param {{ fallback: any, children?: () => any, retry?: number, onError?: Function, onReset?: Function }} props
 *     `retry`: how often the children are made anew before the fallback is shown
 */
export function ErrorBoundary(props) {
  const [failure, setFailure] = createSignal(null);
  const [attempt, setAttempt] = createSignal(0);
  let left = props.retry ?? 0;
  const reset = () => {
    left = props.retry ?? 0;
    setFailure(null);
    props.onReset?.();
  };
  const fail = (error) => {
    if (left > 0) {
      left--;
      queueMicrotask(() => setAttempt(attempt() + 1));
      return;
    }
    props.onError?.({ error, componentStack: [] });
    setFailure({ error });
  };
  return () => {
    attempt();
    const failed = failure();
    if (failed === null) return catchError(() => props.children?.(), fail);
    const { fallback } = props;
    return typeof fallback === "function" ? fallback({ error: failed.error, reset }) : fallback;
  };
}
