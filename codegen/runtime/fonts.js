/**
 * Fonts that are loaded while a component is shown, however many there are of it.
 */
import { onCleanup } from "./scopes.js";

const FILE = /\.(woff2?|ttf|otf)([?#]|$)/i;

/** How often each font is wanted, and how to let it go. @type {Map<string, { count: number, remove: () => void }>} */
const loaded = new Map();

/**
 * @param {string} name
 * @param {string} url a font, or a style sheet of another host that declares some
 * @param {{ weight?: string, style?: string, display?: string }} [options]
 */
export function useFont(name, url, options = {}) {
  const key = `${name} ${url}`;
  const font = loaded.get(key) ?? { count: 0, remove: FILE.test(url) || !/^(https?:)?\/\//.test(url) ? loadFile(name, url, options) : loadSheet(url) };
  font.count++;
  loaded.set(key, font);
  onCleanup(() => {
    font.count--;
    if (font.count > 0) return;
    loaded.delete(key);
    font.remove();
  });
}

/** The family is known by the name that the program gives it, and by the file's. */
function loadFile(name, url, options) {
  const file = url.replace(/[?#].*$/, "").split("/").at(-1).replace(FILE, "");
  const faces = [...new Set([name, file])].map((family) => new FontFace(family, `url(${JSON.stringify(url)})`, {
    display: "swap", ...options, ...(options.weight === undefined ? {} : { weight: String(options.weight) }),
  }));
  for (const face of faces) document.fonts.add(face);
  return () => faces.forEach((face) => document.fonts.delete(face));
}

function loadSheet(url) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
  return () => link.remove();
}
