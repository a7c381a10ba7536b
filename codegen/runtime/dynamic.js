/**
 * A component that is chosen while the page lives.
 */
import { otherProps } from "./props.js";
import { untrack } from "./scopes.js";
import { createComputed } from "./signals.js";

/** @param {{ component: Function }} props `component` and what it is given */
export function Dynamic(props) {
  const component = createComputed(() => props.component);
  const rest = otherProps(props, ["component"]);
  return () => {
    const now = component();
    return now === null || now === undefined ? null : untrack(() => now(rest));
  };
}
