export class Item {
  constructor(id, name, parent) {
    this.id = id;
    this.name = name;
    this.parent = parent;
  }
}

export const Fast = Object.freeze({ __tag: "Fast" });
export const Slow = (by) => ({ __tag: "Slow", by });
