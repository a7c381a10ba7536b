/**
 * Children that are shown elsewhere in the document, and go with who shows them.
 */
import { pieces, place, take } from "./dom_parts.js";
import { getOwner, onCleanup, runWithOwner, untrack } from "./scopes.js";

/** @param {{ target: string | Element, children?: () => any }} props where: a selector, or an element */
export function Portal(props) {
  const owner = getOwner();
  let ended = false;
  let shown = [];
  queueMicrotask(() => {
    if (ended) return;
    const { target } = props;
    const container = typeof target === "string" ? document.querySelector(target) : target ?? document.body;
    if (container === null) throw new Error(`a Portal finds no ${target}`);
    shown = runWithOwner(owner, () => untrack(() => pieces([() => props.children?.()])));
    for (const piece of shown) place(piece, container, null);
  });
  onCleanup(() => {
    ended = true;
    for (const piece of shown) take(piece);
  });
  return null;
}
