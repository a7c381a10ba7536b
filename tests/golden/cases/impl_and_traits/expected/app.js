import { map, upper, assert_eq } from "./runtime/core.js";

class Dog {
  constructor(name, age) {
    this.name = name;
    this.age = age;
  }

  older(years = 1) {
    return new Dog(this.name, this.age + years);
  }

  static puppy(name) {
    return new Dog(name, 0);
  }

  ages() {
    return map([1, 2], (n) => this.age + n);
  }

  inner() {
    const self = this;
    function help() {
      return self.age;
    }
    return help();
  }

  title() {
    return this.name;
  }

  shout() {
    return upper(this.title()) + "!";
  }
}

const Shape = {
  area() {
    if (this?.__tag === "Circle") {
      const r = this.r;
      return r * r * 3;
    } else if (this?.__tag === "Dot") {
      return 0;
    }
  },
};
const Circle = (r) => ({ __proto__: Shape, __tag: "Circle", r });
const Dot = Object.freeze({ __proto__: Shape, __tag: "Dot" });

const rex = Dog.puppy("Rex").older(3);
assert_eq(rex.age, 3);
assert_eq(rex.shout(), "REX!");
assert_eq(rex.ages(), [4, 5]);
assert_eq(rex.inner(), 3);
assert_eq(Circle(2).area(), 12);
assert_eq(Dot.area(), 0);
assert_eq(JSON.stringify(Circle(1)), "{\"__tag\":\"Circle\",\"r\":1}");
