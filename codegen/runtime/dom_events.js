/**
 * Event handlers: modifiers, batching, and a place for what goes wrong in them. Which events there
 * are is the document's business.
 */
import { batch, report, reportRejection, untrack } from "./signals.js";

/** Modifiers that guard or act before the handler; false keeps it from running. */
const ACTIONS = {
  __proto__: null,
  prevent: (event) => event.preventDefault(),
  stop: (event) => event.stopPropagation(),
  self: (event) => event.target === event.currentTarget,
};

const OPTIONS = new Set(["capture", "once", "passive"]);

const KEYS = {
  __proto__: null,
  enter: "Enter", escape: "Escape", tab: "Tab", space: " ", up: "ArrowUp", down: "ArrowDown",
  left: "ArrowLeft", right: "ArrowRight", delete: "Delete", backspace: "Backspace",
};

/** What on() gives: a handler and how to listen. */
class Listener {
  constructor(handler, modifiers) {
    this.handler = handler;
    this.keys = modifiers.filter((name) => name in KEYS).map((name) => KEYS[name]);
    this.actions = modifiers.filter((name) => name in ACTIONS).map((name) => ACTIONS[name]);
    this.options = Object.fromEntries(modifiers.filter((name) => OPTIONS.has(name)).map((name) => [name, true]));
  }

  /** Key names come first: an event for another key is left alone. */
  passes(event) {
    if (this.keys.length > 0 && !this.keys.includes(event.key)) return false;
    return this.actions.every((action) => action(event) !== false);
  }
}

/**
 * @param {(event: Event) => any} handler
 * @param {string[]} modifiers prevent, stop, self, capture, once, passive, or names of keys
 */
export const on = (handler, modifiers) => new Listener(handler, modifiers);

export const isHandler = (value) => typeof value === "function" || value instanceof Listener;

/**
 * @param {Element} element
 * @param {string} name of the event
 * @param {Function | Listener} value runs in one batch; what it throws or rejects with is reported
 */
export function listen(element, name, value) {
  const listener = value instanceof Listener ? value : new Listener(value, []);
  element.addEventListener(name, (event) => {
    if (!listener.passes(event)) return;
    try {
      reportRejection(batch(() => untrack(() => listener.handler.call(element, event))));
    } catch (error) {
      report(error);
    }
  }, listener.options);
}
