// The rows of the benchmark: the words of js-framework-benchmark, from a generator that starts anew for each page.
const ADJECTIVES = ["pretty", "large", "big", "small", "tall", "short", "long", "handsome", "plain", "quaint", "clean",
  "elegant", "easy", "angry", "crazy", "helpful", "mushy", "odd", "unsightly", "adorable", "important", "inexpensive",
  "cheap", "expensive", "fancy"];
const COLOURS = ["red", "yellow", "blue", "green", "pink", "brown", "purple", "brown", "white", "black", "orange"];
const NOUNS = ["table", "chair", "house", "bbq", "desk", "car", "pony", "cookie", "sandwich", "burger", "pizza", "mouse",
  "keyboard"];

let state = 1;
const random = (limit) => {
  state = (Math.imul(state, 48271) >>> 0) % 2147483647;
  return state % limit;
};

let next = 1;

/** @returns {{ id: number, label: string }[]} rows with numbers that no row had before */
export function buildRows(count) {
  const rows = [];
  for (let i = 0; i < count; i++) {
    const words = [ADJECTIVES, COLOURS, NOUNS].map((list) => list[random(list.length)]);
    rows.push({ id: next++, label: words.join(" ") });
  }
  return rows;
}
