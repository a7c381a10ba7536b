/**
 * Where a page is scrolled to as one goes from URL to URL: to its top, to the place that a hash
 * names, and back to where one was.
 */
const MAX_PLACES = 200;

/** @param {"auto" | "none" | ((context: { savedPosition: object | null, to: string }) => { x: number, y: number } | null)} how */
export function scrolling(how) {
  if (how === "none") return { leave() {}, arrive() {}, end() {} };
  const places = new Map();
  const before = history.scrollRestoration;
  history.scrollRestoration = "manual";
  const key = () => `${location.pathname}${location.search}`;
  let left = key();
  return {
    /** Before the document shows something else. */
    leave() {
      places.delete(left);
      places.set(left, { x: scrollX, y: scrollY });
      if (places.size > MAX_PLACES) places.delete(places.keys().next().value);
    },
    /** @param {string} to @param {boolean} again by a step back or forward */
    arrive(to, again) {
      left = key();
      const savedPosition = again ? places.get(left) ?? null : null;
      const target = document.getElementById(decodeURIComponent(to.split("#")[1] ?? ""));
      const place = typeof how === "function" ? how({ savedPosition, to }) : savedPosition ?? { x: 0, y: 0 };
      requestAnimationFrame(() => {
        if (typeof how !== "function" && savedPosition === null && target !== null) target.scrollIntoView();
        else if (place !== null && place !== undefined) scrollTo(place.x ?? 0, place.y ?? 0);
      });
    },
    end() {
      history.scrollRestoration = before;
    },
  };
}
