// Programs made of pieces of real ones: some of their blocks side by side, and some of their tokens in each other's places.
// Most are wrong somewhere, which is what the compiler has to live with.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** @returns {string[]} the sources at and below a folder */
export function sourcesBelow(folder, isSource = (name) => name.endsWith(".tova")) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesBelow(path, isSource);
    return isSource(name) ? [readFileSync(path, "utf8")] : [];
  });
}

/** Statements that begin a line without indentation, each with what belongs to it. */
function piecesOf(source) {
  return source.split(/\n(?=[^\s})\]|.])/).filter((piece) => piece.trim() !== "");
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"|[\p{L}_$][\p{L}\p{N}_$]*|\d[\d._]*|[^\s\w]+/gu;

export class Mixture {
  /** @param {import("./random.mjs").Random} random @param {string[]} sources */
  constructor(random, sources) {
    this.random = random;
    this.sources = sources;
  }

  /** A source with some tokens in the place of others, or some pieces of several. */
  program() {
    return this.random.chance(2) ? this.exchange(this.random.pick(this.sources)) : this.pieces();
  }

  pieces() {
    const chosen = this.random.several(1, 6, () => this.random.pick(piecesOf(this.random.pick(this.sources))));
    return `${chosen.filter(Boolean).join("\n")}\n`;
  }

  exchange(source) {
    const tokens = [...source.matchAll(TOKEN)];
    if (tokens.length === 0) return source;
    let text = source;
    for (let count = 1 + this.random.below(3); count > 0; count--) {
      const { index, 0: token } = this.random.pick(tokens);
      const other = this.random.pick([this.random.pick(tokens)[0], "", token + token, `(${token})`, `if ${token} { ${token} }`]);
      text = text.slice(0, index) + other + text.slice(index + token.length);
    }
    return text;
  }
}
