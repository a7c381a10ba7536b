/**
 * Animations that a component composes of a few primitives: `animate rise { enter: fade() then
 * slide(y: 20) }`. They are keyframes of the browser's own; who asked for less motion sees none.
 */
import { leaveSlowly } from "./dom_parts.js";
import { createEffect } from "./signals.js";

/** A primitive is where it begins and where it ends. @typedef {[Keyframe, Keyframe]} Part */

/** @returns {Part} */
export const fade = ({ from = 0, to = 1 } = {}) => [{ opacity: from }, { opacity: to }];

/** Pixels; `to` is for the axes that are named. @returns {Part} */
export function slide({ x, y, to = 0 } = {}) {
  const vertical = x === undefined && y === undefined ? 20 : y;
  const end = (start) => (start === undefined ? 0 : to);
  return [{ translate: `${x ?? 0}px ${vertical ?? 0}px` }, { translate: `${end(x)}px ${end(vertical)}px` }];
}

/** @returns {Part} */
export const scale = ({ from = 0, to = 1 } = {}) => [{ scale: from }, { scale: to }];

/** Degrees. @returns {Part} */
export const rotate = ({ from = 0, to = 360 } = {}) => [{ rotate: `${from}deg` }, { rotate: `${to}deg` }];

/** Pixels. @returns {Part} */
export const blur = ({ from = 4, to = 0 } = {}) => [{ filter: `blur(${from}px)` }, { filter: `blur(${to}px)` }];

/**
 * The keyframes of steps that follow each other, each of parts that move together. What a later step
 * moves stands at its beginning until then.
 * @param {Part[][]} steps
 * @returns {Keyframe[]}
 */
export function keyframes(steps) {
  const frames = [];
  let state = Object.assign({}, ...steps.flat().reverse().map(([from]) => from));
  steps.forEach((parts, index) => {
    const start = Object.assign({ ...state }, ...parts.map(([from]) => from));
    const end = Object.assign({ ...start }, ...parts.map(([, to]) => to));
    frames.push({ ...start, offset: index / steps.length }, { ...end, offset: (index + 1) / steps.length });
    state = end;
  });
  return frames;
}

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How many elements of a parent have begun in this task: each waits a little longer than the one before. */
let begun = null;

function placeAmongOthers(element) {
  if (begun === null) {
    begun = new Map();
    setTimeout(() => { begun = null; });
  }
  const place = begun.get(element.parentNode) ?? 0;
  begun.set(element.parentNode, place + 1);
  return place;
}

class Player {
  constructor(element, options) {
    this.element = element;
    this.options = { duration: 300, easing: "ease", stagger: 0, ...options };
    this.current = null;
    this.timer = null;
    this.display = element.style.display;
  }

  /** @param {Part[][] | undefined} steps @param {() => void} then called at the end, unless another one has begun */
  play(steps, delay, then) {
    this.stop();
    if (steps === undefined || isStill()) {
      then();
      return;
    }
    const { duration, easing } = this.options;
    const animation = this.element.animate(keyframes(steps), { duration, easing, delay, fill: "both" });
    this.current = animation;
    const end = () => {
      if (this.current !== animation) return;
      then();
      this.stop();
    };
    animation.finished.then(end, () => {});
    this.timer = setTimeout(end, duration + delay + 100);
  }

  stop() {
    clearTimeout(this.timer);
    this.current?.cancel();
    this.current = null;
  }

  show() {
    const { enter, stagger, stay } = this.options;
    this.element.style.display = this.display;
    this.play(enter, stagger > 0 ? stagger * placeAmongOthers(this.element) : 0, () => {
      if (stay !== undefined) queueMicrotask(() => { this.timer = setTimeout(() => this.hide(), stay); });
    });
  }

  hide() {
    this.play(this.options.exit, 0, () => { this.element.style.display = "none"; });
  }

  /** Whoever takes the element out of the document calls this instead. */
  leave() {
    this.element.inert = true;
    this.play(this.options.exit, 0, () => this.element.remove());
  }
}

/**
 * @param {{ enter?: Part[][], exit?: Part[][], duration?: number, easing?: string, stagger?: number, stay?: number }} options
 *     `stay`: after so many milliseconds the element goes by itself
 * @returns {(condition?: () => any) => (element: HTMLElement) => void} with a condition, the element is
 *     seen while it holds
 */
export const animation = (options) => (condition) => (element) => {
  const player = new Player(element, options);
  if (options.exit !== undefined) {
    leaveSlowly();
    element.tovaLeave = () => player.leave();
    element.tovaReturn = () => {
      player.stop();
      element.inert = false;
    };
  }
  if (condition === undefined) {
    queueMicrotask(() => { if (element.isConnected) player.show(); });
    return;
  }
  let shown = null;
  createEffect(() => {
    const wanted = Boolean(condition());
    const first = shown === null;
    if (wanted === shown) return;
    shown = wanted;
    if (first && !wanted) element.style.display = "none";
    else queueMicrotask(() => { if (shown === wanted) wanted ? player.show() : player.hide(); });
  });
};
