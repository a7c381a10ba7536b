// Types with parameters at the border of a server: checked, and filled with their defaults, for the arguments that they have.
export class Page {
  constructor(items, size = 20) {
    this.items = items;
    this.size = size;
  }
}

export class Pair {
  constructor(left, right, page) {
    this.left = left;
    this.right = right;
    this.page = page;
  }
}

export class Tree {
  constructor(value, kids) {
    this.value = value;
    this.kids = kids;
  }
}

export class Grow {
  constructor(value, next) {
    this.value = value;
    this.next = next;
  }
}

export const Full = (value) => ({ __tag: "Full", value });
export const Empty = Object.freeze({ __tag: "Empty" });

export class Item {
  constructor(name, done = false) {
    this.name = name;
    this.done = done;
  }
}
