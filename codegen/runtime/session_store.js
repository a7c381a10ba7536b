/**
 * Where sessions are kept: in memory, for as long as the process lives. Any object with the same
 * three functions can stand in its place.
 */

/** Sessions at once; beyond that those that were used least recently are forgotten. */
const MAX_SESSIONS = 100_000;

export class MemoryStore {
  #sessions = new Map(); // id -> { text, end }, the least recently used first

  /** @param {string} id @returns {Record<string, any> | undefined} a copy of what was kept */
  get(id) {
    const entry = this.#sessions.get(id);
    if (entry === undefined || Date.now() >= entry.end) return undefined;
    return JSON.parse(entry.text);
  }

  /** @param {string} id @param {Record<string, any>} data @param {number} seconds to keep it for */
  set(id, data, seconds) {
    this.#sessions.delete(id);
    if (this.#sessions.size >= MAX_SESSIONS) this.#makeRoom();
    this.#sessions.set(id, { text: JSON.stringify(data), end: Date.now() + seconds * 1000 });
  }

  /** @param {string} id */
  delete(id) {
    this.#sessions.delete(id);
  }

  #makeRoom() {
    const now = Date.now();
    for (const [id, { end }] of this.#sessions) if (now >= end) this.#sessions.delete(id);
    for (const id of this.#sessions.keys()) {
      if (this.#sessions.size < MAX_SESSIONS / 2) return;
      this.#sessions.delete(id);
    }
  }
}
