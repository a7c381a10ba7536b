/**
 * Event handlers: modifiers, batching, and a place for what goes wrong in them. Which events there
 * are is the document's business.
 */
import { now, report, reportRejection } from "./scopes.js";
import { batch } from "./signals.js";

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

/** A handler as the document wants it; it listens by itself. */
class Listener {
  constructor(handler) {
    this.handler = handler;
  }

  /** Runs the handler in one batch; what it throws or rejects with is reported. */
  handleEvent(event) {
    const { observer, owner } = now;
    now.observer = null;
    now.owner = null;
    try {
      if (this.passes(event)) reportRejection(batch(() => this.handler.call(event.currentTarget, event)));
    } catch (error) {
      report(error);
    } finally {
      now.observer = observer;
      now.owner = owner;
    }
  }

  passes() {
    return true;
  }
}

/** What on() gives: a handler and how to listen. */
class GuardedListener extends Listener {
  constructor(handler, modifiers) {
    super(handler);
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
export const on = (handler, modifiers) => new GuardedListener(handler, modifiers);

export const isHandler = (value) => typeof value === "function" || value instanceof Listener;

/**
 * @param {Element} element
 * @param {string} name of the event
 * @param {Function | Listener} value
 */
export function listen(element, name, value) {
  if (typeof value === "function") element.addEventListener(name, new Listener(value));
  else element.addEventListener(name, value, value.options);
}
