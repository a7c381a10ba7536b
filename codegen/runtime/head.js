/**
 * What a component puts into the head of the page while it is shown.
 */
import { pieces, place, take } from "./dom_parts.js";
import { onCleanup } from "./scopes.js";

/** The titles that are wanted, the last one on top. */
const titles = [];

/** The title, metadata and links of the page, while the component is shown. */
export function Head(props) {
  const elements = pieces([props.children?.() ?? []]);
  for (const element of elements) {
    if (element instanceof HTMLTitleElement) addTitle(element);
    else {
      place(element, document.head, null);
      onCleanup(() => take(element));
    }
  }
  return null;
}

function addTitle(element) {
  if (titles.length === 0) titles.push({ text: document.title });
  const title = { text: element.textContent };
  titles.push(title);
  const update = () => {
    title.text = element.textContent;
    document.title = titles.at(-1).text;
  };
  const watcher = new MutationObserver(update);
  watcher.observe(element, { characterData: true, childList: true, subtree: true });
  update();
  onCleanup(() => {
    watcher.disconnect();
    titles.splice(titles.indexOf(title), 1);
    document.title = titles.at(-1).text;
  });
}
