/**
 * The style sheets of components, each inserted once however often its component is shown. They are
 * constructed sheets, not <style> elements, so that a page whose Content-Security-Policy allows no
 * inline styles needs neither a nonce nor an exception for them.
 */
const inserted = new Set();

/**
 * @param {string} id of the component's styles
 * @param {string} css
 */
export function tova_inject_css(id, css) {
  if (inserted.has(id) || typeof document === "undefined") return;
  inserted.add(id);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
