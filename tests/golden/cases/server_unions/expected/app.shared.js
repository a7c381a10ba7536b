export const Circle = (r) => ({ __tag: "Circle", r });
export const Dot = Object.freeze({ __tag: "Dot" });

export class Node {
  constructor(name, next, around) {
    this.name = name;
    this.next = next;
    this.around = around;
  }
}

export class Pair {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
}
