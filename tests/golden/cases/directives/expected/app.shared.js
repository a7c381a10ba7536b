import { print } from "./runtime/core.js";

export function tip(el, text) {
  el.title = text;
  return {
    update: (now) => {
      el.title = now;
    },
    destroy: () => print("gone"),
  };
}
