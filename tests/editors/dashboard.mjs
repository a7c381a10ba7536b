// What the editors' sessions know about the dashboard example.

/** A text after renaming a function: everything that means it, and no comment that speaks of it. */
export function renamed(text, from, to) {
  const name = new RegExp(`\\b${from}\\b`, "g");
  return text.split("\n").map((line) => (line.trim().startsWith("//") ? line : line.replaceAll(name, to))).join("\n");
}
