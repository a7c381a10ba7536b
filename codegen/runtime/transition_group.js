/**
 * A list whose items come and go in motion without saying so themselves.
 */
import { tova_el } from "./dom.js";
import { onCleanup } from "./scopes.js";
import { fade, fly, scale, slide, transition } from "./transitions.js";

const MOTIONS = { __proto__: null, fade, fly, scale, slide };

/**
 * @param {{ name?: string | Function, tag?: string, config?: object, children?: () => any[] }} props
 * @returns {Element}
 */
export function TransitionGroup(props) {
  const { name = "fade", tag = "div", config, children, ...rest } = props;
  const motion = typeof name === "function" ? name : MOTIONS[name];
  if (motion === undefined) throw new Error(`there is no transition ${name}`);
  const group = tova_el(tag, { ...rest, "data-tova-transition-group": "" }, () => children?.());
  const attach = (node) => {
    if (node instanceof Element && node.tovaLeave === undefined) transition(motion, () => config)(node);
  };
  for (const node of group.children) attach(node);
  const watcher = new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(attach);
  });
  watcher.observe(group, { childList: true });
  onCleanup(() => watcher.disconnect());
  return group;
}
