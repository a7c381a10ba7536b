/**
 * The pieces that the content of an element is made of: nodes, and parts of the document whose
 * nodes change. It brings a place of the document from some pieces to others with few moves.
 */
import { report, untrack } from "./scopes.js";
import { createSignal, watch } from "./signals.js";
import { settleSelect } from "./dom_props.js";

/**
 * Pieces whose number and order change. A part is either all that its parent holds, or it ends with
 * a mark; out of the document such a part keeps its nodes in a fragment of its own.
 */
export class Part {
  /** @param {Element | null} parent the element that holds nothing else */
  constructor(parent) {
    this.parent = parent;
    this.mark = parent === null ? document.createComment("") : null;
    this.content = [];
    if (parent === null) document.createDocumentFragment().append(this.mark);
  }

  get container() {
    return this.parent ?? this.mark.parentNode;
  }

  first() {
    return this.content.length > 0 ? firstNode(this.content[0]) : this.mark;
  }

  place(parent, before) {
    for (const piece of this.content) place(piece, parent, before);
    parent.insertBefore(this.mark, before);
  }

  take() {
    const home = document.createDocumentFragment();
    for (const piece of this.content) {
      if (slow) take(piece);
      if (!slow || !(piece instanceof Part || piece.tovaLeave !== undefined)) place(piece, home, null);
    }
    home.appendChild(this.mark);
  }

  /** Shows these pieces instead of those that are there. */
  change(next) {
    reconcile(this.container, this.content, next, this.mark);
    this.content = next;
    settleSelect(this.container);
  }
}

/** A part whose content is what a function gives. */
class Range extends Part {
  constructor(fn, parent) {
    super(parent);
    this.text = null; // the node when the content is one text of this range's own
    watch(() => this.show(fn()));
  }

  show(value) {
    if (typeof value !== "string" && typeof value !== "number") {
      this.text = null;
      this.change(untrack(() => pieces([value])));
    } else if (this.text === null) {
      this.text = document.createTextNode(value);
      this.change([this.text]);
    } else {
      const text = String(value);
      if (this.text.data !== text) this.text.data = text;
    }
  }
}

/**
 * What children come to.
 * @param {any[]} children
 * @returns {(Node | Part)[]}
 */
export function pieces(children) {
  const result = [];
  for (const child of children) addPieces(child, result);
  return result;
}

function addPieces(child, result) {
  if (child === null || child === undefined || typeof child === "boolean") return;
  if (typeof child === "function") result.push(new Range(child, null));
  else if (typeof child !== "object") result.push(document.createTextNode(child));
  else if (child instanceof DocumentFragment) result.push(...child.childNodes);
  else if (child instanceof Node || child instanceof Part) result.push(child);
  else if (child instanceof PartMaker) result.push(child.make(null));
  else if (typeof child.then === "function") result.push(new Range(later(child), null));
  else if (typeof child[Symbol.iterator] === "function") for (const inner of child) addPieces(inner, result);
  else result.push(document.createTextNode(String(child)));
}

/** A child that becomes a part of whatever element it is put into. */
export class PartMaker {
  /** @param {(parent: Element | null) => Part} make */
  constructor(make) {
    this.make = make;
  }
}

/** Nothing at first, and what the promise gives once it is there. */
function later(promise) {
  const [read, write] = createSignal(null);
  promise.then((value) => write(value), report);
  return read;
}

/** Puts children into an element that is empty. */
export function fill(element, children) {
  if (children.length === 1) insert(element, children[0]);
  else for (const child of children) insert(element, child, null);
}

/**
 * Puts a child into an element.
 * @param {Element} element
 * @param {any} child of a kind that tova_el takes
 * @param {Node | null} [before] the node that it comes before, or null for the end; when it is left
 *     out the element is empty, and stays the child's own
 */
export function insert(element, child, before) {
  if (typeof child === "string") element.insertBefore(document.createTextNode(child), before ?? null);
  else if (before === undefined && typeof child === "function") new Range(child, element);
  else if (before === undefined && child instanceof PartMaker) child.make(element);
  else for (const piece of pieces([child])) place(piece, element, before ?? null);
}

const firstNode = (piece) => (piece instanceof Part ? piece.first() : piece);

/** Whether nodes may have a way of their own to leave the document. */
let slow = false;

/**
 * From now on an element that is taken out is asked first: `tovaLeave` takes it out itself, perhaps
 * later; `tovaReturn` is called when it is placed again.
 */
export function leaveSlowly() {
  slow = true;
}

export function place(piece, parent, before) {
  if (piece instanceof Part) {
    piece.place(parent, before);
    return;
  }
  if (slow && piece.tovaReturn !== undefined) piece.tovaReturn();
  parent.insertBefore(piece, before);
}

export function take(piece) {
  if (piece instanceof Part) piece.take();
  else if (slow && piece.tovaLeave !== undefined) piece.tovaLeave();
  else piece.parentNode?.removeChild(piece);
}

/**
 * Turns the pieces that stand before `end` from old into next. Nodes that stay in their order are
 * not touched, so that they keep focus, selection and scroll position.
 */
function reconcile(parent, old, next, end) {
  let start = 0;
  let oldEnd = old.length;
  let nextEnd = next.length;
  while (start < oldEnd && start < nextEnd && old[start] === next[start]) start++;
  while (start < oldEnd && start < nextEnd && old[oldEnd - 1] === next[nextEnd - 1]) {
    oldEnd--;
    nextEnd--;
  }
  const behind = nextEnd < next.length ? firstNode(next[nextEnd]) : end;
  if (!slow && start === nextEnd && start === 0 && behind === null && old.every((piece) => piece instanceof Node)) {
    parent.textContent = "";
  } else if (start === nextEnd) {
    for (; start < oldEnd; start++) takeFrom(parent, old[start]);
  } else if (start === oldEnd) {
    for (; start < nextEnd; start++) place(next[start], parent, behind);
  } else {
    rearrange(parent, old.slice(start, oldEnd), next.slice(start, nextEnd), behind);
  }
}

/** Takes a piece out, unless somebody has put it elsewhere. */
function takeFrom(parent, piece) {
  if (firstNode(piece).parentNode === parent) take(piece);
}

function rearrange(parent, old, next, end) {
  const focused = focusedElement();
  const places = new Map();
  for (let i = 0; i < old.length; i++) places.set(old[i], i);
  const kept = new Set();
  const sources = next.map((piece) => {
    const place = places.get(piece);
    if (place !== undefined) kept.add(place);
    return place;
  });
  if (!slow && kept.size === 0 && end === null && old[0] instanceof Node && parent.firstChild === old[0]
    && old.every((piece) => piece instanceof Node)) parent.textContent = "";
  else for (let i = 0; i < old.length; i++) if (!kept.has(i)) takeFrom(parent, old[i]);
  const still = kept.size === 0 ? kept : unmoved(sources);
  let before = end;
  for (let i = next.length - 1; i >= 0; i--) {
    if (!still.has(i)) place(next[i], parent, before);
    before = firstNode(next[i]);
  }
  if (focused !== null && focusedElement() !== focused && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

function focusedElement() {
  const { activeElement } = document;
  return activeElement === document.body ? null : activeElement;
}

/**
 * The longest choice of old pieces, not necessarily neighbours, that are in the same order now.
 * @param {(number | undefined)[]} sources the old place of each piece
 * @returns {Set<number>} their places now
 */
function unmoved(sources) {
  const tails = []; // tails[n]: the place where the best choice of n + 1 pieces ends
  const previous = [];
  sources.forEach((source, index) => {
    if (source === undefined) return;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sources[tails[middle]] < source) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1];
    tails[low] = index;
  });
  const result = new Set();
  for (let at = tails.at(-1); at !== undefined; at = previous[at]) result.add(at);
  return result;
}
