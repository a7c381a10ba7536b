/**
 * Elements that follow signals. A component runs once and gives real nodes; a function among the
 * children is a range of the document that is filled anew when what it read changes, by moving,
 * adding and removing only the nodes that differ. There is no virtual tree and no hydration.
 * Attributes belong to dom_props.js, events to dom_events.js, lists by keys to dom_lists.js and
 * clones to templates.js; the pieces that all of them place are in dom_parts.js.
 */
import { createRoot, untrack } from "./scopes.js";
import { fill, pieces, place, take } from "./dom_parts.js";
import { applyProps } from "./dom_props.js";

const SVG = "http://www.w3.org/2000/svg";

const SVG_TAGS = new Set((
  "svg animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix "
  + "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDropShadow "
  + "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology "
  + "feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g "
  + "image line linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient "
  + "rect set stop switch symbol text textPath tspan use view"
).split(" "));

/**
 * @param {string | Function} tag an element's name, or a component
 * @param {Record<string, any> | null} props
 * @param {...any} children strings, numbers, nodes, lists, promises, functions of those; nil and
 *     booleans show nothing
 * @returns {any} the element, or what the component returned
 */
export function tova_el(tag, props, ...children) {
  if (typeof tag === "function") return component(tag, props, children);
  const element = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  fill(element, children);
  if (props !== null && props !== undefined) applyProps(element, props);
  return element;
}

function component(fn, props, children) {
  const given = props ?? {};
  if (children.length > 0) Object.defineProperty(given, "children", { value: () => children, enumerable: true });
  return untrack(() => fn(given));
}

/** Several children without an element around them. */
export const fragment = (...children) => children;

/**
 * Shows a component in a container, in place of what it holds, and keeps it alive.
 * @param {Function} fn
 * @param {Element | null} container the body when nil
 * @returns {() => void} takes it out again
 */
export function mount(fn, container) {
  const target = container ?? document.body;
  return createRoot((dispose) => {
    const shown = pieces([fn({})]);
    target.replaceChildren();
    for (const piece of shown) place(piece, target, null);
    return () => {
      dispose();
      for (const piece of shown) take(piece);
    };
  });
}
