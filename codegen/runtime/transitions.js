/**
 * Elements that come and go in motion: `transition:fade`, `in:fly`, `out:slide`. An element that
 * leaves stays in the document until its motion is over, without taking part in anything. Who asked
 * for less motion sees none.
 */
import { leaveSlowly } from "./dom_parts.js";
import { report, untrack } from "./scopes.js";

/**
 * A motion of the library: how long it takes, and what the element looks like while it is not there.
 * @typedef {{ duration: number, hidden: (config: Record<string, any>) => Keyframe }} Motion
 */

/** @type {Motion} */
export const fade = { duration: 200, hidden: () => ({ opacity: 0 }) };

/** @type {Motion} */
export const slide = {
  duration: 300,
  hidden: ({ axis = "y", distance = 20 }) => ({ opacity: 0, translate: axis === "x" ? `${distance}px 0` : `0 ${distance}px` }),
};

/** @type {Motion} */
export const scale = { duration: 200, hidden: () => ({ opacity: 0, scale: 0 }) };

/** @type {Motion} */
export const fly = { duration: 300, hidden: ({ x = 0, y = -20 }) => ({ opacity: 0, translate: `${x}px ${y}px` }) };

/** Added to the time that a motion takes before it counts as over where no frames are drawn. */
const GRACE = 100;

/** What is leaving: the motion of each element. @type {Map<Element, Leaving>} */
const leaving = new Map();

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const configOf = (read) => untrack(() => read?.()) ?? {};

/** Comes and goes. @param {Motion | Function} motion @param {() => any} [read] its configuration */
export const transition = (motion, read) => (element) => {
  enter(motion, read)(element);
  leave(motion, read)(element);
};

/** Comes in motion, once it is in the document. */
export const enter = (motion, read) => (element) => {
  queueMicrotask(() => {
    if (!element.isConnected || isStill()) return;
    const rest = takeOver(element, motion);
    const config = configOf(read);
    if (typeof motion === "function") play(element, motion, config, "enter").catch(report);
    else animate(element, motion, config, true, rest);
  });
};

/** Goes in motion: whoever takes it out of the document calls tovaLeave instead. */
export const leave = (motion, read) => (element) => {
  leaveSlowly();
  element.tovaLeave = () => {
    if (leaving.has(element)) return;
    if (isStill() || !element.isConnected) element.remove();
    else leaving.set(element, new Leaving(element, motion, configOf(read)));
  };
  element.tovaReturn = () => leaving.get(element)?.cancel();
};

class Leaving {
  constructor(element, motion, config) {
    this.element = element;
    this.motion = motion;
    this.started = performance.now();
    this.wasInert = element.inert;
    element.inert = true;
    this.animation = typeof motion === "function" ? null : animate(element, motion, config, false);
    const over = this.animation === null ? play(element, motion, config, "leave") : finished(this.animation, config.duration ?? motion.duration);
    over.catch(report).then(() => this.end());
  }

  /** How much of it is still to be done, from 1 to 0. */
  get rest() {
    return 1 - (this.animation?.effect.getComputedTiming().progress ?? 0);
  }

  end() {
    if (leaving.get(this.element) !== this) return;
    leaving.delete(this.element);
    this.element.remove();
    this.restore();
  }

  /** The element is wanted again. */
  cancel() {
    leaving.delete(this.element);
    this.restore();
  }

  restore() {
    this.animation?.cancel();
    this.element.inert = this.wasInert;
  }
}

/** @returns {Animation} from or to where the element is not seen; `rest` is the part that has been seen already */
function animate(element, motion, config, comes, rest = 0) {
  const frames = [{ ...motion.hidden(config), offset: comes ? 0 : 1 }];
  const duration = config.duration ?? motion.duration;
  const animation = element.animate(frames, { duration, easing: config.easing ?? "ease", fill: comes ? "backwards" : "forwards" });
  if (rest > 0) animation.currentTime = duration * rest;
  return animation;
}

const wait = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Where no frames are drawn an animation does not end by itself. */
const finished = (animation, duration) => Promise.race([animation.finished.catch(() => {}), wait(duration + GRACE)]);

/**
 * A motion of the program's own: it may give a promise, or the styles to go to. It is over when the
 * promise is, or when the CSS transitions of the element are.
 */
async function play(element, motion, config, phase) {
  const given = motion(element, config, phase);
  if (typeof given?.then === "function") {
    await given;
    return;
  }
  if (given !== null && typeof given === "object") {
    getComputedStyle(element).opacity; // styles that were set before are where the transition begins
    if (phase === "enter") await new Promise((resolve) => { requestAnimationFrame(resolve); });
    Object.assign(element.style, given);
  }
  await wait(longestTransition(element));
}

function longestTransition(element) {
  const { transitionDuration, transitionDelay } = getComputedStyle(element);
  const seconds = (list) => list.split(",").map(Number.parseFloat);
  const delays = seconds(transitionDelay);
  return 1000 * Math.max(...seconds(transitionDuration).map((duration, at) => duration + delays[at % delays.length]));
}

/**
 * An element that comes back before its predecessor is gone takes its place: `if` that is turned off
 * and on again. In a list there are others in the same motion, and each goes by itself.
 * @returns {number} how much of the predecessor was still to be seen
 */
function takeOver(element, motion) {
  const others = [...leaving.values()].filter((one) => (
    one.motion === motion && one.element.parentNode === element.parentNode && one.element.localName === element.localName
    && performance.now() - one.started > 0
  ));
  const [before] = others;
  const alone = others.length === 1 && [...element.parentNode.children].every((child) => (
    child === element || child === before.element || child.tovaLeave === undefined
  ));
  if (!alone) return 0;
  const { rest } = before;
  before.end();
  return rest;
}
