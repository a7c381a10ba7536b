import { refined } from "./runtime/derive.js";

export const Size = refined("Size", (it) => Number.isInteger(it) && it >= 1);

export class Item {
  constructor(id, name, tags = [], parent) {
    this.id = id;
    this.name = name;
    this.tags = tags;
    this.parent = parent;
  }
}

export const Circle = (r) => ({ __tag: "Circle", r });
export const Point = Object.freeze({ __tag: "Point" });
