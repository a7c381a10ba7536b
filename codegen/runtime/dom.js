/**
 * Elements that follow signals. A component runs once and gives real nodes; a function among the
 * children is a range of the document that is filled anew when what it read changes, by moving,
 * adding and removing only the nodes that differ. There is no virtual tree and no hydration.
 * Attributes belong to dom_props.js, event modifiers to dom_events.js.
 */
import {
  createEffect, createRoot, createSignal, onCleanup, report, untrack,
} from "./signals.js";
import { applyProps, settleSelect } from "./dom_props.js";

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
  for (const piece of pieces(children)) place(piece, element, null);
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

/**
 * A list whose nodes stay with their items: an item whose key was there before keeps its nodes.
 * @template T
 * @param {() => Iterable<T>} read the items
 * @param {(item: T, index: number) => any} key of an item, unique in the list
 * @param {(item: () => T, index: () => number) => any} render called once for each new key
 * @returns {() => any[]} a child for tova_el
 */
export function keyed(read, key, render) {
  let rows = new Map();
  onCleanup(() => {
    for (const row of rows.values()) row.dispose();
  });
  return () => {
    const items = [...read()];
    const next = new Map();
    untrack(() => items.forEach((item, index) => {
      const name = key(item, index);
      if (next.has(name)) throw new Error(`two items of a list have the key ${String(name)}`);
      next.set(name, renewed(rows.get(name), item, index, render));
    }));
    for (const [name, row] of rows) if (!next.has(name)) row.dispose();
    rows = next;
    return [...next.values()].map((row) => row.content);
  };
}

/** The row that is there with its item and index brought up to date, or a new one. */
function renewed(row, item, index, render) {
  if (row !== undefined) {
    row.setItem(item);
    row.setIndex(index);
    return row;
  }
  return createRoot((dispose) => {
    const [itemNow, setItem] = createSignal(item);
    const [indexNow, setIndex] = createSignal(index);
    return { content: pieces([render(itemNow, indexNow)]), setItem, setIndex, dispose };
  });
}

/**
 * A piece of the document whose content is computed: two marks, and between them what the
 * function gave last. Out of the document it keeps its nodes in a fragment of its own.
 */
class Range {
  constructor(fn) {
    this.start = document.createComment("");
    this.end = document.createComment("");
    this.content = [];
    this.fill = (value) => this.show(value);
    this.take();
    createEffect(() => this.fill(fn()));
  }

  /** All nodes between the marks and the marks themselves. */
  nodes() {
    const result = [];
    for (let node = this.start; node !== this.end; node = node.nextSibling) result.push(node);
    result.push(this.end);
    return result;
  }

  place(parent, before) {
    for (const node of this.start.parentNode === null ? [this.start, this.end] : this.nodes()) {
      parent.insertBefore(node, before);
    }
  }

  take() {
    this.place(document.createDocumentFragment(), null);
  }

  show(value) {
    if (this.showText(value)) return;
    const next = untrack(() => pieces([value]));
    reconcile(this.end.parentNode, this.content, next, this.end);
    this.content = next;
    settleSelect(this.end.parentNode);
  }

  /** The common case of a text that follows a text. @returns {boolean} whether it was that */
  showText(value) {
    if (typeof value !== "string" && typeof value !== "number") return false;
    const [node] = this.content;
    if (this.content.length !== 1 || !(node instanceof Text) || !node.ownText) return false;
    const text = String(value);
    if (node.data !== text) node.data = text;
    return true;
  }
}

/**
 * What children come to: nodes and ranges.
 * @param {any[]} children
 * @returns {(Node | Range)[]}
 */
function pieces(children) {
  const result = [];
  for (const child of children) addPieces(child, result);
  return result;
}

function addPieces(child, result) {
  if (child === null || child === undefined || typeof child === "boolean") return;
  if (child instanceof DocumentFragment) result.push(...child.childNodes);
  else if (child instanceof Node || child instanceof Range) result.push(child);
  else if (typeof child === "function") result.push(new Range(child));
  else if (typeof child.then === "function") result.push(new Range(later(child)));
  else if (typeof child === "object" && typeof child[Symbol.iterator] === "function") {
    for (const inner of child) addPieces(inner, result);
  } else result.push(textNode(child));
}

function textNode(value) {
  const node = document.createTextNode(String(value));
  node.ownText = true; // made here, so its text may be changed in place
  return node;
}

/** Nothing at first, and what the promise gives once it is there. */
function later(promise) {
  const [read, write] = createSignal(null);
  promise.then((value) => write(value), report);
  return read;
}

const firstNode = (piece) => (piece instanceof Range ? piece.start : piece);

function place(piece, parent, before) {
  if (piece instanceof Range) piece.place(parent, before);
  else parent.insertBefore(piece, before);
}

function take(piece) {
  if (piece instanceof Range) piece.take();
  else piece.parentNode?.removeChild(piece);
}

/**
 * Turns the pieces that stand before `end` from old into next. Nodes that stay in their order are
 * not touched, so that they keep focus, selection and scroll position.
 */
function reconcile(parent, old, next, end) {
  const focused = focusedElement();
  const kept = new Set(next);
  for (const piece of old) {
    if (!kept.has(piece) && firstNode(piece).parentNode === parent) take(piece);
  }
  const still = unmoved(old, next);
  let before = end;
  for (let i = next.length - 1; i >= 0; i--) {
    const piece = next[i];
    if (!still.has(piece)) place(piece, parent, before);
    before = firstNode(piece);
  }
  if (focused !== null && focusedElement() !== focused && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

function focusedElement() {
  const { activeElement } = document;
  return activeElement === document.body ? null : activeElement;
}

/** The longest run of old pieces, not necessarily neighbours, that next has in the same order. */
function unmoved(old, next) {
  const places = new Map(old.map((piece, index) => [piece, index]));
  const tails = []; // tails[n]: the index in next where the best run of n + 1 pieces ends
  const previous = [];
  next.forEach((piece, index) => {
    const position = places.get(piece);
    if (position === undefined) return;
    const length = lowerBound(tails, (at) => places.get(next[at]) < position);
    previous[index] = tails[length - 1];
    tails[length] = index;
  });
  const result = new Set();
  for (let at = tails.at(-1); at !== undefined; at = previous[at]) result.add(next[at]);
  return result;
}

/** How many items at the start of a list pass a test that no later item passes. */
function lowerBound(list, passes) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(list[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
