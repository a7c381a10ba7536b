import { refined } from "./runtime/derive.js";
import { len } from "./runtime/core.js";

export class Line {
  constructor(text, count = 1) {
    this.text = text;
    this.count = count;
  }
}

export const Payment = {
  kind() {
    if (this?.__tag === "Card") {
      const number = this.number;
      return `card ${number}`;
    } else if (this?.__tag === "Cash") {
      return "cash";
    }
  },
};
export const Card = (number) => ({ __proto__: Payment, __tag: "Card", number });
export const Cash = Object.freeze({ __proto__: Payment, __tag: "Cash" });

export class Order {
  constructor(id, lines, paid) {
    this.id = id;
    this.lines = lines;
    this.paid = paid;
  }

  size() {
    return len(this.lines);
  }
}

export class Plain {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

// A condition sees the value that the program sees.
export const Chosen = refined("Chosen", (it) => {
  let result;
  if (it?.__tag === "Some") {
    const n = it.value;
    result = n > 2;
  } else if (it?.__tag === "None") {
    result = true;
  } else {
    result = null;
  }
  return result;
});

export class Asked {
  constructor(text, at) {
    this.text = text;
    this.at = at;
  }
}

export const Dated = refined("Dated", (it) => it instanceof Asked && it.at.isSome());

export const Short = refined("Short", (it) => typeof it === "string" && len(it) < 5);
