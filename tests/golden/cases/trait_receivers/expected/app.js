import { assert_eq } from "./runtime/core.js";

class Car {
  constructor(make) {
    this.make = make;
  }

  toString() {
    return `<${this.make}>`;
  }

  name() {
    return this.make;
  }

  description() {
    return `A ${this.name()}`;
  }
}

const car = new Car("Trabant");
assert_eq(`${car} ${car.description()}`, "<Trabant> A Trabant");

class Square {
  constructor(side) {
    this.side = side;
  }

  static corners() {
    return 4;
  }

  corners() {
    return Square.corners();
  }

  static scaled(by, ...more) {
    return `${by} ${more.length}`;
  }

  scaled(...args) {
    return Square.scaled(...args);
  }
}

assert_eq([Square.corners(), new Square(1).corners(), new Square(1).scaled(2, 3)], [4, 4, "2 1"]);

const Mark = {
  toString() {
    if (this?.__tag === "Dot") {
      const r = this.r;
      return `o${r}`;
    } else if (this?.__tag === "Dash") {
      return "-";
    }
  },
};
const Dot = (r) => ({ __proto__: Mark, __tag: "Dot", r });
const Dash = Object.freeze({ __proto__: Mark, __tag: "Dash" });

assert_eq(`${Dot(3)}${Dash}`, "o3-");
