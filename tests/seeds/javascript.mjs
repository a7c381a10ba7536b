// Comparing emitted JavaScript with a listing, whatever the layout of either.

export const options = { ecmaVersion: "latest", sourceType: "module" };

/** A tree as text, without what depends on layout: places, quotes, and braces around one statement. */
export function shape(node) {
  return JSON.stringify(node, (key, value) => {
    if (["start", "end", "raw"].includes(key)) return undefined;
    const isBlockOfOne = value?.type === "BlockStatement" && value.body.length === 1;
    return isBlockOfOne && ["consequent", "alternate"].includes(key) ? value.body[0] : value;
  });
}
