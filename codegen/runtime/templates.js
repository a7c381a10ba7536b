/**
 * Markup that is made again and again: its static structure is parsed once and cloned, and what
 * changes is bound to the nodes of the clone, which emitted code reaches by their path.
 */
export { listen } from "./dom_events.js";
export { insert } from "./dom_parts.js";
export { applyProps as attributes } from "./dom_props.js";

/**
 * @param {string} html of one element, with nothing in it that comes from data
 * @returns {() => Element} a new copy each time
 */
export function template(html) {
  let element = null;
  return () => {
    if (element === null) {
      const parsed = document.createElement("template");
      parsed.innerHTML = html;
      element = document.adoptNode(parsed.content.firstChild);
    }
    return element.cloneNode(true);
  };
}
