/**
 * Comparisons of one signal with many values, as in lists where one row is the chosen one: when the
 * signal changes, only the answers about its old and its new value do. It belongs to signals.js.
 */
import { now } from "./scopes.js";
import { Effect, Source, follow, notify } from "./signals.js";

/** Follows a signal for all that compare it. */
class Choice extends Effect {
  constructor(read) {
    super(read, null);
    this.order = 0; // before the effects that want the answers
    this.value = undefined;
    this.answers = new Map();
  }

  call() {
    const before = this.value;
    this.value = this.fn();
    if (Object.is(before, this.value)) return;
    this.tell(before);
    this.tell(this.value);
  }

  tell(value) {
    const answer = this.answers.get(value);
    if (answer !== undefined) notify(answer);
  }
}

/** Whether the signal has a value; gone with its last reader. */
class Answer extends Source {
  constructor(choice, value) {
    super(value);
    this.choice = choice;
    choice.answers.set(value, this);
  }

  unread() {
    const { answers } = this.choice;
    answers.delete(this.value);
    if (answers.size > 0) return;
    choices.delete(this.choice.fn);
    this.choice.dispose();
  }
}

/** The choice of each signal that is compared at present. */
const choices = new WeakMap();

/**
 * read() === value, where only a change of this answer counts as a change.
 * @param {() => any} read of createSignal
 * @param {any} value
 * @returns {boolean}
 */
export function is(read, value) {
  if (now.observer === null || Number.isNaN(value)) return read() === value;
  let choice = choices.get(read);
  if (choice === undefined) choices.set(read, (choice = new Choice(read)));
  choice.renew();
  follow(choice.answers.get(value) ?? new Answer(choice, value));
  return choice.value === value;
}
